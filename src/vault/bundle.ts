/**
 * Act bundles: text, one act a line, 256 acts a bundle, numbered like the ledger's entry bundles (C2SP tlog-tiles):
 * bundle 1234067 is `x001/x234/067` when full, `x001/x234/067.p/5` when it has five acts.
 */

import { entriesPath, parseTilePath, TILE_WIDTH } from "../ledger/tile.ts";
import { utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { SealedAct } from "../record/act.ts";
import { parseSdJwt, serialise } from "../record/sd-jwt.ts";

const NEWLINE = 0x0a;
const ENTRIES = entriesPath(0).slice(0, -"000".length);

/** One file: the first `width` acts of a bundle, 256 being all. */
export interface BundleFile {
  readonly bundle: number;
  readonly width: number;
}

/** The file's path below `acts/`. */
export function bundlePath({ bundle, width }: BundleFile): string {
  return entriesPath(bundle, width).slice(ENTRIES.length);
}

/** The file a path below `acts/` names, or undefined where it names none. */
export function parseBundlePath(path: string): BundleFile | undefined {
  try {
    const { n, width } = parseTilePath(ENTRIES + path);
    return { bundle: n, width };
  } catch {
    return undefined;
  }
}

/** Lines for these acts. Each is read back first, so that nothing unreadable is ever stored; throws `malformed`, `too_large`. */
export function formatLines(acts: readonly SealedAct[]): Uint8Array<ArrayBuffer> {
  const lines = acts.map((act) => {
    const line = serialise(act);
    parseSdJwt(line);
    return `${line}\n`;
  });
  return utf8(lines.join(""));
}

/** Where each line of `bytes` ends (just past its newline), up to `most` lines. What follows the last newline is no line. */
export function lineEnds(bytes: Uint8Array, most = TILE_WIDTH): readonly number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && ends.length < most; at = bytes.indexOf(NEWLINE, at + 1)) {
    ends.push(at + 1);
  }
  return ends;
}

/** The act of one line, `index` being its place in the ledger. Throws `malformed`, `too_large`, `unsupported`. */
export function parseLine(line: Uint8Array, index: number): SealedAct {
  try {
    return parseSdJwt(new TextDecoder("latin1").decode(line.subarray(0, -1)));
  } catch (error) {
    if (!(error instanceof PlacardError)) throw error;
    throw new PlacardError(error.code, `Act ${index} in the vault cannot be read: ${error.message}`, {
      cause: error,
      next: "placard audit says what else is damaged; a back-up of the vault folder brings it back.",
    });
  }
}

export function missingAct(index: number): PlacardError {
  return new PlacardError("not_found", `Act ${index} is missing from the vault.`, {
    next: "placard audit says what else is missing; a back-up of the vault folder brings it back.",
  });
}
