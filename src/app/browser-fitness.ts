/**
 * What trials said of this machine's browsers, kept in the user's cache folder: captures look here which browser's network
 * log is not to be taken. Losing the file loses nothing but the next trial's time.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { utf8 } from "../lib/bytes.ts";
import { makeFolder, writeDurable } from "../lib/durable.ts";

const MOST_KEPT = 50;
const LONGEST_FILE = 1 << 20;

const fitness = z.strictObject({
  path: z.string().min(1).max(4096),
  /** As the browser tells it: "147.0.7727.0". */
  version: z.string().min(1).max(100),
  byteRecord: z.enum(["network-log", "decoded"]),
  /** RFC 3339. */
  triedAt: z.iso.datetime(),
});
const fileSchema = z.strictObject({ format: z.literal(1), browsers: z.array(fitness).max(MOST_KEPT) });

export type Fitness = z.infer<typeof fitness>;

const pathIn = (cacheFolder: string): string => join(cacheFolder, "browsers.json");

/** Versions of the browser at `path` whose network log did not hold in a trial. Never throws: what cannot be read is not known. */
export async function unfitVersions(cacheFolder: string, path: string): Promise<readonly string[]> {
  const known = await readFitness(cacheFolder);
  return known.filter((one) => one.path === path && one.byteRecord === "decoded").map(({ version }) => version);
}

/** What the last trial of the browser at `path` said. */
export async function lastTrial(cacheFolder: string, path: string): Promise<Fitness | undefined> {
  // The newest comes first.
  return (await readFitness(cacheFolder)).find((one) => one.path === path);
}

/** Keeps what a trial said; the newest of each path and version counts. Throws `storage`. */
export async function keepFitness(cacheFolder: string, said: Fitness): Promise<void> {
  const known = await readFitness(cacheFolder);
  const others = known.filter(({ path, version }) => path !== said.path || version !== said.version);
  const browsers = [said, ...others].slice(0, MOST_KEPT);
  await makeFolder(cacheFolder, { mode: 0o700 });
  await writeDurable(pathIn(cacheFolder), utf8(`${JSON.stringify({ format: 1, browsers }, null, 2)}\n`), {
    mode: 0o600,
  });
}

async function readFitness(cacheFolder: string): Promise<readonly Fitness[]> {
  try {
    const text = await readFile(pathIn(cacheFolder), "utf8");
    return text.length > LONGEST_FILE ? [] : fileSchema.parse(JSON.parse(text)).browsers;
  } catch {
    return [];
  }
}
