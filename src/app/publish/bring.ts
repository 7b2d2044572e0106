/**
 * Brings the files of one tree to what a manifest says, so that whoever looks meanwhile, or after a crash, meets no page by
 * halves and none whose parts are missing:
 *
 *   1. site.json without what is going to be changed, which is named as such: of it nothing is known from now on
 *   2. what pages lead to (style, pictures, proofs, tiles), then pages, then lists, then home, feeds and maps, then the checkpoint
 *   3. removals
 *   4. site.json, whole
 *
 * Killed anywhere, the next run does what is left: each step may be done again.
 */
import { formatManifest, isEmpty, MANIFEST, type Manifest, planOf } from "./manifest.ts";

/** One tree of files. Each write puts the whole file there or nothing; different paths may be written at once. */
export interface SiteStore {
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Nothing happens where it is missing. */
  remove(path: string): Promise<void>;
  /** Takes over a file from the tree that is shown now, where that is cheaper than to write it. False where it is not there. */
  adopt?(path: string): Promise<boolean>;
  /** Everything done so far survives power loss. */
  settle?(): Promise<void>;
}

/** Told of each step before it is taken. */
export type OnStep = (step: string, path: string) => void | Promise<void>;

export interface Bringing {
  /** What the tree's own manifest says; undefined where there is none. */
  readonly from: Manifest | undefined;
  readonly to: Manifest;
  readonly bytesOf: (sha256: string) => Promise<Uint8Array>;
  /** What the tree that is shown now holds, where that is another. */
  readonly shown?: Manifest | undefined;
  readonly onStep?: OnStep | undefined;
}

const AT_ONCE = 16;
/** Milliseconds after which it is written down what has been done: as much is done again after a crash. */
const NOTED_EVERY = 20_000;

export async function bring(store: SiteStore, { from, to, bytesOf, shown, onStep }: Bringing): Promise<void> {
  const plan = planOf(from, to);
  if (isEmpty(plan) && from !== undefined && from.changing.length === 0) return;
  const left = new Set([...plan.added, ...plan.changed, ...plan.removed]);
  const step: OnStep = async (what, path) => onStep?.(what, path);
  const note = async (): Promise<void> => {
    const certain = new Map([...to.files].filter(([path]) => !left.has(path)));
    await step("note", MANIFEST);
    await store.settle?.();
    await store.write(MANIFEST, formatManifest({ files: certain, withdrawn: to.withdrawn, changing: [...left] }));
  };
  await note();
  let noted = performance.now();
  const put = async (path: string): Promise<void> => {
    const [, sha256] = to.files.get(path) ?? [0, ""];
    await step("write", path);
    const isAdopted = shown?.files.get(path)?.[1] === sha256 && (await store.adopt?.(path)) === true;
    if (!isAdopted) await store.write(path, await bytesOf(sha256));
    left.delete(path);
  };
  for (const paths of inOrder([...plan.added, ...plan.changed])) {
    for (let i = 0; i < paths.length; i += BATCH) {
      await each(paths.slice(i, i + BATCH), put);
      if (performance.now() - noted < NOTED_EVERY) continue;
      await note();
      noted = performance.now();
    }
  }
  await each(plan.removed, async (path) => {
    await step("remove", path);
    await store.remove(path);
    left.delete(path);
  });
  await note();
}

const BATCH = 512;

/** Where one fails no further one is begun, and none is under way any more when this rejects. */
async function each(paths: readonly string[], work: (path: string) => Promise<void>): Promise<void> {
  const queue = paths.values();
  const failed: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const path of queue) {
      if (failed.length > 0) return;
      await work(path).catch((error: unknown) => failed.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failed.length > 0) throw failed[0];
}

/** Each class of paths after all that its files lead to. */
const CLASSES: readonly RegExp[] = [
  /^(?:assets|verify|ledger\/tile)\/|\.(?:placard|png)$/,
  /^(?:he\/)?V\//,
  /^(?:he\/)?questions\/./,
  /^(?:he\/)?(?:cases|exhibits|corrections|method)\//,
  /^(?!ledger\/checkpoint$)/,
  /^/,
];

function inOrder(paths: readonly string[]): readonly (readonly string[])[] {
  const classes: string[][] = CLASSES.map(() => []);
  for (const path of paths) classes[CLASSES.findIndex((pattern) => pattern.test(path))]?.push(path);
  return classes;
}
