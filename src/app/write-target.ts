/** A file the user named, written whole or not at all. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { openPending } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";

/** Resolves to the number of bytes. Replaces what is there. Throws `usage` (no such folder, or `target` is one), `storage`. */
export async function writeTarget(
  target: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  await assertWritable(target);
  const pending = await openPending(dirname(target));
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      await pending.write(chunk);
      bytes += chunk.length;
    }
    await pending.commit(target);
    return bytes;
  } finally {
    await pending.discard();
  }
}

/** Asked before the work that fills the file, so that nobody waits for it in vain. Throws `usage`. */
export async function assertWritable(target: string): Promise<void> {
  const folder = dirname(target);
  if (!(await isFolder(folder))) {
    throw new PlacardError("usage", `There is no folder ${folder} to write ${target} into.`, {
      next: "Make it, or name another file after -o.",
    });
  }
  if (await isFolder(target)) {
    throw new PlacardError("usage", `${target} is a folder; a file is written.`, {
      next: "Name a file in it after -o.",
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
