import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import { FUZZ_TIME } from "../../../test/fuzz-time.ts";
import { lanterns } from "../../../test/sample-pictures.ts";
import { isPlacardError } from "../../lib/error.ts";
import { decodePicture, sizeOfPicture } from "./decode-picture.ts";
import { lookAtPictures } from "./look-at-pictures.ts";
import { pdqDistance, pdqOf } from "./pdq.ts";

const original = lanterns(1, 300, 200);
const image = () => sharp(original.rgba, { raw: { width: 300, height: 200, channels: 4 } });
let folder: string;
let kinds: Readonly<Record<string, Buffer>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-pictures-"));
  kinds = {
    png: await image().png().toBuffer(),
    "png, interlaced": await image().png({ progressive: true }).toBuffer(),
    "png, palette": await image().png({ palette: true }).toBuffer(),
    jpeg: await image().jpeg().toBuffer(),
    "jpeg, progressive": await image().jpeg({ progressive: true }).toBuffer(),
    webp: await image().webp().toBuffer(),
    "webp, lossless": await image().webp({ lossless: true }).toBuffer(),
    avif: await image().avif({ effort: 0 }).toBuffer(),
    gif: await image().gif().toBuffer(),
    "gif, interlaced": await image().gif({ progressive: true }).toBuffer(),
  };
});
after(() => rm(folder, { recursive: true, force: true }));

async function look(...files: readonly (Uint8Array | string)[]) {
  const paths = files.map((_, i) => join(folder, String(i)));
  for (const [i, file] of files.entries()) await writeFile(paths[i] as string, file);
  return lookAtPictures(paths);
}

test("each kind of picture gives its size, and the hash of what is to be seen", async () => {
  const hash = pdqOf(original)?.hash ?? assert.fail();
  for (const [i, seen] of (await look(...Object.values(kinds))).entries()) {
    const name = Object.keys(kinds)[i] as string;
    assert.deepEqual([seen.width, seen.height, seen.why], [300, 200, undefined], name);
    assert.ok(pdqDistance(hash, seen.pdq?.hash ?? "") <= 12, name);
  }
});

test("a GIF's pixels are those that another decoder gives", async () => {
  for (const name of ["gif", "gif, interlaced"]) {
    const gif = kinds[name] as Buffer;
    const pixels = await sharp(gif).ensureAlpha().raw().toBuffer();
    assert.ok(pixels.equals(Buffer.from((await decodePicture(gif)).rgba)), name);
  }
});

test("what is no such picture is said to be none, and does not keep the next from being looked at", async () => {
  const png = kinds["png"] as Buffer;
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  const seen = await look("<svg width='9' height='9'/>", png.subarray(0, 900), bomb, "", "%PDF-1.7", png);
  assert.deepEqual(
    seen.slice(0, 5).map(({ why }) => why),
    [
      "It is no picture of a kind that we look into.",
      "The picture cannot be decoded.",
      "The picture has more than 16 million pixels.",
      "It is no picture of a kind that we look into.",
      "It is no picture of a kind that we look into.",
    ],
  );
  assert.deepEqual([seen[2]?.width, seen[2]?.pdq], [60_000, undefined]);
  assert.ok(seen[5]?.pdq !== undefined);
});

test("a moving WebP has a size and no hash, and says so; EXIF turns nothing", async () => {
  const still = await image().png().toBuffer();
  const moving = await sharp([still, await sharp(still).flip().toBuffer()], { join: { animated: true } })
    .webp()
    .toBuffer();
  const turned = await image().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const [webp, jpeg] = await look(moving, turned);
  assert.deepEqual(webp, { width: 300, height: 200, why: "Moving WebP pictures get no hash." });
  assert.deepEqual([jpeg?.width, jpeg?.height], [300, 200]);
});

test("for who looks, a photo is turned as its EXIF says, each of the eight ways", async () => {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const photo = await image().withMetadata({ orientation }).jpeg().toBuffer();
    const expected = await sharp(photo).autoOrient().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height, rgba } = await decodePicture(photo, { upright: true });
    assert.deepEqual([width, height], [expected.info.width, expected.info.height], `${orientation}`);
    // Two decoders may differ in rounding.
    const off = rgba.filter((value, i) => Math.abs(value - (expected.data[i] ?? 0)) > 16).length;
    assert.ok(off < rgba.length / 100, `${orientation}: ${off} of ${rgba.length}`);
  }
});

test("a picture that takes too long is given up, and the thread with it", async () => {
  const path = join(folder, "slow");
  await writeFile(path, kinds["avif"] as Buffer);
  const [seen] = await lookAtPictures([path], 1);
  assert.deepEqual(seen, { why: "The picture takes too long to decode." });
});

test("bytes turned over in pictures of every kind give pixels or an error of ours", async () => {
  const names = Object.keys(kinds);
  let decoded = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat(1 << 20), fc.nat(255)), { maxLength: 4 }),
      fc.nat(3 << 20),
      fc.boolean(),
      async (name, changes, end, upright) => {
        const bytes = Uint8Array.from(kinds[name] as Buffer);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const cut = end < 1 << 20 ? bytes.subarray(0, end % bytes.length) : bytes;
        try {
          sizeOfPicture(cut);
          const { width, height, rgba } = await decodePicture(cut, { upright });
          assert.equal(rgba.length, 4 * width * height);
          decoded++;
        } catch (error) {
          if (!isPlacardError(error)) throw error;
        }
      },
    ),
    { numRuns: 1_000_000, interruptAfterTimeLimit: FUZZ_TIME, markInterruptAsFailure: false },
  );
  assert.ok(decoded > 0);
});
