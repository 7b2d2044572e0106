import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { decode, encode } from "fast-png";
import sharp from "sharp";
import { concat, utf8 } from "../../lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../../lib/error.ts";
import { commitScreenshot, openPicture, readPicture, tileSalt } from "./picture.ts";

const rgb = new Uint8Array(3 * 100 * 70).map((_, i) => i * 7);
const seed = new Uint8Array(32).fill(5);
const withCode = (code: ErrorCode) => (error: unknown) => isPlacardError(error, code);

test("an opaque picture gives the same commitment with and without an alpha channel", async () => {
  const rgba = new Uint8Array(4 * 100 * 70).fill(255);
  for (let i = 0; i < 100 * 70; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  const plain = await commitScreenshot(openPicture(encode({ width: 100, height: 70, data: rgb, channels: 3 })), seed);
  assert.deepEqual(
    plain,
    await commitScreenshot(openPicture(encode({ width: 100, height: 70, data: rgba, channels: 4 })), seed),
  );
  assert.deepEqual({ ...plain, root: "" }, { root: "", width: 100, height: 70, tile: 64, count: 4 });
  assert.notDeepEqual(
    plain,
    await commitScreenshot(openPicture(encode({ width: 100, height: 70, data: rgb, channels: 3 })), new Uint8Array(32)),
  );
});

test("salts differ from tile to tile, and are those that docs/formats/picture.md gives", () => {
  assert.notDeepEqual(tileSalt(seed, 0), tileSalt(seed, 1));
  // printf '\0\1\21\160' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0505…05
  assert.equal(Buffer.from(tileSalt(seed, 70_000)).toString("hex"), "7d2b448fdf3aac905e9485bcc08c4ca2");
});

test("pixels are those that another decoder reads, whatever filters the encoder chose", async () => {
  for (const adaptiveFiltering of [false, true]) {
    const png = await sharp(rgb, { raw: { width: 100, height: 70, channels: 3 } })
      .png({ adaptiveFiltering, palette: false })
      .toBuffer();
    assert.deepEqual(await readPicture(png), { width: 100, height: 70, rgb });
  }
});

/** A PNG of these chunks, each with its right CRC. */
function png(...chunks: readonly (readonly [type: string, data: Uint8Array])[]): Uint8Array {
  const u32 = (value: number): Uint8Array => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);
  const bytes = chunks.map(([type, data]) => {
    const body = concat(utf8(type), data);
    return concat(u32(data.length), body, u32(crc32(body)));
  });
  return Buffer.concat([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...bytes]);
}

const header = (width: number, height: number, depth = 8, colour = 2, interlace = 0): [string, Uint8Array] => {
  const data = new Uint8Array(13);
  new DataView(data.buffer).setUint32(0, width);
  new DataView(data.buffer).setUint32(4, height);
  data.set([depth, colour, 0, 0, interlace], 8);
  return ["IHDR", data];
};
const end: [string, Uint8Array] = ["IEND", new Uint8Array()];
const image = (length: number): [string, Uint8Array] => ["IDAT", deflateSync(new Uint8Array(length))];
const rows = 10 * (1 + 3 * 10);

test("every filter is undone as another decoder undoes it, whatever the bytes", async () => {
  const drawing = fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    // Of more rows than one strip, or two.
    height: fc.integer({ min: 1, max: 140 }),
    bytes: fc.uint8Array({ minLength: 140 * 28, maxLength: 140 * 28 }),
  });
  await fc.assert(
    fc.asyncProperty(drawing, async ({ width, height, bytes }) => {
      const length = 1 + 3 * width;
      const filtered = bytes.slice(0, height * length).map((byte, i) => (i % length === 0 ? byte % 5 : byte));
      const file = png(header(width, height), ["IDAT", deflateSync(filtered)], end);
      assert.deepEqual([...(await readPicture(file)).rgb], [...decode(file).data]);
    }),
  );
});

