/** What was sent in: as it comes, as it is looked at, taken or not, and forgotten. */
import type { DatabaseSync } from "node:sqlite";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import { kept } from "./database.ts";
import { forgetContents, forgetOld } from "./forgetting.ts";
import { digestOf, refOf } from "./receipt.ts";
import { type DoneWork, notDone } from "./work.ts";

export const MOST_LINKS = 20;
export const MOST_PICTURES = 2;
export const LARGEST_PICTURE = 8 << 20;
export const LONGEST_WORDS = 4_000;
export const LONGEST_CONTACT = 300;
export const LONGEST_REASON = 500;
const MOST_WORDS = 10;

/** What may wait, so that no flood fills the disk. */
export interface Room {
  readonly waiting: number;
  readonly bytes: number;
}
export const ROOM: Room = { waiting: 300, bytes: 512 << 20 };

export const STATES = ["waiting", "taken", "declined", "withdrawn", "erased"] as const;
export type SentState = (typeof STATES)[number];

export interface Picture {
  readonly bytes: Uint8Array;
  /** By its bytes. */
  readonly mediaType: string;
  /** The key it is sealed under, so that it is sealed once. */
  readonly item: string;
}

export interface Sending {
  readonly code: string;
  readonly links: readonly string[];
  readonly pictures: readonly Picture[];
  readonly words: string;
  readonly contact: string;
}

export interface Sent {
  readonly ref: string;
  /** Milliseconds since 1970, as are the others. */
  readonly at: number;
  readonly state: SentState;
  readonly lookedAt: number | null;
  /** Whether the sender has added a word since. */
  readonly unread: number;
  readonly settledAt: number | null;
  readonly reason: string | null;
  readonly contact: string | null;
}

export interface Part {
  readonly n: number;
  readonly kind: "link" | "picture";
  /** Null once it was erased. */
  readonly url: string | null;
  readonly bytes: number;
  readonly mediaType: string | null;
  readonly batch: string | null;
  /** By which the record knows what became of it; of a link, once it is to be saved. */
  readonly item: string | null;
  /** Whether the picture is still here. */
  readonly here: number;
}

const SENT = "SELECT ref, at, state, lookedAt, unread, settledAt, reason, contact FROM sent";
const COUNTED =
  "SELECT (SELECT count(*) FROM sent WHERE state = 'waiting') AS waiting, total(length(picture)) AS bytes FROM parts";

export class SentIn {
  readonly #raw: DatabaseSync;
  readonly #room: Room;
  readonly #now: () => number;

  constructor(raw: DatabaseSync, room: Room = ROOM, now: () => number = Date.now) {
    this.#raw = raw;
    this.#room = room;
    this.#now = now;
  }

