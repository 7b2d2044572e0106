/**
 * Act bundles on disk. Every append writes the tip's bundle under a new width and leaves the committed file alone: until
 * the ledger commits, that one is what counts. Once it has, the next call here finds the older file and removes it.
 *
 * A file wider than the committed size is *tentative*. It is gone for good before the next append writes anything, since
 * it may hold other acts than those that will be committed in its range. Older files hold the same acts as newer ones.
 */
import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { TILE_WIDTH } from "../ledger/tile.ts";
import { concat, utf8 } from "../lib/bytes.ts";
import {
  type FileSystem,
  removeDurable,
  removeLazily,
  syncFolder,
  TEMPORARY_PREFIX,
  writeDurable,
} from "../lib/durable.ts";
import type { SealedAct } from "../record/act.ts";
import {
  type BundleFile,
  bundlePath,
  formatLines,
  lineEnds,
  missingAct,
  parseBundlePath,
  parseLine,
} from "./bundle.ts";
import { FILE_MODE, folderMaker, namesIn, readIfThere, statIfThere } from "./disk-folder.ts";
import type { Vault } from "./vault.ts";

/** Bundles longer than this are read again rather than kept in memory. */
const LONGEST_KEPT = 8 << 20;
/** A file may be removed between being listed and being read, when an append overtakes a reader. */
const READ_ATTEMPTS = 5;

export type ActStore = Pick<Vault, "putActs" | "readActs" | "eraseAct" | "recover">;

export function diskActs(folder: string, fs: FileSystem): ActStore {
  return new DiskActs(folder, fs);
}

/** Owns what it remembers of the tip's bundle between two appends. */
class DiskActs implements ActStore {
  readonly #folder: string;
  readonly #fs: FileSystem;
  readonly #make: (folder: string) => Promise<void>;
  #tip: { readonly path: string; readonly bytes: Uint8Array; readonly status: BigIntStats } | undefined;

  constructor(folder: string, fs: FileSystem) {
    this.#folder = folder;
    this.#fs = fs;
    this.#make = folderMaker(folder, fs);
  }