const REFUSED: Readonly<Record<string, readonly [bytes: Uint8Array, code: ErrorCode]>> = {
  "nothing at all": [new Uint8Array(), "malformed"],
  "a picture one can see through": [
    encode({ width: 1, height: 1, data: new Uint8Array([1, 2, 3, 254]), channels: 4 }),
    "unsupported",
  ],
  "shades of grey": [encode({ width: 2, height: 1, data: new Uint8Array([1, 2]), channels: 1 }), "unsupported"],
  "a palette": [png(header(10, 10, 8, 3), ["PLTE", new Uint8Array(3)], image(110), end), "unsupported"],
  "sixteen bits": [png(header(10, 10, 16), image(10 * (1 + 6 * 10)), end), "unsupported"],
  "interlaced rows": [png(header(10, 10, 8, 2, 1), image(rows), end), "unsupported"],
  "a colour that is transparent": [png(header(10, 10), ["tRNS", new Uint8Array(6)], image(rows), end), "unsupported"],
  "a critical chunk nobody knows": [png(header(10, 10), ["ABCD", new Uint8Array()], image(rows), end), "unsupported"],
  "a second header": [png(header(10, 10), header(1 << 20, 1 << 20), image(rows), end), "unsupported"],
  "a gigantic size": [png(header(1 << 30, 10), image(rows), end), "too_large"],
  "no size": [png(header(0, 10), image(rows), end), "malformed"],
  "no pixels": [png(header(10, 10), end), "malformed"],
  "fewer pixels than stated": [png(header(10, 10), image(rows - 1), end), "malformed"],
  "more pixels than stated": [png(header(10, 10), image(rows + 1), end), "malformed"],
  "pixels that unpack to a hundred megabytes": [png(header(10, 10), image(1e8), end), "malformed"],
  "more chunks than anyone writes": [
    png(header(10, 10), ...Array.from({ length: 70_000 }, (): [string, Uint8Array] => ["tEXt", new Uint8Array()]), end),
    "too_large",
  ],
  "a filter that there is none of": [
    png(header(1, 1), ["IDAT", deflateSync(Buffer.from([5, 1, 2, 3]))], end),
    "malformed",
  ],
  "a checksum that is wrong": [
    png(header(10, 10), image(rows), end).map((byte, i, all) => (i < all.length - 4 ? byte : 0)),
    "malformed",
  ],
  "no end": [png(header(10, 10), image(rows)), "malformed"],
  "a file cut short": [png(header(10, 10), image(rows), end).slice(0, -5), "malformed"],
};

test("what is no plain, opaque, whole PNG is refused, each for its own reason", async () => {
  assert.equal((await readPicture(png(header(10, 10), image(rows), end))).rgb.length, 300);
  for (const [what, [bytes, code]] of Object.entries(REFUSED)) {
    await assert.rejects(readPicture(bytes), withCode(code), what);
  }
});

test("profiles and texts beside the pixels are not even read", async () => {
  const broken: [string, Uint8Array] = ["iCCP", utf8("no profile")];
  const plain = await readPicture(png(header(10, 10), image(rows), end));
  assert.deepEqual(await readPicture(png(header(10, 10), broken, ["tEXt", utf8("x")], image(rows), end)), plain);
});

test("only our own errors come out", async () => {
  const whole = encode({ width: 10, height: 10, data: new Uint8Array(300), channels: 3 });
  const attempt = async (bytes: Uint8Array): Promise<void> => {
    try {
      await readPicture(bytes);
    } catch (error) {
      assert.ok(isPlacardError(error), String(error));
    }
  };
  const runs = process.env["PLACARD_DEEP"] === "1" ? 20_000 : 1000;
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), attempt), { numRuns: runs });
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(255), async (at, value) => {
      const broken = whole.slice();
      broken[at % broken.length] = value;
      await attempt(broken);
    }),
    { numRuns: runs },
  );
});
