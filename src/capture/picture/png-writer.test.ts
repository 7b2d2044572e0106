import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode } from "fast-png";
import sharp from "sharp";
import { encodePng } from "./png-writer.ts";

test("other decoders read the pixels that were written", async () => {
  const side = fc.integer({ min: 1, max: 40 });
  const picture = fc
    .tuple(side, side)
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
        .map((rgb) => ({ width, height, rgb })),
    );
  await fc.assert(
    fc.asyncProperty(picture, async ({ width, height, rgb }) => {
      const png = await encodePng({ width, height, rgb });
      const read = decode(png, { checkCrc: true });
      assert.deepEqual([read.width, read.height, read.channels, read.depth], [width, height, 3, 8]);
      assert.deepEqual([...read.data], [...rgb]);
      const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([...data], [...rgb]);
    }),
  );
});
