/**
 * The list as text, put together by SQLite: for 100,000 exhibits, making an object of each row costs ten times as much
 * as everything else (measured: 300 ms against 35).
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { toHex } from "../lib/bytes.ts";
import { INDEX_VERSION } from "./version.ts";

export interface ListForm {
  readonly json: boolean;
  readonly caseName?: string;
}

const LINES_AT_ONCE = 10_000;
const JSON_LINE = `json_object('verb', 'list', 'position', position, 'id', id, 'state', state, 'sealedAt', sealedAt, 'url', url,
  'title', title, 'platform', platform, 'author', author, 'postedAt', postedAt, 'caseName', caseName, 'receivedFrom', receivedFrom, 'reason', reason,
  'erasedAt', erasedAt, 'recaptureOf', recaptureOf, 'result', result, 'recaptures', recaptures, 'standing', standing, 'standingSince', standingSince,
  'lastSeenAt', lastSeenAt, 'checkedAt', checkedAt, 'sample', json(iif(sample, 'true', 'false')))`;
/** Of each link the first capture, with what follows from its recaptures; `show` tells of each of these. */
const STANDING = `CASE standing WHEN 'unchanged' THEN '  [still there on ' || substr(lastSeenAt, 1, 10) || ']'
  WHEN 'edited' THEN '  [edited since; last seen ' || substr(lastSeenAt, 1, 10) || ']'
  WHEN 'page-changed' THEN '  [page changed; last seen ' || substr(lastSeenAt, 1, 10) || ']'
  WHEN 'gone' THEN '  [gone as of ' || substr(standingSince, 1, 10) || '; last seen ' || substr(lastSeenAt, 1, 10) || ']'
  WHEN 'not-reachable' THEN '  [not reached again; last seen ' || substr(lastSeenAt, 1, 10) || ']' ELSE '' END`;
const WORDS_LINE = `id || '  ' || replace(substr(sealedAt, 1, 16), 'T', ' ') || ' UTC  ' || iif(sample, 'SAMPLE, no evidence: ', '') || replace(replace(
  CASE state WHEN 'erased' THEN 'erased: ' || coalesce(reason, '') ELSE coalesce('received from ' || receivedFrom || coalesce(': ' || coalesce(title, url), ''), title, url, '') END, char(10), ' '), char(13), ' ') || ${STANDING}`;

/**
 * Lines in ledger order, joined into pieces that each end in a line feed. Undefined where the index does not stand
 * exactly where the ledger does: then it has to be opened, which catches it up.
 */
export function listLines(
  path: string,
  head: { readonly size: number; readonly root: Uint8Array },
  form: ListForm,
): Generator<string> | undefined {
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
  if (isCurrent(database, head)) return lines(database, form);
  database.close();
  return undefined;
}

function isCurrent(database: DatabaseSync, head: { readonly size: number; readonly root: Uint8Array }): boolean {
  try {
    if (database.prepare("PRAGMA user_version").get()?.["user_version"] !== INDEX_VERSION) return false;
    if (database.prepare("SELECT 1 FROM pendingErasures").get() !== undefined) return false;
    const progress = database.prepare("SELECT size, root FROM progress").get();
    return progress === undefined
      ? head.size === 0
      : progress["size"] === head.size && progress["root"] === toHex(head.root);
  } catch {
    return false; // Not an index; opening it in earnest makes it one.
  }
}

function* lines(database: DatabaseSync, form: ListForm): Generator<string> {
  try {
    const query = database.prepare(`SELECT position, ${form.json ? JSON_LINE : WORDS_LINE} FROM exhibits
      WHERE position > ? AND (sample = 0 OR state = 'sealed') AND (? IS NULL OR caseName = ?) ${form.json ? "" : "AND recaptureOf IS NULL"} ORDER BY position LIMIT ${LINES_AT_ONCE}`);
    query.setReturnArrays(true);
    const caseName = form.caseName ?? null;
    for (let after = -1; ; ) {
      // Whole pages: asked for row by row, SQLite is left and entered again for each.
      const page = query.all(after, caseName, caseName) as unknown as readonly (readonly [
        position: number,
        line: string,
      ])[];
      const last = page.at(-1);
      if (last === undefined) return;
      after = last[0];
      yield page.map(([, line]) => `${line}\n`).join("");
    }
  } finally {
    database.close();
  }
}
