/**
 * The Merkle tree of RFC 6962 (§2.1) over SHA-256. Sizes and indexes are numbers up to 2^53 − 1, so the arithmetic
 * below divides and never shifts: JavaScript's bit operators would cut them to 32 bits.
 */
import { concat, equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";

export const HASH_BYTES = 32;
/** The root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

const LEAF_PREFIX = new Uint8Array([0]);
const NODE_PREFIX = 1;
/** Filled anew and hashed at once by every call of nodeHash; nothing else sees it. */
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);

/** MTH of one entry: SHA-256(00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concat(LEAF_PREFIX, entry));
}

/** MTH of two subtrees: SHA-256(01 ‖ left ‖ right); both 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput[0] = NODE_PREFIX;
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** MTH of a complete subtree, given the hashes (32 bytes each, a power of two of them) of one of its levels. */
export function subtreeHash(hashes: Uint8Array): Uint8Array {
  let row = hashes.slice();
  while (row.length > HASH_BYTES) {
    const above = new Uint8Array(row.length / 2);
    for (let at = 0; at < above.length; at += HASH_BYTES) {
      const left = row.subarray(2 * at, 2 * at + HASH_BYTES);
      above.set(nodeHash(left, row.subarray(2 * at + HASH_BYTES, 2 * at + 2 * HASH_BYTES)), at);
    }
    row = above;
  }
  return row;
}

/** The hash of the complete subtree of 2^level leaves that is the index-th of its height. */
export type HashReader = (level: number, index: number) => Promise<Uint8Array> | Uint8Array;

/** MTH(D[0:size]). Throws `usage` for a size that is none. */
export async function rootHash(size: number, read: HashReader): Promise<Uint8Array> {
  requireSize(size);
  return size === 0 ? EMPTY_ROOT : rangeHash(0, size, read);
}

/** PATH(index, D[0:size]) of RFC 6962 §2.1.1, from the leaf's sibling up. Throws `usage` unless index < size. */
export async function inclusionProof(index: number, size: number, read: HashReader): Promise<Uint8Array[]> {
  requireSize(size);
  if (!isSize(index) || index >= size) throw new PlacardError("usage", `There is no leaf ${index} in ${size} leaves.`);
  const fromRoot: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    fromRoot.push(index < middle ? await rangeHash(middle, end, read) : await rangeHash(start, middle, read));
    if (index < middle) end = middle;
    else start = middle;
  }
  return fromRoot.toReversed();
}

/** PROOF(oldSize, D[0:newSize]) of RFC 6962 §2.1.2; empty from 0 and between equal sizes. Throws `usage`. */
export async function consistencyProof(oldSize: number, newSize: number, read: HashReader): Promise<Uint8Array[]> {
  requireSize(oldSize);
  requireSize(newSize);
  if (oldSize > newSize) throw new PlacardError("usage", `A tree of ${newSize} cannot extend one of ${oldSize}.`);
  if (oldSize === 0 || oldSize === newSize) return [];
  const fromRoot: Uint8Array[] = [];
  let start = 0;
  let end = newSize;
  while (oldSize !== end) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      fromRoot.push(await rangeHash(middle, end, read));
      end = middle;
    } else {
      fromRoot.push(await rangeHash(start, middle, read));
      start = middle;
    }
  }
  // The old root itself is left out where it is a node of the new tree (the flag b of SUBPROOF).
  if (start > 0) fromRoot.push(await rangeHash(start, end, read));
  return fromRoot.toReversed();
}

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  /** The leaf's hash, not the entry. */
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** The root that `proof` leads to (RFC 9162 §2.1.3.2). Throws `malformed` for a proof of another length or shape. */
export function rootFromInclusion({ index, size, leaf, proof }: Inclusion): Uint8Array {
  if (!isSize(size) || !isSize(index) || index >= size) throw malformed("the leaf's index is not below the size");
  requireHashes([leaf, ...proof]);
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) throw malformed("the proof is too long");
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw malformed("the proof is too short");
  return hash;
}

/** Throws `mismatch` where the proof leads to another root, `malformed` where it leads nowhere. */
export function verifyInclusion(inclusion: Inclusion & { readonly root: Uint8Array }): void {
  if (!equal(rootFromInclusion(inclusion), inclusion.root)) {
    throw new PlacardError("mismatch", `Entry ${inclusion.index} is not in the ledger with this root.`);
  }
}

export interface Consistency {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Holds that the larger tree only appends to the smaller (RFC 9162 §2.1.4.2). Every tree extends the empty one, whose
 * root must then be EMPTY_ROOT. Throws `mismatch` or `malformed`.
 */
export function verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof }: Consistency): void {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) throw malformed("the sizes are not in order");
  if (oldSize === 0 && !equal(oldRoot, EMPTY_ROOT)) throw mismatched(oldSize, newSize);
  if (oldSize === newSize || oldSize === 0) {
    if (proof.length > 0) throw malformed("a proof is given where none is needed");
    if (oldSize === newSize && !equal(oldRoot, newRoot)) throw mismatched(oldSize, newSize);
    requireHashes(oldSize === newSize ? [] : [newRoot]);
    return;
  }
  requireHashes([oldRoot, newRoot, ...proof]);
  const roots = rootsFromConsistency(oldSize, newSize, oldRoot, proof);
  if (!equal(roots.old, oldRoot) || !equal(roots.new, newRoot)) throw mismatched(oldSize, newSize);
}

function rootsFromConsistency(oldSize: number, newSize: number, oldRoot: Uint8Array, proof: readonly Uint8Array[]) {
  let node = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  // A complete old tree is itself the first node, and its hash is not repeated in the proof.
  const path = node === 0 ? [oldRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) throw malformed("the proof is too short");
  const roots = { old: first, new: first };
  for (const sibling of rest) {
    if (last === 0) throw malformed("the proof is too long");
    if (isOdd(node) || node === last) {
      roots.old = nodeHash(sibling, roots.old);
      roots.new = nodeHash(sibling, roots.new);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      roots.new = nodeHash(roots.new, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw malformed("the proof is too short");
  return roots;
}

/** MTH(D[start:end]) for a range that is a node of the tree: folds its complete subtrees from the right. */
async function rangeHash(start: number, end: number, read: HashReader): Promise<Uint8Array> {
  const hashes: Uint8Array[] = [];
  for (let at = start; at < end; ) {
    const [level, width] = largestSubtree(end - at);
    hashes.push(await read(level, at / width));
    at += width;
  }
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest complete subtree that fits `leaves`: its level and its 2^level leaves. */
function largestSubtree(leaves: number): readonly [level: number, width: number] {
  let level = 0;
  let width = 1;
  while (width * 2 <= leaves) [level, width] = [level + 1, width * 2];
  return [level, width];
}

/** The largest power of two below n; n ≥ 2. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

export function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function requireSize(size: number): void {
  if (!isSize(size)) throw new PlacardError("usage", `${size} is not the size of a ledger (0 to 2^53 − 1).`);
}

function requireHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) throw malformed("a hash is not 32 bytes long");
}

function isOdd(n: number): boolean {
  return n % 2 === 1;
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `The Merkle proof cannot be followed: ${why}.`);
}

function mismatched(oldSize: number, newSize: number): PlacardError {
  return new PlacardError("mismatch", `The ledger of size ${newSize} does not extend the one of size ${oldSize}.`);
}