  /**
   * Takes it in, all or nothing, and on disk when this returns. What was taken in under this code before is not taken in again.
   * Throws `usage` where the work was used, `busy` where too much waits, `storage`.
   */
  take({ code, links, pictures, words, contact }: Sending, work: DoneWork): "new" | "known" {
    const [ref, at] = [refOf(code), this.#now()];
    return kept(this.#raw, () => {
      if (this.find(code) !== undefined) return "known";
      this.#spend(work);
      this.#refuseFull(pictures);
      this.#raw
        .prepare("INSERT INTO sent (ref, code, at, state, contact) VALUES (?, ?, ?, 'waiting', ?)")
        .run(ref, digestOf(code), at, contact === "" ? null : contact);
      const link = this.#raw.prepare("INSERT INTO parts (ref, n, kind, url, bytes) VALUES (?, ?, 'link', ?, 0)");
      for (const [i, url] of links.entries()) link.run(ref, i + 1, url);
      const picture = this.#raw.prepare(
        "INSERT INTO parts (ref, n, kind, picture, mediaType, bytes, item) VALUES (?, ?, 'picture', ?, ?, ?, ?)",
      );
      for (const [i, { bytes, mediaType, item }] of pictures.entries())
        picture.run(ref, links.length + i + 1, bytes, mediaType, bytes.length, item);
      if (words !== "") this.#say(ref, words);
      return "new";
    });
  }

  #spend({ name, until }: DoneWork): void {
    this.#raw.prepare("DELETE FROM spent WHERE until < ?").run(this.#now() - 60_000);
    const spent = this.#raw.prepare("INSERT OR IGNORE INTO spent (work, until) VALUES (?, ?)").run(name, until);
    if (spent.changes === 0) throw notDone();
  }

  #refuseFull(pictures: readonly Picture[]): void {
    const { waiting, bytes } = this.#raw.prepare(COUNTED).get() as unknown as Room;
    const more = pictures.reduce((sum, picture) => sum + picture.bytes.length, 0);
    if (waiting < this.#room.waiting && bytes + more <= this.#room.bytes) return;
    throw new PlacardError("busy", say("so_much_waiting"), {
      next: say("try_tomorrow"),
    });
  }

  #say(ref: string, text: string): void {
    this.#raw.prepare("INSERT INTO words (ref, at, text) VALUES (?, ?, ?)").run(ref, this.#now(), text);
  }

  /** What was settled long ago, or never. */
  forget(): void {
    kept(this.#raw, () => forgetOld(this.#raw, this.#now()));
  }

  /** What waits, then the rest; each newest first. */
  list(): readonly Sent[] {
    const rows = this.#raw.prepare(`${SENT} ORDER BY state <> 'waiting', at DESC, ref LIMIT 500`).all();
    return rows as unknown as readonly Sent[];
  }

  find(code: string): Sent | undefined {
    return this.#raw.prepare(`${SENT} WHERE code = ?`).get(digestOf(code)) as unknown as Sent | undefined;
  }

  /** Throws `not_found`. */
  get(ref: string): Sent {
    const found = this.#raw.prepare(`${SENT} WHERE ref = ?`).get(ref);
    if (found !== undefined) return found as unknown as Sent;
    throw new PlacardError("not_found", say("no_such_receipt"));
  }

  parts(ref: string): readonly Part[] {
    const rows = this.#raw.prepare(
      "SELECT n, kind, url, bytes, mediaType, batch, item, picture IS NOT NULL AS here FROM parts WHERE ref = ? ORDER BY n",
    );
    return rows.all(ref) as unknown as readonly Part[];
  }

  words(ref: string): readonly { readonly at: number; readonly text: string }[] {
    const rows = this.#raw.prepare("SELECT at, text FROM words WHERE ref = ? ORDER BY at, rowid").all(ref);
    return rows as unknown as readonly { readonly at: number; readonly text: string }[];
  }

  /** Throws `not_found` where it is no picture, or was erased. */
  picture(ref: string, n: number): Picture {
    const row = this.#raw.prepare("SELECT picture, mediaType, item FROM parts WHERE ref = ? AND n = ?").get(ref, n);
    const bytes = row?.["picture"];
    if (!(bytes instanceof Uint8Array)) throw new PlacardError("not_found", say("picture_gone"));
    return { bytes, mediaType: String(row?.["mediaType"]), item: String(row?.["item"]) };
  }

  looked(ref: string): void {
    this.#change("UPDATE sent SET lookedAt = coalesce(lookedAt, ?), unread = 0 WHERE ref = ?", this.#now(), ref);
  }

  /** Of the links that are still to be saved: they are asked for in this batch. */
  assign(ref: string, places: readonly number[], batch: string): void {
    kept(this.#raw, () => {
      this.#requireOpen(ref);
      const assign = this.#raw.prepare("UPDATE parts SET batch = ? WHERE ref = ? AND n = ? AND batch IS NULL");
      for (const n of places) assign.run(batch, ref, n);
      this.#settle(ref, "taken");
    });
  }

  /** Throws `conflict` where it was declined, withdrawn or erased. */
  #requireOpen(ref: string): void {
    if (!["waiting", "taken"].includes(this.get(ref).state)) throw settled();
  }

  /** What the record knows the links of a batch by. */
  known(batch: string, links: readonly { readonly item: string; readonly url: string }[]): void {
    kept(this.#raw, () => {
      const know = this.#raw.prepare("UPDATE parts SET item = ? WHERE batch = ? AND url = ? AND item IS NULL");
      for (const { item, url } of links) know.run(item, batch, url);
    });
  }

  /** It is in the record now, and needs no second place. */
  imported(ref: string, n: number): void {
    kept(this.#raw, () => {
      this.#raw.prepare("UPDATE parts SET picture = NULL WHERE ref = ? AND n = ?").run(ref, n);
      // It may have been withdrawn while it was read.
      if (this.get(ref).state === "waiting") this.#settle(ref, "taken");
    });
  }

  decline(ref: string, reason: string): void {
    kept(this.#raw, () => {
      if (this.get(ref).state !== "waiting") throw settled();
      this.#raw.prepare("UPDATE sent SET reason = ? WHERE ref = ?").run(reason === "" ? null : reason, ref);
      this.#settle(ref, "declined");
    });
  }

  reopen(ref: string): void {
    const { state } = this.get(ref);
    if (state !== "declined") throw new PlacardError("conflict", say("only_declined"));
    this.#change("UPDATE sent SET state = 'waiting', settledAt = NULL, reason = NULL WHERE ref = ?", ref);
  }

  /** What it was is gone; that there was something stays, so that whoever has the code is told so. */
  erase(ref: string, state: "withdrawn" | "erased" | "taken"): void {
    kept(this.#raw, () => {
      forgetContents(this.#raw, ref);
      this.#settle(ref, state);
    });
  }

  eraseContact(ref: string): void {
    this.#change("UPDATE sent SET contact = NULL WHERE ref = ?", ref);
  }

  /** Throws `conflict` where there are very many already. */
  add(ref: string, text: string): void {
    kept(this.#raw, () => {
      if (this.words(ref).length >= MOST_WORDS)
        throw new PlacardError("conflict", say("too_many_messages", { count: MOST_WORDS }));
      this.#say(ref, text);
      this.#raw.prepare("UPDATE sent SET unread = 1 WHERE ref = ?").run(ref);
    });
  }

  #settle(ref: string, state: SentState): void {
    this.#raw.prepare("UPDATE sent SET state = ?, settledAt = ? WHERE ref = ?").run(state, this.#now(), ref);
  }

  #change(sql: string, ...values: readonly (string | number)[]): void {
    kept(this.#raw, () => this.#raw.prepare(sql).run(...values));
  }
}

function settled(): PlacardError {
  return new PlacardError("conflict", say("settled_meanwhile"), {
    next: say("look_anew"),
  });
}
