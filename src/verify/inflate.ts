/** Unpacks deflated bytes by what the platform has, the same on each. */
import { PlacardError } from "../lib/error.ts";

/** An empty stream (RFC 1951: one last block of fixed codes, which ends at once), and a byte that belongs to nothing. */
const EMPTY_AND_MORE = new Uint8Array([3, 0, 0]);
let lenient: Promise<boolean> | undefined;

/**
 * What raw deflate unpacks to, at most `length` bytes: stops at the first byte past them, so that a small file cannot
 * unpack to a huge one, and gives undefined then. Throws what the platform throws for what is no deflate stream.
 */
export async function inflate(packed: Blob, length: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const whole = await inflateTolerantly(packed, length);
  // Node 24 passes over whatever follows a stream; browsers and later ones refuse it. Without its last byte no sound
  // stream ends.
  lenient ??= ends(new Blob([EMPTY_AND_MORE]), 0);
  if (whole !== undefined && (await lenient) && (await ends(packed.slice(0, -1), length))) {
    throw new PlacardError("malformed", "Something lies behind what is packed.");
  }
  return whole;
}

async function ends(packed: Blob, length: number): Promise<boolean> {
  try {
    return (await inflateTolerantly(packed, length))?.length === length;
  } catch {
    return false;
  }
}

async function inflateTolerantly(packed: Blob, length: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const whole = new Uint8Array(length);
  let at = 0;
  for await (const chunk of packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))) {
    if (at + chunk.length > length) return undefined;
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole.subarray(0, at);
}
