/** Proofs that an entry is in a log, checked offline (C2SP tlog-proof, `c2sp.org/tlog-proof@v1`). */
import { fromBase64, fromUtf8, toBase64 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { parseDecimal } from "./decimal.ts";
import { HASH_BYTES } from "./merkle.ts";
import { LONGEST_NOTE, parseNote } from "./note.ts";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
/** A path in a tree of less than 2^63 leaves; ours end at 2^53. */
export const MOST_HASHES = 63;
const LONGEST_EXTRA = 1 << 16;
const LONGEST_PROOF = LONGEST_NOTE + 2 * LONGEST_EXTRA;

export interface Proof {
  /** Zero-based. */
  readonly index: number;
  /** From the leaf's sibling up, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  /** Nothing vouches for it. */
  readonly extra?: Uint8Array;
}

/** The text of a `.tlog-proof` file. Throws `malformed` or `too_large` for what could not be read back. */
export function formatProof({ index, hashes, checkpoint, extra }: Proof): string {
  const lines = [FIRST_LINE];
  if (extra !== undefined) lines.push(`extra ${toBase64(extra)}`);
  lines.push(`index ${index}`, ...hashes.map(toBase64), "", checkpoint);
  const text = lines.join("\n");
  parseProof(text);
  return text;
}

/** Takes a proof apart, its checkpoint's form included; verifies nothing. Throws `malformed`, `too_large`, `unsupported`. */
export function parseProof(proof: Uint8Array | string): Proof {
  if (proof.length > LONGEST_PROOF) {
    throw new PlacardError("too_large", `The proof is longer than ${LONGEST_PROOF} bytes.`);
  }
  const text = typeof proof === "string" ? proof : fromUtf8(proof, "proof");
  const blank = text.indexOf("\n\n");
  if (blank < 0) throw malformed("no blank line parts it from the checkpoint");
  const lines = text.slice(0, blank).split("\n", MOST_HASHES + 4);
  requireVersion(lines.shift());
  const extra = lines[0]?.startsWith("extra ") ? parseExtra(lines.shift() as string) : undefined;
  const index = lines.shift();
  if (!index?.startsWith("index ")) throw malformed("it gives no index");
  const checkpoint = text.slice(blank + 2);
  parseCheckpoint(parseNote(checkpoint).text);
  return {
    index: parseDecimal(index.slice("index ".length), "index"),
    hashes: parseHashes(lines),
    checkpoint,
    ...(extra ? { extra } : {}),
  };
}

/** Merkle hashes, one a line in base64. Throws `malformed`, or `too_large` past 63. */
export function parseHashes(lines: readonly string[]): readonly Uint8Array[] {
  if (lines.length > MOST_HASHES) {
    throw new PlacardError("too_large", `The proof has more than ${MOST_HASHES} hashes.`);
  }
  return lines.map((line) => {
    const hash = fromBase64(line, "hash in the proof");
    if (hash.length !== HASH_BYTES) throw malformed("a hash is not 32 bytes long");
    return hash;
  });
}

function requireVersion(line: string | undefined): void {
  if (line === FIRST_LINE) return;
  if (line?.startsWith("c2sp.org/tlog-proof@")) {
    throw new PlacardError("unsupported", `The proof is of another version than ${FIRST_LINE}.`);
  }
  throw malformed(`it does not begin with ${FIRST_LINE}`);
}

function parseExtra(line: string): Uint8Array {
  const extra = fromBase64(line.slice("extra ".length), "proof's extra data");
  if (extra.length > LONGEST_EXTRA) {
    throw new PlacardError("too_large", `The proof's extra data are longer than ${LONGEST_EXTRA} bytes.`);
  }
  return extra;
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `This is not a proof of inclusion: ${why}.`);
}
