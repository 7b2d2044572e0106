/** What of that which was sent in is erased, and when. Within a transaction of the caller's. */
import type { DatabaseSync } from "node:sqlite";

const DAY = 86_400_000;
/** After it was taken or declined, so that a mistake can be mended. */
const CONTENTS_KEPT = 30 * DAY;
/** What nobody took up. */
const UNSETTLED_KEPT = 180 * DAY;
/** That there was something, for whoever comes back with the code. */
const RECEIPT_KEPT = 365 * DAY;

/** All but that there was something, when, what became of it, and by which keys the record knows what was sealed. */
export function forgetContents(raw: DatabaseSync, ref: string): void {
  raw.prepare("DELETE FROM words WHERE ref = ?").run(ref);
  raw.prepare("DELETE FROM parts WHERE ref = ? AND item IS NULL").run(ref);
  raw.prepare("UPDATE parts SET url = NULL, picture = NULL, mediaType = NULL WHERE ref = ?").run(ref);
  raw.prepare("UPDATE sent SET contact = NULL, unread = 0 WHERE ref = ?").run(ref);
}

const FULL = `(contact IS NOT NULL OR EXISTS (SELECT 1 FROM words WHERE words.ref = sent.ref)
  OR EXISTS (SELECT 1 FROM parts WHERE parts.ref = sent.ref AND coalesce(url, picture) IS NOT NULL))`;

export function forgetOld(raw: DatabaseSync, now: number): void {
  const refs = (sql: string, before: number): readonly string[] =>
    raw
      .prepare(sql)
      .all(before)
      .map((row) => String(row["ref"]));
  for (const ref of refs("SELECT ref FROM sent WHERE state = 'waiting' AND at < ?", now - UNSETTLED_KEPT)) {
    forgetContents(raw, ref);
    raw.prepare("UPDATE sent SET state = 'erased', settledAt = ? WHERE ref = ?").run(now, ref);
  }
  for (const ref of refs(`SELECT ref FROM sent WHERE settledAt < ? AND ${FULL}`, now - CONTENTS_KEPT))
    forgetContents(raw, ref);
  for (const ref of refs("SELECT ref FROM sent WHERE settledAt < ?", now - RECEIPT_KEPT)) {
    raw.prepare("DELETE FROM parts WHERE ref = ?").run(ref);
    raw.prepare("DELETE FROM sent WHERE ref = ?").run(ref);
  }
}
