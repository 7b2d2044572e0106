/**
 * What one capture may take: time, memory and disk. A page that asks for more has its browser ended at once, every process
 * of it, whatever it is doing.
 */
import { lstatSync, readdirSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NotCaptured } from "../capture.ts";
import { say } from "../said.ts";
import { notCaptured } from "../walls/what-page.ts";
import type { ProcessTree } from "./process-tree.ts";

export interface Bounds {
  /** From the start of the browser to its end. */
  readonly seconds: number;
  /** Resident memory of all the browser's processes together. */
  readonly memoryMiB: number;
  /** What the browser writes: its log of the traffic (some four times the traffic), and its profile. */
  readonly diskMiB: number;
}

export const DEFAULT_BOUNDS: Bounds = { seconds: 60, memoryMiB: 2048, diskMiB: 6144 };

const MEBIBYTE = 1024 ** 2;
/** Between two looks, in milliseconds; a page can take a little more than a bound in that time. Sooner where memory goes fast. */
const INTERVAL = 200;
const SHORTEST_INTERVAL = 20;
/** A look that takes long (a profile of very many files) is taken less often: a tenth of the time at most goes to looking. */
const SHARE = 9;
/** However much is allowed, a capture leaves other programs this share of the room on the disk. */
const SHARE_OF_DISK = 0.25;
/** The browser tells us of the page as it goes; a page can make that grow until we fail with it. More than any honest page. */
const OWN_GROWTH = 400 * MEBIBYTE;
/** What we make of a page while its browser ends takes memory too, most of it for its picture, unpacked. */
const OWN_MAKING = 1024 * MEBIBYTE;

export interface WatchOptions {
  readonly bounds: Bounds;
  /** Files and folders: all that the browser writes is in them. */
  readonly files: readonly string[];
  readonly tree: ProcessTree;
  /** Called once, with the outcome, when a bound is passed. */
  readonly onPassed: (outcome: NotCaptured) => void;
}

export interface BoundsWatch extends Disposable {
  /** To be called where we begin to make something of the page. */
  allowMaking(): void;
  /** Bytes the browser may yet write. */
  room(): number;
}

/** Watches until disposed of. */
export function watchBounds({ bounds, files, tree, onPassed }: WatchOptions): BoundsWatch {
  const started = performance.now();
  let ownMost = ownMemory() + OWN_GROWTH;
  const disk = diskBound(bounds, dirname(files[0] as string));
  let timer: NodeJS.Timeout | undefined;
  let resident = 0;
  let seen = { resident: 0, at: started };
  /** Half the time in which memory would pass its bound, were it to grow on as it did since the last look. */
  const untilFull = (now: number): number => {
    const grown = resident - seen.resident;
    const left = bounds.memoryMiB * MEBIBYTE - resident;
    const time = grown <= 0 ? INTERVAL : (left / grown) * (now - seen.at) * 0.5;
    seen = { resident, at: now };
    return Math.max(SHORTEST_INTERVAL, Math.min(INTERVAL, time));
  };
  const used = (): number => files.reduce((sum, path) => sum + roomOf(path), 0);
  const passed = (): NotCaptured | undefined => {
    if (performance.now() - started >= 1000 * bounds.seconds) return tooLong(bounds);
    resident = tree.resident() ?? 0;
    if (resident > bounds.memoryMiB * MEBIBYTE) return tooMuchMemory(bounds);
    if (ownMemory() > ownMost) return TOO_MUCH_TOLD;
    return used() > disk.bytes ? disk.outcome : undefined;
  };
  const look = (): void => {
    const before = performance.now();
    const outcome = passed();
    if (outcome !== undefined) return onPassed(outcome);
    const now = performance.now();
    const left = 1000 * bounds.seconds - (now - started);
    timer = setTimeout(look, Math.min(Math.max(untilFull(before), SHARE * (now - before)), Math.max(1, left)));
  };
  timer = setTimeout(look, INTERVAL);
  return {
    room: () => Math.max(0, disk.bytes - used()),
    allowMaking: () => void (ownMost += OWN_MAKING),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

function ownMemory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function diskBound({ diskMiB }: Bounds, folder: string): { readonly bytes: number; readonly outcome: NotCaptured } {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor(bavail * bsize * SHARE_OF_DISK);
  const configured = diskMiB * MEBIBYTE;
  if (configured <= free) return { bytes: configured, outcome: tooMuchDisk(diskMiB) };
  return {
    bytes: free,
    outcome: notCaptured("too_large", say("scarce_disk", { size: Math.floor(free / MEBIBYTE) })),
  };
}

/** Room taken by a file, or by all files below a folder, in bytes. Those that go meanwhile are left out. */
function roomOf(path: string): number {
  try {
    const found = lstatSync(path);
    if (!found.isDirectory()) return 512 * found.blocks;
    return readdirSync(path).reduce((sum, name) => sum + roomOf(join(path, name)), 0);
  } catch {
    return 0;
  }
}

function tooLong({ seconds }: Bounds): NotCaptured {
  return notCaptured("timeout", say("over_seconds", { count: seconds }));
}

function tooMuchMemory({ memoryMiB }: Bounds): NotCaptured {
  return notCaptured("too_large", say("over_memory", { count: memoryMiB }));
}

function tooMuchDisk(diskMiB: number): NotCaptured {
  return notCaptured("too_large", say("over_disk", { count: diskMiB }));
}

const TOO_MUCH_TOLD = notCaptured("too_large", say("too_much_told"));
