import { EMPTY_ROOT, leafHash, nodeHash } from "./merkle.ts";

/**
 * The root (RFC 6962 §2.1) of the tree of these entries, hashed anew one by one; holds no more than one hash for each
 * level of the tree. For audits: nothing but the entries is believed.
 */
export async function rebuildRoot(entries: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  /** Complete subtrees not yet joined, the largest first; their leaf counts are the bits of `size`. */
  const subtrees: Uint8Array[] = [];
  let size = 0;
  for await (const entry of entries) {
    let hash = leafHash(entry);
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(subtrees.pop() as Uint8Array, hash);
    subtrees.push(hash);
    size++;
  }
  return subtrees.length === 0 ? EMPTY_ROOT : subtrees.reduceRight((right, left) => nodeHash(left, right));
}
