/**
 * What is yet to be done in a record: links of a batch that wait for their capture, and times at which an exhibit is to be
 * looked at again. Private, and not disposable as the index is: nothing else tells it. What is done leaves nothing here, but
 * for what somebody asked for on a screen and is to find there again: that stays for a while (asked.ts).
 *
 * Each item has a random key of its own, which the act that does it carries as a salted field. So whoever goes on with
 * what a dead process left can ask the record which of the items were sealed and not yet noted here.
 */

import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { PlacardError } from "../lib/error.ts";
import { transact } from "../lib/sqlite.ts";
import { type Asked, type AskedBatch, ask, cancel, findAsked, forgetOldAsked, listAsked, retry } from "./asked.ts";
import { type Batch, finish, insertTimes, itemsOf, type NewTime, takeBatch } from "./batch.ts";
import { type Claim, claim, isClaimed } from "./claims.ts";
import { openAgendaDatabase, translate } from "./database.ts";
import { newKey, rows } from "./rows.ts";

export type { Batch, Item, NewTime } from "./batch.ts";

export interface Time extends NewTime {
  readonly item: string;
}

/** Throws `busy`, `storage`, `malformed`. Reading makes no file. */
export interface Agenda {
  /** The unfinished batch of exactly these links and options, or a new one. Throws `busy` where another process is at it. */
  openBatch(links: readonly string[], options: string): Promise<Batch>;
  /** An unfinished batch that no living process is at work on; with `asked` the oldest of those asked for on a screen. */
  resumeBatch(of?: "asked"): Promise<Batch | undefined>;
  /** Writes down, durably, what somebody asks for on a screen. A batch of that key that is there already stays as it is. */
  ask(asked: Asked): Promise<void>;
  /** Newest first, as many as together have about `most` links. */
  asked(most: number): Promise<readonly AskedBatch[]>;
  /** The batch of this key, or the one that a link is told with. */
  findAsked(by: { readonly batch: string } | { readonly item: string }): Promise<AskedBatch | undefined>;
  /** Whether any of it waits, whoever is at work on it. */
  hasAsked(): Promise<boolean>;
  /** Notes that a link is not wanted any more. False where it does not wait. */
  cancel(item: string, outcome: string): Promise<boolean>;
  /** Puts a link that was not captured down once more. False where there is none, or it waits, or it was sealed. */
  retry(item: string): Promise<boolean>;
  /** Forgets batches that were finished before then. */
  forgetAsked(finishedBefore: number): Promise<void>;
  /** How many links wait in batches that no living process is at work on. */
  waiting(): Promise<number>;
  /** Forgets those; returns how many links they were. */
  discard(): Promise<number>;
  addTimes(times: readonly NewTime[]): Promise<void>;
  /** In the order in which they are due; of one exhibit where it is given. */
  times(exhibit?: string): Promise<readonly Time[]>;
  removeTimes(items: readonly string[]): Promise<void>;
  /** One process at a time watches. Throws `busy`. */
  claimWatch(): Promise<Claim>;
  /** Forgets all that speaks of these exhibits, or of items that were sealed as them. */
  forget(exhibits: readonly string[], items: readonly string[]): Promise<void>;
  close(): void;
}

export function openAgenda(path: string): Agenda {
  return new FileAgenda(path);
}

