/** publish: the site as the record has it now, brought to where it is shown; or back to as it was before. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolderLazily, removeDurable, writeDurable } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { bring, type OnStep } from "./bring.ts";
import {
  asItMayReturn,
  formatManifest,
  isEmpty,
  MANIFEST,
  type Manifest,
  type Plan,
  parseManifest,
  planOf,
  refOf,
  withoutWithdrawn,
} from "./manifest.ts";
import { forgetFiles, type Stage } from "./stage.ts";
import type { Target, Tree } from "./target.ts";

export interface Publishing {
  readonly plan: Plan;
  /** Nothing is to be done: what is shown is what is wanted. */
  readonly isCurrent: boolean;
  /** An earlier run was interrupted; this one does what it left. */
  readonly isResumed: boolean;
  /** Does it. Throws `storage`, `remote`, `inconsistent`. */
  go(onStep?: OnStep): Promise<void>;
}

export interface PublishOptions {
  /** The record's folder for what is built (stage.ts). */
  readonly folder: string;
  readonly target: Target;
  readonly stage: Stage;
  /** Back to what was shown before the last publishing. */
  readonly undo?: boolean;
}

/** What would be changed; nothing is, before `go`. Throws `usage` (nothing to undo), `conflict`, `malformed`, `remote`. */
export async function preparePublishing(options: PublishOptions): Promise<Publishing> {
  const { folder, target, stage, undo = false } = options;
  const place = await placeOf(target);
  const noted = notePath(folder, target.name);
  const previous = await readManifest(() => readFile(noted));
  if (undo && previous === undefined) throw nothingEarlier(target);
  const wanted = undo ? asItMayReturn(previous as Manifest, stage.manifest) : stage.manifest;
  const plan = planOf(place.shown, wanted);
  // Erasing takes it with it.
  for (const path of undo ? [...plan.added, ...plan.changed] : [])
    if (!(await stage.has(wanted.files.get(path)?.[1] ?? ""))) throw nothingEarlier(target);
  const isCurrent = isEmpty(plan) && place.shown !== undefined && place.shown.changing.length === 0;
  return {
    plan,
    isCurrent,
    isResumed: (place.shown?.changing.length ?? 0) > 0,
    go: async (onStep) => {
      if (!isCurrent) {
        const earlier = earlierOf(place.shown, previous);
        if (!undo && earlier !== undefined) await note(noted, earlier);
        await place.publish(wanted, stage.bytesOf, onStep);
      }
      await place.tidy?.(wanted, stage.bytesOf, onStep);
      if (undo) await removeDurable(noted);
      await forgetFiles(folder, [stage.manifest, ...(await notedManifests(folder, stage.manifest))]);
    },
  };
}

function nothingEarlier({ name }: Target): PlacardError {
  return new PlacardError("usage", `Of ${name} no earlier site is known here to go back to.`);
}

/** What an undo goes back to: what is shown now, unless that is what an interrupted run left. */
function earlierOf(shown: Manifest | undefined, previous: Manifest | undefined): Manifest | undefined {
  return shown === undefined || shown.changing.length > 0 ? previous : shown;
}

async function note(path: string, manifest: Manifest): Promise<void> {
  await makeFolderLazily(dirname(path));
  await writeDurable(path, formatManifest(manifest));
}

const BEFORE = "before";

function notePath(folder: string, name: string): string {
  return join(folder, BEFORE, `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.json`);
}

/** Of every place that was published to, what an undo goes back to: without what was withdrawn since, wherever that was shown. */
async function notedManifests(folder: string, now: Manifest): Promise<readonly Manifest[]> {
  const names = await readdir(join(folder, BEFORE)).catch(() => []);
  const manifests: Manifest[] = [];
  for (const name of names.filter((one) => one.endsWith(".json") && !one.startsWith("."))) {
    const path = join(folder, BEFORE, name);
    const manifest = manifestOf(await readFile(path));
    const left = withoutWithdrawn(manifest, now);
    if (!isEmpty(planOf(manifest, left))) await note(path, left);
    manifests.push(left);
  }
  return manifests;
}

/** The same bytes are met several times in one publishing, and are many. */
const parsed = new Map<string, Manifest>();
const MOST_PARSED = 3;

function manifestOf(bytes: Uint8Array): Manifest {
  const [, sha256] = refOf(bytes);
  const known = parsed.get(sha256) ?? parseManifest(bytes);
  parsed.delete(sha256);
  parsed.set(sha256, known);
  for (const oldest of parsed.keys()) if (parsed.size > MOST_PARSED) parsed.delete(oldest);
  return known;
}

async function readManifest(read: () => Promise<Uint8Array | undefined>): Promise<Manifest | undefined> {
  const bytes = await read().catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return bytes === undefined ? undefined : manifestOf(bytes);
}

interface Place {
  readonly shown: Manifest | undefined;
  publish(wanted: Manifest, bytesOf: Stage["bytesOf"], onStep?: OnStep): Promise<void>;
  /** Makes ready what is not shown: what was withdrawn goes from it as well, and nobody can turn back to it. */
  tidy?(wanted: Manifest, bytesOf: Stage["bytesOf"], onStep?: OnStep): Promise<void>;
}

async function placeOf(target: Target): Promise<Place> {
  if (target.kind === "single") {
    const { store } = target;
    const shown = await readManifest(() => store.read(MANIFEST));
    return {
      shown,
      publish: (to, bytesOf, onStep) => bring(store, { from: shown, to, bytesOf, onStep }),
    };
  }
  const tree = await target.shown();
  const shown = tree === undefined ? undefined : await readManifest(() => target.store(tree).read(MANIFEST));
  const hidden: Tree = tree === "a" ? "b" : "a";
  const manifestIn = (which: Tree) => readManifest(() => target.store(which).read(MANIFEST));
  return {
    shown,
    publish: async (to, bytesOf, onStep) => {
      const store = target.store(hidden);
      await bring(store, { from: await manifestIn(hidden), to, bytesOf, shown, onStep });
      await onStep?.("show", hidden);
      await store.settle?.();
      await target.show(hidden);
    },
    tidy: async (wanted, bytesOf, onStep) => {
      const now = await target.shown();
      const behind: Tree = now === "a" ? "b" : "a";
      const from = await manifestIn(behind);
      // The first time it is filled, so that the next publishing has to write only what changes.
      const to = from === undefined ? wanted : withoutWithdrawn(from, wanted);
      await bring(target.store(behind), { from, to, bytesOf, shown: wanted, onStep });
    },
  };
}