  async putActs(start: number, acts: readonly SealedAct[]): Promise<void> {
    const settling = this.#settle(start);
    let lines: Uint8Array;
    try {
      lines = formatLines(acts);
    } finally {
      // Formatting takes the time that settling waits for the disk; neither is left behind when the other fails.
      await settling;
    }
    const ends = [0, ...lineEnds(lines, acts.length)];
    let width = start % TILE_WIDTH;
    let bundle = Math.floor(start / TILE_WIDTH);
    let before = width === 0 ? new Uint8Array(0) : await this.#readCommitted({ bundle, width });
    for (let done = 0; done < acts.length; bundle++) {
      const count = Math.min(TILE_WIDTH - width, acts.length - done);
      await this.#write(
        { bundle, width: width + count },
        concat(before, lines.subarray(ends[done], ends[done + count])),
      );
      done += count;
      width = 0;
      before = new Uint8Array(0);
    }
  }

  async *readActs(start: number, end: number): AsyncGenerator<SealedAct> {
    for (let index = start; index < end; ) {
      const bundle = Math.floor(index / TILE_WIDTH);
      const first = bundle * TILE_WIDTH;
      const width = Math.min(TILE_WIDTH, end - first);
      const bytes = await this.#readFirst({ bundle, width });
      const ends = [0, ...lineEnds(bytes, width)];
      for (; index < first + width; index++) {
        const to = ends[index - first + 1];
        if (to === undefined) throw missingAct(Math.max(index, first + ends.length - 1));
        yield parseLine(bytes.subarray(ends[index - first], to), index);
      }
    }
  }

  async eraseAct(index: number, size: number): Promise<void> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw missingAct(index);
    const bundle = Math.floor(index / TILE_WIDTH);
    const first = bundle * TILE_WIDTH;
    const committed = { bundle, width: Math.min(TILE_WIDTH, size - first) };
    const bytes = await this.#readWhole(committed);
    const ends = [0, ...lineEnds(bytes)];
    const from = ends[index - first] as number;
    const to = ends[index - first + 1] as number;
    const { jwt } = parseLine(bytes.subarray(from, to), index);
    const erased = utf8(`${jwt}~\n`);
    this.#tip = undefined;
    await this.#write(committed, concat(bytes.subarray(0, from), erased, bytes.subarray(to)));
    for (const width of await this.#widths(bundle)) {
      if (width !== committed.width) await removeDurable(this.#path({ bundle, width }), this.#fs);
    }
    await this.#sweep(dirname(this.#path({ bundle, width: TILE_WIDTH })));
    await this.#sweep(dirname(this.#path({ bundle, width: 1 })));
  }

  async recover(size: number): Promise<void> {
    this.#tip = undefined;
    const tip = Math.floor(size / TILE_WIDTH);
    const files = await this.#list(this.#folder);
    for (const file of files) if (file.bundle > tip) await removeDurable(this.#path(file), this.#fs);
    await this.#settle(size);
    const full = new Set(files.filter(({ width }) => width === TILE_WIDTH).map(({ bundle }) => bundle));
    for (const file of files) {
      if (file.bundle < tip && file.width < TILE_WIDTH && full.has(file.bundle)) {
        await removeLazily(this.#path(file), this.#fs);
      }
    }
  }

  /** Makes the tip hold the committed acts and nothing past them, `size` being the committed size. */
  async #settle(size: number): Promise<void> {
    const bundle = Math.floor(size / TILE_WIDTH);
    const width = size % TILE_WIDTH;
    const [after, widths, before] = await Promise.all([
      this.#widths(bundle + 1),
      this.#widths(bundle),
      bundle === 0 ? [] : this.#widths(bundle - 1),
    ]);
    if (after.length > 0) await this.#removeBundlesFrom(bundle + 1);
    if (width > 0 && !widths.includes(width)) {
      await this.#write({ bundle, width }, await this.#readWhole({ bundle, width }));
    }
    for (const other of widths) {
      if (other > width) await removeDurable(this.#path({ bundle, width: other }), this.#fs);
      if (other < width) await removeLazily(this.#path({ bundle, width: other }), this.#fs);
    }
    if (before.at(-1) !== TILE_WIDTH) return;
    for (const other of before.slice(0, -1))
      await removeLazily(this.#path({ bundle: bundle - 1, width: other }), this.#fs);
  }

  /** An append writes its bundles in order, so where one is missing, none follows. The last goes first, to keep it so. */
  async #removeBundlesFrom(first: number): Promise<void> {
    const widths = await this.#widths(first);
    if (widths.length === 0) return;
    await this.#removeBundlesFrom(first + 1);
    for (const width of widths) await removeDurable(this.#path({ bundle: first, width }), this.#fs);
  }

  async #write(file: BundleFile, bytes: Uint8Array): Promise<void> {
    const path = this.#path(file);
    await this.#make(dirname(path));
    await writeDurable(path, bytes, { fs: this.#fs, mode: FILE_MODE });
    const kept = file.width < TILE_WIDTH && bytes.length <= LONGEST_KEPT;
    const status = kept ? await statusOf(path) : undefined;
    this.#tip = status === undefined ? undefined : { path, bytes, status };
  }

  /** The committed tip, from memory where the file is still the one we wrote. */
  async #readCommitted(file: BundleFile): Promise<Uint8Array> {
    const path = this.#path(file);
    const tip = this.#tip;
    if (tip?.path === path && isSame(tip.status, await statusOf(path))) return tip.bytes;
    return this.#readWhole(file);
  }

  /** Exactly `width` lines. Throws `not_found` naming the first that is missing. */
  async #readWhole(file: BundleFile): Promise<Uint8Array> {
    const bytes = await this.#readFirst(file);
    const ends = lineEnds(bytes, file.width);
    if (ends.length < file.width) throw missingAct(file.bundle * TILE_WIDTH + ends.length);
    return bytes.subarray(0, ends.at(-1));
  }

  /** The smallest file that holds the first `width` acts of a bundle, or what comes nearest; empty where there is none. */
  async #readFirst({ bundle, width }: BundleFile): Promise<Uint8Array> {
    for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      const widths = await this.#widths(bundle);
      const best = widths.find((candidate) => candidate >= width) ?? widths.at(-1);
      if (best === undefined) break;
      const bytes = await readIfThere(this.#path({ bundle, width: best }));
      if (bytes !== undefined) return bytes;
    }
    return new Uint8Array(0);
  }

  /** The widths a bundle is there in, ascending. */
  async #widths(bundle: number): Promise<readonly number[]> {
    const partial = dirname(this.#path({ bundle, width: 1 }));
    const names = await namesIn(partial);
    const widths = names
      .map((name) => parseBundlePath(relative(this.#folder, join(partial, name)))?.width)
      .filter((width) => width !== undefined)
      .toSorted((a, b) => a - b);
    const full = await statIfThere(this.#path({ bundle, width: TILE_WIDTH }));
    return full === undefined ? widths : [...widths, TILE_WIDTH];
  }

  /** Every bundle file below `folder`; unfinished files are removed on the way. */
  async #list(folder: string): Promise<readonly BundleFile[]> {
    const found: BundleFile[] = [];
    for (const name of await namesIn(folder)) {
      const path = join(folder, name);
      const file = parseBundlePath(relative(this.#folder, path));
      if (file !== undefined) found.push(file);
      else if (name.startsWith(TEMPORARY_PREFIX)) await removeDurable(path, this.#fs);
      else if (/^x\d{3}$|^\d{3}\.p$/.test(name)) found.push(...(await this.#list(path)));
    }
    return found;
  }

  /** Leaves no unfinished file in a folder, and no removal of an earlier call that power loss could undo. */
  async #sweep(folder: string): Promise<void> {
    if ((await statIfThere(folder)) === undefined) return;
    for (const name of await namesIn(folder)) {
      if (name.startsWith(TEMPORARY_PREFIX)) await removeDurable(join(folder, name), this.#fs);
    }
    await syncFolder(folder, this.#fs);
  }

  #path(file: BundleFile): string {
    return join(this.#folder, bundlePath(file));
  }
}

function statusOf(path: string): Promise<BigIntStats | undefined> {
  return stat(path, { bigint: true }).catch(() => undefined);
}

/** Whether a file is still the one it was: every write makes a new one. */
function isSame(a: BigIntStats, b: BigIntStats | undefined): boolean {
  return b !== undefined && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}