class FileAgenda implements Agenda {
  readonly #path: string;
  #raw: DatabaseSync | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async openBatch(links: readonly string[], options: string): Promise<Batch> {
    const raw = await this.#open();
    return this.#attempt(() =>
      transact(raw, () => {
        const same = rows<{ batch: string }>(
          raw,
          "SELECT batch FROM batches WHERE links = ? AND options = ? AND askedAt IS NULL",
          links.length,
          options,
        ).find(({ batch }) => itemsOf(raw, batch).every(({ place, url }) => links[place] === url));
        if (same !== undefined) {
          if (isClaimed(raw, same.batch)) throw atWork("These links are");
          return this.#take(raw, same.batch, true);
        }
        const batch = newKey();
        raw.prepare("INSERT INTO batches (batch, links, options) VALUES (?, ?, ?)").run(batch, links.length, options);
        const insert = raw.prepare("INSERT INTO items (item, batch, place, url) VALUES (?, ?, ?, ?)");
        for (const [place, url] of links.entries()) insert.run(newKey(), batch, place, url);
        return this.#take(raw, batch, false);
      }),
    );
  }

  async resumeBatch(of?: "asked"): Promise<Batch | undefined> {
    const raw = await this.#openExisting();
    if (raw === undefined) return undefined;
    return this.#attempt(() =>
      transact(raw, () => {
        const [free] = idleBatches(raw, of);
        return free === undefined ? undefined : this.#take(raw, free, true);
      }),
    );
  }

  async waiting(): Promise<number> {
    const raw = await this.#openExisting();
    if (raw === undefined) return 0;
    return this.#attempt(() =>
      idleBatches(raw).reduce(
        (sum, batch) => sum + itemsOf(raw, batch).filter(({ outcome }) => outcome === null).length,
        0,
      ),
    );
  }

  async discard(): Promise<number> {
    const raw = await this.#openExisting();
    if (raw === undefined) return 0;
    return this.#attempt(() =>
      transact(raw, () => {
        let count = 0;
        for (const batch of idleBatches(raw)) {
          count += itemsOf(raw, batch).filter(({ outcome }) => outcome === null).length;
          raw.prepare("DELETE FROM items WHERE batch = ? AND outcome IS NULL").run(batch);
          finish(raw, batch);
        }
        return count;
      }),
    );
  }

  async ask(asked: Asked): Promise<void> {
    const raw = await this.#open();
    this.#attempt(() => transact(raw, () => ask(raw, asked)));
  }

  async asked(most: number): Promise<readonly AskedBatch[]> {
    const raw = await this.#openExisting();
    return raw === undefined ? [] : this.#attempt(() => transact(raw, () => listAsked(raw, most), "BEGIN"));
  }

  async findAsked(by: { readonly batch: string } | { readonly item: string }): Promise<AskedBatch | undefined> {
    const raw = await this.#openExisting();
    return raw && this.#attempt(() => transact(raw, () => findAsked(raw, by), "BEGIN"));
  }

  async hasAsked(): Promise<boolean> {
    const raw = await this.#openExisting();
    if (raw === undefined) return false;
    const unfinished = "SELECT 1 AS one FROM batches WHERE askedAt IS NOT NULL AND finishedAt IS NULL LIMIT 1";
    return this.#attempt(() => rows(raw, unfinished).length > 0);
  }

  async cancel(item: string, outcome: string): Promise<boolean> {
    const raw = await this.#openExisting();
    return raw !== undefined && this.#attempt(() => transact(raw, () => cancel(raw, item, outcome)));
  }

  async retry(item: string): Promise<boolean> {
    const raw = await this.#openExisting();
    return raw !== undefined && this.#attempt(() => transact(raw, () => retry(raw, item)));
  }

  async forgetAsked(finishedBefore: number): Promise<void> {
    const raw = await this.#openExisting();
    if (raw !== undefined) this.#attempt(() => transact(raw, () => forgetOldAsked(raw, finishedBefore)));
  }

  async addTimes(times: readonly NewTime[]): Promise<void> {
    if (times.length === 0) return;
    const raw = await this.#open();
    this.#attempt(() => transact(raw, () => insertTimes(raw, times)));
  }

  async times(exhibit?: string): Promise<readonly Time[]> {
    const raw = await this.#openExisting();
    if (raw === undefined) return [];
    return this.#attempt(() =>
      rows<TimeRow>(
        raw,
        "SELECT item, exhibit, due, allowPrivate, session, actor FROM times WHERE ? IS NULL OR exhibit = ? ORDER BY due, item",
        exhibit ?? null,
        exhibit ?? null,
      ).map(timeOf),
    );
  }

  async removeTimes(items: readonly string[]): Promise<void> {
    const raw = await this.#openExisting();
    if (raw === undefined || items.length === 0) return;
    this.#attempt(() =>
      transact(raw, () => {
        for (const item of items) raw.prepare("DELETE FROM times WHERE item = ?").run(item);
      }),
    );
  }

  async claimWatch(): Promise<Claim> {
    const raw = await this.#open();
    return this.#attempt(() =>
      transact(raw, () => {
        if (isClaimed(raw, "watch")) throw atWork("This record is being watched, and its times are");
        return claim(raw, "watch");
      }),
    );
  }

  async forget(exhibits: readonly string[], items: readonly string[]): Promise<void> {
    const raw = await this.#openExisting();
    if (raw === undefined) return;
    this.#attempt(() =>
      transact(raw, () => {
        for (const exhibit of exhibits) {
          raw.prepare("DELETE FROM times WHERE exhibit = ?").run(exhibit);
          raw.prepare("DELETE FROM items WHERE exhibit = ?").run(exhibit);
        }
        for (const item of items) raw.prepare("DELETE FROM items WHERE item = ?").run(item);
      }),
    );
  }

  close(): void {
    if (this.#raw?.isOpen) this.#raw.close();
    this.#raw = undefined;
  }

  #take(raw: DatabaseSync, batch: string, resumed: boolean): Batch {
    return takeBatch(raw, batch, { resumed, attempt: (work) => this.#attempt(work) });
  }

  /** An empty file was never filled, as on a full disk: nothing is in it, and nothing need be written to say so. */
  async #openExisting(): Promise<DatabaseSync | undefined> {
    const isThere = this.#raw !== undefined || (statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) > 0;
    return isThere ? this.#open() : undefined;
  }

  async #open(): Promise<DatabaseSync> {
    this.#raw ??= await openAgendaDatabase(this.#path);
    return this.#raw;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translate(error, this.#path);
    }
  }
}

/** Batches with something to do, at which nobody who lives is at work. */
function idleBatches(raw: DatabaseSync, of?: "asked"): readonly string[] {
  const which = of === undefined ? "" : "AND askedAt IS NOT NULL";
  return rows<{ batch: string }>(
    raw,
    `SELECT batch FROM batches WHERE finishedAt IS NULL ${which} ORDER BY askedAt, batch`,
  ).flatMap(({ batch }) => (isClaimed(raw, batch) ? [] : [batch]));
}

interface TimeRow {
  readonly item: string;
  readonly exhibit: string;
  readonly due: number;
  readonly allowPrivate: number;
  readonly session: string | null;
  readonly actor: string | null;
}

function timeOf({ actor, allowPrivate, ...row }: TimeRow): Time {
  return { ...row, allowPrivate: allowPrivate === 1, ...(actor === null ? {} : { actor }) };
}

function atWork(what: string): PlacardError {
  return new PlacardError("busy", `${what} being worked on by another process.`, {
    next: "Let it finish, or stop it with Ctrl-C; then run the same command again.",
  });
}
