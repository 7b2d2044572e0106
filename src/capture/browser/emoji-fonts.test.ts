import assert from "node:assert/strict";
import { test } from "node:test";
import { emojiFonts } from "./emoji-fonts.ts";

/** OpenType: the sum of a table's words; `head` holds one that is not part of its own. */
function checksumOf(data: Uint8Array, isHead: boolean): number {
  const words = new DataView(new Uint8Array([...data, 0, 0, 0]).buffer);
  let sum = 0;
  for (let at = 0; at + 3 < data.length + 3; at += 4)
    if (!(isHead && at === 8)) sum = (sum + words.getUint32(at)) >>> 0;
  return sum;
}

test("each emoji file becomes a font whose tables are where it says, whole by their checksums", async () => {
  let files = 0;
  for await (const { name, bytes } of emojiFonts()) {
    files++;
    assert.match(name, /\.ttf$/);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    assert.equal(view.getUint32(0), 0x00010000);
    for (let i = 0; i < view.getUint16(4); i++) {
      const entry = 12 + 16 * i;
      const tag = String.fromCharCode(...bytes.subarray(entry, entry + 4));
      const [checksum, offset, length] = [4, 8, 12].map((field) => view.getUint32(entry + field)) as [
        number,
        number,
        number,
      ];
      // A large table's words are looked at in the small files only: it is the same code, and there are 25 MB.
      if (length < 100_000)
        assert.equal(checksumOf(bytes.subarray(offset, offset + length), tag === "head"), checksum, `${name} ${tag}`);
    }
  }
  assert.equal(files, 11);
});
