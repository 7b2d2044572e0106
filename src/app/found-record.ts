/**
 * Makes a record in a folder that may be in use already, so that a founding cut short is done again or finished: all of
 * it is made in a folder within, and moved out piece by piece, record.json last.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, moveDurable, removeEmptyFolder } from "../lib/durable.ts";
import { initRecord } from "./init-record.ts";
import { recordFolder } from "./record-folder.ts";

const unfinishedIn = (folder: string): string => join(folder, ".founding");

/** Makes the record. What an earlier attempt left unfinished is done away with. Throws as `initRecord` does. */
export async function foundRecord(folder: string, name: string): Promise<void> {
  const unfinished = unfinishedIn(folder);
  await makeFolder(folder);
  await rm(unfinished, { recursive: true, force: true });
  try {
    await initRecord(unfinished, { name });
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  await finishFounding(folder);
}

/** Goes on with a founding that was cut short after the record had been made; does nothing where there is none. */
export async function finishFounding(folder: string): Promise<void> {
  const from = recordFolder(unfinishedIn(folder));
  const to = recordFolder(folder);
  if (existsSync(to.recordFile) || !existsSync(from.recordFile)) return removeEmptyFolder(from.root);
  for (const piece of ["keys", "ledger", "vault", "commit", "recordFile"] as const) {
    if (existsSync(from[piece])) await moveDurable(from[piece], to[piece]);
  }
  await removeEmptyFolder(from.root);
}
