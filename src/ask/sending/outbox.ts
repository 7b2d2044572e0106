/**
 * Letters on their way out. Each has its Message-ID before it is sent, and goes out at most once: that it is being handed over is on disk before the
 * server is told a word of it, and whatever is found in that state without a living process at work on it *may* have been sent. Such a letter is
 * never sent again by itself; it is looked for, or shown to a person who decides.
 */
import type { DatabaseSync } from "node:sqlite";
import { named, processName } from "../../lib/alive.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { say } from "../said.ts";
import { openOutboxDatabase, translate } from "./database.ts";

const LONGEST_DETAIL = 1000;

/** `bounced`: the server did not take it, for good. `uncertain`: it may have been sent. */
export type OutboxState = "queued" | "handing" | "accepted" | "bounced" | "uncertain" | "cancelled";

export interface OutgoingLetter {
  readonly messageId: string;
  readonly question: string;
  readonly letter: string;
  /** Bare addresses, for the envelope. */
  readonly sender: string;
  readonly recipient: string;
  /** As it goes over the wire, byte for byte. */
  readonly mail: Uint8Array;
}

export interface OutboxLetter extends Omit<OutgoingLetter, "mail"> {
  readonly state: OutboxState;
  /** When it came into that state, milliseconds since 1970. */
  readonly at: number;
  /** What the server said. */
  readonly detail: string;
}

/** Every call that returned survives power loss; several processes may use one. All throw `busy`, `storage`. */
export interface Outbox {
  /** Puts it down to be sent; one of that Message-ID that is there already stays as it is. */
  queue(letter: OutgoingLetter, now: number): void;
  /** Takes the oldest that waits, for this process alone; it is in no other's hands from then on. */
  take(now: number): OutgoingLetter | undefined;
  /** What came of handing it over. Only of a letter that this process took. */
  settle(messageId: string, state: "queued" | "accepted" | "bounced" | "uncertain", now: number, detail?: string): void;
  /** Whatever a dead process was handing over may have been sent; returns how many those are. */
  recover(now: number): number;
  /** A person's word, or what was found in a mailbox, on a letter that may have been sent, or waits. */
  resolve(messageId: string, state: "accepted" | "cancelled", now: number, detail?: string): void;
  /** Whose state no act tells yet; seal it, then note it. Sealed twice it does no harm. */
  unnoted(): readonly OutboxLetter[];
  noted(messageId: string, state: OutboxState): void;
  list(): readonly OutboxLetter[];
  /** Whether a mail (by its SHA-256) was taken in before. */
  isTaken(sha256: string): boolean;
  markTaken(sha256: string): void;
  close(): void;
}

export async function openOutbox(path: string): Promise<Outbox> {
  const raw = await openOutboxDatabase(path);
  const owner = processName();
  const setSettled = raw.prepare(
    "UPDATE letters SET state = ?, at = ?, detail = ?, owner = NULL, noted = 0 WHERE messageId = ? AND state = 'handing' AND owner = ?",
  );
  const setResolved = raw.prepare(
    `UPDATE letters SET state = ?, at = ?, detail = ?, noted = 0
     WHERE messageId = ? AND (state = 'uncertain' OR (state = 'queued' AND ? = 'cancelled'))`,
  );
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translate(error);
    }
  };
  return {
    queue: ({ messageId, question, letter, sender, recipient, mail }, now) =>
      guard(() => {
        raw
          .prepare(
            "INSERT INTO letters (messageId, question, letter, sender, recipient, mail, state, at) VALUES (?, ?, ?, ?, ?, ?, 'queued', ?) ON CONFLICT DO NOTHING",
          )
          .run(messageId, question, letter, sender, recipient, mail, now);
      }),
    take: (now) => guard(() => transact(raw, () => takeIn(raw, owner, now))),
    settle: (messageId, state, now, detail = "") =>
      guard(() => {
        const { changes } = setSettled.run(state, now, detail.slice(0, LONGEST_DETAIL), messageId, owner);
        if (changes !== 1) throw notSo(messageId);
      }),
    recover: (now) => guard(() => transact(raw, () => recoverIn(raw, now))),
    resolve: (messageId, state, now, detail = "") =>
      guard(() => {
        const { changes } = setResolved.run(state, now, detail.slice(0, LONGEST_DETAIL), messageId, state);
        if (changes !== 1) throw notSo(messageId);
      }),
    unnoted: () => guard(() => listed(raw, "WHERE noted = 0 AND state NOT IN ('queued', 'handing')")),
    noted: (messageId, state) =>
      guard(
        () => void raw.prepare("UPDATE letters SET noted = 1 WHERE messageId = ? AND state = ?").run(messageId, state),
      ),
    list: () => guard(() => listed(raw, "")),
    isTaken: (sha256) => guard(() => raw.prepare("SELECT 1 FROM taken WHERE sha256 = ?").get(sha256) !== undefined),
    markTaken: (sha256) =>
      guard(() => void raw.prepare("INSERT INTO taken VALUES (?) ON CONFLICT DO NOTHING").run(sha256)),
    close: () => raw.close(),
  };
}

function takeIn(raw: DatabaseSync, owner: string, now: number): OutgoingLetter | undefined {
  const row = raw
    .prepare(
      "SELECT messageId, question, letter, sender, recipient, mail FROM letters WHERE state = 'queued' ORDER BY at, messageId LIMIT 1",
    )
    .get() as OutgoingLetter | undefined;
  if (row === undefined) return undefined;
  raw
    .prepare("UPDATE letters SET state = 'handing', owner = ?, at = ? WHERE messageId = ?")
    .run(owner, now, row.messageId);
  return { ...row };
}

function recoverIn(raw: DatabaseSync, now: number): number {
  const rows = raw.prepare("SELECT messageId, owner FROM letters WHERE state = 'handing'").all() as {
    readonly messageId: string;
    readonly owner: string | null;
  }[];
  const left = rows.filter(({ owner }) => !(named(owner ?? "")?.isAlive() ?? false));
  for (const { messageId } of left)
    raw
      .prepare("UPDATE letters SET state = 'uncertain', owner = NULL, at = ?, noted = 0 WHERE messageId = ?")
      .run(now, messageId);
  return left.length;
}

function listed(raw: DatabaseSync, where: string): readonly OutboxLetter[] {
  const rows = raw
    .prepare(
      `SELECT messageId, question, letter, sender, recipient, state, at, detail FROM letters ${where} ORDER BY at, messageId`,
    )
    .all() as unknown as OutboxLetter[];
  return rows.map((row) => ({ ...row }));
}

function notSo(messageId: string): PlacardError {
  return new PlacardError("conflict", say("outbox_not_so", { messageId }));
}
