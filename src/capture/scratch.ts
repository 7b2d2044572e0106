/**
 * Folders for captures under way. What is in them is private and must not outlive its capture, not even where the
 * process was killed: the next one clears away what the dead have left, and so does an erasure.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { machine, named, processName } from "../lib/alive.ts";
import { makeFolder, openPending } from "../lib/durable.ts";

/** Of another machine (or container) that shares the folder we cannot know who lives; no capture takes this long. */
const LONGEST_CAPTURE = 3_600_000;

/** This process's own: a predecessor may have had the same id. */
const ours = new Set<string>();

/** Makes a folder for one capture in `scratchFolder`, mode 0700. Throws `storage`. */
export async function openScratch(scratchFolder: string): Promise<string> {
  await makeFolder(scratchFolder, { mode: 0o700 });
  await sweepScratch(scratchFolder);
  const folder = join(scratchFolder, processName());
  // Before it is there: another capture of this process that sweeps would take it for a predecessor's.
  ours.add(folder);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** Writes a file that goes with its folder, or is on its way into the vault: there it is made durable. Throws `storage`. */
export async function writeScratch(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  const pending = await openPending(dirname(path), { mode, scratch: true });
  try {
    await pending.write(bytes);
    await pending.commit(path);
  } finally {
    await pending.discard();
  }
}

export async function removeScratch(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  ours.delete(folder);
}

/** Clears away what dead captures have left in `scratchFolder`. */
export async function sweepScratch(scratchFolder: string): Promise<void> {
  if (!existsSync(scratchFolder)) return;
  for (const name of await readdir(scratchFolder)) {
    const who = named(name);
    const path = join(scratchFolder, name);
    if (who === undefined || ours.has(path)) continue;
    const left = who.machine === machine() ? !who.isAlive() : await isOld(path);
    if (left) await removeScratch(path).catch(() => undefined);
  }
}

async function isOld(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > LONGEST_CAPTURE,
    () => false,
  );
}
