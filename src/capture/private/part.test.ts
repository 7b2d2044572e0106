import assert from "node:assert/strict";
import { test } from "node:test";
import { smallPicture } from "../../../test/redacted-fixture.ts";
import { isPlacardError } from "../../lib/error.ts";
import { encodePng } from "../picture/png-writer.ts";
import { lookForPrivate } from "./look-for-private.ts";
import { partsOf, readRows } from "./part.ts";

test("a picture is parted at whole squares, and its parts are all of it", () => {
  for (const size of [
    { width: 1280, height: 16_000 },
    { width: 320, height: 50 },
    { width: 4096, height: 5859 },
    { width: 131_072, height: 1000 },
  ]) {
    const parts = partsOf(size);
    assert.ok(parts.every(({ top, rows }) => top % 64 === 0 && rows > 0));
    assert.ok(parts.slice(0, -1).every(({ rows }, i) => rows % 64 === 0 && parts[i + 1]?.top === rows * (i + 1)));
    assert.equal(
      parts.reduce((sum, { rows }) => sum + rows, 0),
      size.height,
    );
  }
});

test("rows are read where they are, as far as there are any", async () => {
  const picture = smallPicture(100, 300);
  const png = await encodePng(picture);
  for (const [top, rows] of [
    [0, 64],
    [64, 100],
    [200, 500],
    [256, 44],
  ] as const) {
    const read = await readRows(png, { top, rows });
    assert.equal(read.height, Math.min(rows, 300 - top));
    assert.deepEqual(read.rgb, picture.rgb.slice(300 * top, 300 * (top + read.height)));
  }
});

test("what is no picture, or ends early, gives an error and nothing else", async () => {
  const size = { width: 100, height: 300 };
  const png = await encodePng(smallPicture(100, 300));
  for (const bytes of [new Uint8Array(), Buffer.from("<svg onload=alert(1)>"), png.subarray(0, png.length / 2)])
    await assert.rejects(lookForPrivate(new Blob([Uint8Array.from(bytes)]), { top: 0, rows: 300 }, size), (error) =>
      isPlacardError(error, "malformed"),
    );
});
