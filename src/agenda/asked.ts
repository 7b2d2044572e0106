/**
 * What was asked for on a screen. Such a batch stays when it is done, so that whoever asked finds what came of it: after a
 * reload, on another device, after a crash. All within a transaction of the caller's.
 */
import type { DatabaseSync } from "node:sqlite";
import { newKey, rows } from "./rows.ts";

export interface Asked {
  /** 128 random bits, hexadecimal, made by who asks: the same sent twice is asked once. */
  readonly batch: string;
  readonly links: readonly string[];
  /** JSON of the terms that hold for all. */
  readonly options: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface AskedItem {
  readonly item: string;
  readonly url: string;
  /** JSON of what came of it; null while it waits or is worked on. */
  readonly outcome: string | null;
}

export interface AskedBatch {
  readonly batch: string;
  readonly options: string;
  readonly askedAt: number;
  readonly items: readonly AskedItem[];
}

export function ask(raw: DatabaseSync, { batch, links, options, at }: Asked): void {
  const added = raw
    .prepare("INSERT OR IGNORE INTO batches (batch, links, options, askedAt) VALUES (?, ?, ?, ?)")
    .run(batch, links.length, options, at);
  if (added.changes === 0) return;
  const insert = raw.prepare("INSERT INTO items (item, batch, place, url) VALUES (?, ?, ?, ?)");
  for (const [place, url] of links.entries()) insert.run(newKey(), batch, place, url);
}

type Row = Omit<AskedBatch, "items">;
const FIRST = "SELECT batch, options, askedAt FROM batches WHERE askedAt IS NOT NULL AND shownWith IS NULL";

function withItems(raw: DatabaseSync, row: Row): AskedBatch {
  const items = rows<AskedItem>(
    raw,
    `SELECT item, url, outcome FROM items
     WHERE batch = ? OR batch IN (SELECT batch FROM batches WHERE shownWith = ?) ORDER BY place`,
    row.batch,
    row.batch,
  );
  return { ...row, items };
}

/** The batch of this key, or the one that a link is told with; undefined where nothing of it is left. */
export function findAsked(raw: DatabaseSync, by: { readonly batch: string } | { readonly item: string }) {
  const first = "SELECT COALESCE(shownWith, batch) FROM items JOIN batches USING (batch) WHERE item = ?";
  const [row] =
    "batch" in by
      ? rows<Row>(raw, `${FIRST} AND batch = ?`, by.batch)
      : rows<Row>(raw, `${FIRST} AND batch = (${first})`, by.item);
  const asked = row && withItems(raw, row);
  return asked === undefined || asked.items.length === 0 ? undefined : asked;
}

/** Newest first. A link that was retried is told with the batch it was first asked for in. */
export function listAsked(raw: DatabaseSync, most: number): readonly AskedBatch[] {
  const batches: AskedBatch[] = [];
  let told = 0;
  for (const row of rows<Row>(raw, `${FIRST} ORDER BY askedAt DESC, batch`)) {
    const asked = withItems(raw, row);
    // Those whose exhibits were all erased.
    if (asked.items.length === 0) continue;
    batches.push(asked);
    told += asked.items.length;
    if (told >= most) break;
  }
  return batches;
}

export function cancel(raw: DatabaseSync, item: string, outcome: string): boolean {
  return (
    raw.prepare("UPDATE items SET outcome = ? WHERE item = ? AND outcome IS NULL").run(outcome, item).changes === 1
  );
}

/** A batch of its own: the one it was in may be under way, by a process that believes it done. */
export function retry(raw: DatabaseSync, item: string): boolean {
  const [found] = rows<{ batch: string; options: string; shownWith: string | null }>(
    raw,
    `SELECT batches.batch, options, shownWith FROM items JOIN batches USING (batch)
     WHERE item = ? AND outcome IS NOT NULL AND exhibit IS NULL AND askedAt IS NOT NULL`,
    item,
  );
  if (found === undefined) return false;
  const batch = newKey();
  raw
    .prepare("INSERT INTO batches (batch, links, options, askedAt, shownWith) VALUES (?, 1, ?, ?, ?)")
    .run(batch, found.options, Date.now(), found.shownWith ?? found.batch);
  raw.prepare("UPDATE items SET batch = ?, outcome = NULL, begun = 0 WHERE item = ?").run(batch, item);
  return true;
}

/** With all that is shown with them; none of which anything waits. */
export function forgetOldAsked(raw: DatabaseSync, finishedBefore: number): void {
  const old = rows<{ batch: string }>(
    raw,
    `SELECT batch FROM batches AS first WHERE askedAt IS NOT NULL AND shownWith IS NULL AND finishedAt < ?
     AND NOT EXISTS (SELECT 1 FROM batches WHERE shownWith = first.batch AND (finishedAt IS NULL OR finishedAt >= ?))`,
    finishedBefore,
    finishedBefore,
  );
  for (const { batch } of old) {
    raw
      .prepare("DELETE FROM items WHERE batch = ? OR batch IN (SELECT batch FROM batches WHERE shownWith = ?)")
      .run(batch, batch);
    raw.prepare("DELETE FROM batches WHERE batch = ? OR shownWith = ?").run(batch, batch);
  }
}
