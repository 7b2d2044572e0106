/** What every use of node:sqlite needs. */
import type { DatabaseSync } from "node:sqlite";

export const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

export const primaryCode = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

/** Whether the file itself is at fault. */
export function isDamage(error: unknown): boolean {
  return [SQLITE_CORRUPT, SQLITE_NOTADB].includes(primaryCode(error));
}

/** All of `work` or nothing of it. Synchronous, so that nothing comes between. */
export function transact<T>(raw: DatabaseSync, work: () => T, begin = "BEGIN IMMEDIATE"): T {
  raw.exec(begin);
  try {
    const result = work();
    raw.exec("COMMIT");
    return result;
  } catch (error) {
    if (raw.isTransaction) raw.exec("ROLLBACK");
    throw error;
  }
}
