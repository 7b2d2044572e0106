/**
 * Bytes stored as they are, as blocks of a deflate stream (RFC 1951 §3.2.4) that goes on after them: for what was compressed
 * before. zlib writes the same at level 0, but every byte of it into memory that waits to be collected.
 */
const LONGEST_BLOCK = 0xffff;
const BLOCK_HEADER = 5;

/** Each piece, as each that it is given, is good until the next is asked for. */
export async function* deflateStored(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(BLOCK_HEADER + LONGEST_BLOCK);
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += LONGEST_BLOCK) {
      const part = piece.subarray(at, at + LONGEST_BLOCK);
      const length = new DataView(block.buffer);
      length.setUint16(1, part.length, true);
      length.setUint16(3, ~part.length & 0xffff, true);
      block.set(part, BLOCK_HEADER);
      yield block.subarray(0, BLOCK_HEADER + part.length);
    }
  }
}
