/**
 * What was erased must not live on in what was built of the site: pages, lists and feeds tell of it, and so does what an undo goes
 * back to. All of that goes; the next publishing builds anew.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../../lib/durable.ts";

/** Of each the names of exhibits stand in it, whose pages were built. */
const TELLS = ["built.json", "lines.json"];
const FORGOTTEN = [...TELLS, "before", "files"];

/** `folder`: the record's `site`. `ids`: of what is erased. Nothing happens where the site never told of them. */
export async function forgetBuilt(folder: string, ids: readonly string[]): Promise<void> {
  const present = new Set(await readdir(folder).catch(() => []));
  const texts = TELLS.filter((name) => present.has(name)).map((name) => readFile(join(folder, name), "utf8"));
  const told = (await Promise.all(texts)).join("");
  if (!ids.some((id) => told.includes(id))) return;
  // What tells of them last: whoever is killed in between finds it again.
  for (const name of FORGOTTEN.toReversed())
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  await syncFolder(folder);
}
