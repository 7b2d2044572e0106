/** A batch that this process is at work on. */
import type { DatabaseSync } from "node:sqlite";
import { transact } from "../lib/sqlite.ts";
import { claim } from "./claims.ts";
import { newKey, rows } from "./rows.ts";

/** A link of a batch. */
export interface Item {
  readonly item: string;
  /** Place in the list as it was given, from 0. */
  readonly place: number;
  readonly url: string;
  /** JSON of what came of it; null while it waits. */
  readonly outcome: string | null;
  readonly exhibit: string | null;
}

export interface Batch extends Disposable {
  readonly key: string;
  /** JSON, as it was given. */
  readonly options: string;
  /** Those erased meanwhile are left out. */
  readonly items: readonly Item[];
  /** Whether it was begun before. */
  readonly resumed: boolean;
  /** Whether no other process has taken it over, as it would after this one was asleep for long. */
  isOurs(): boolean;
  /** Whether it is still to be done: nobody has cancelled it. */
  waits(item: string): boolean;
  /** Notes that it is begun; returns how often it was begun and no process lived to end it. Dispose when it is ended. */
  begin(item: string): { readonly deaths: number } & Disposable;
  /** Durable when it returns. */
  note(item: string, outcome: string, sealed?: { readonly exhibit: string; readonly times: readonly NewTime[] }): void;
  /** Forgets the batch, where nothing of it waits any more; one that was asked for on a screen stays to be seen. */
  finish(): void;
}

export interface NewTime {
  readonly exhibit: string;
  /** Milliseconds since 1970. */
  readonly due: number;
  readonly allowPrivate: boolean;
  /** Name of the session to capture under. */
  readonly session: string | null;
  /** Pseudonym of the member who asked for it. */
  readonly actor?: string;
}

/** Claims it, within a transaction; nobody who lives is at it. `attempt` puts what the database throws in our words. */
export function takeBatch(
  raw: DatabaseSync,
  batch: string,
  { resumed, attempt }: { readonly resumed: boolean; readonly attempt: <T>(work: () => T) => T },
): Batch {
  const claimed = claim(raw, batch);
  const options = rows<{ options: string }>(raw, "SELECT options FROM batches WHERE batch = ?", batch)[0]?.options;
  const waiting = "SELECT 1 AS one FROM items WHERE item = ? AND batch = ? AND outcome IS NULL";
  return {
    key: batch,
    options: options ?? "{}",
    items: itemsOf(raw, batch),
    resumed,
    isOurs: () => attempt(() => claimed.isOurs()),
    waits: (item) => attempt(() => rows(raw, waiting, item, batch).length > 0),
    begin: (item) => {
      const add = (step: number): number =>
        attempt(() =>
          Number(
            raw.prepare("UPDATE items SET begun = begun + ? WHERE item = ? RETURNING begun").get(step, item)?.["begun"],
          ),
        );
      const deaths = add(1) - 1;
      const end = (): void => {
        try {
          if (raw.isOpen) add(-1);
        } catch {
          // A full disk, of which whoever notes what came of it is told.
        }
      };
      return { deaths, [Symbol.dispose]: end };
    },
    note: (item, outcome, sealed) =>
      attempt(() =>
        transact(raw, () => {
          const { changes } = raw
            .prepare("UPDATE items SET outcome = ?, exhibit = ? WHERE item = ? AND batch = ?")
            .run(outcome, sealed?.exhibit ?? null, item, batch);
          // What was erased meanwhile is not to be looked at again.
          if (changes === 1) insertTimes(raw, sealed?.times ?? []);
        }),
      ),
    finish: () =>
      attempt(() =>
        transact(raw, () => {
          if (itemsOf(raw, batch).some(({ outcome }) => outcome === null)) return;
          finish(raw, batch);
          claimed.giveUp();
        }),
      ),
    [Symbol.dispose]: () => claimed[Symbol.dispose](),
  };
}

export function itemsOf(raw: DatabaseSync, batch: string): readonly Item[] {
  return rows(raw, "SELECT item, place, url, outcome, exhibit FROM items WHERE batch = ? ORDER BY place", batch);
}

/** Nothing of it waits. One that nobody watches leaves nothing. */
export function finish(raw: DatabaseSync, batch: string): void {
  const unseen = raw.prepare("DELETE FROM batches WHERE batch = ? AND askedAt IS NULL").run(batch);
  if (unseen.changes === 1) raw.prepare("DELETE FROM items WHERE batch = ?").run(batch);
  else raw.prepare("UPDATE batches SET finishedAt = ? WHERE batch = ?").run(Date.now(), batch);
}

export function insertTimes(raw: DatabaseSync, times: readonly NewTime[]): void {
  const insert = raw.prepare(
    "INSERT INTO times (item, exhibit, due, allowPrivate, session, actor) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const { exhibit, due, allowPrivate, session, actor } of times)
    insert.run(newKey(), exhibit, due, allowPrivate ? 1 : 0, session, actor ?? null);
}
