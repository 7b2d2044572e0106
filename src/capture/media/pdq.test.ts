import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { lanterns } from "../../../test/sample-pictures.ts";
import { type Pixels, pdqDistance, pdqOf } from "./pdq.ts";

/** Of which each is changed in every way, and compared with every other. */
const PICTURES = process.env["PLACARD_DEEP"] === "1" ? 8 : 4;
const imageOf = ({ width, height, rgba }: Pixels) => sharp(rgba, { raw: { width, height, channels: 4 } });

async function pixelsOf(image: ReturnType<typeof sharp>): Promise<Pixels> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

function hashOf(pixels: Pixels): string {
  return pdqOf(pixels)?.hash ?? assert.fail("no hash");
}

test("the hashes are bit for bit those of the reference implementation", () => {
  const path = join(import.meta.dirname, "../../../test/vectors/pdq_valid.txt");
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const vectors = lines.filter((line) => !line.startsWith("#")).map((line) => line.split(" "));
  assert.ok(vectors.length >= 11);
  for (const [seed, width, height, hash, quality] of vectors) {
    const pixels = lanterns(Number(seed), Number(width), Number(height));
    assert.deepEqual(pdqOf(pixels), { hash, quality: Number(quality) }, `${seed} ${width} ${height}`);
  }
});

test("a picture with a side of four pixels has no hash, and one without features a quality of nothing", () => {
  assert.equal(pdqOf(lanterns(1, 4, 400)), undefined);
  const plain = { width: 80, height: 80, rgba: new Uint8Array(4 * 80 * 80).fill(255) };
  assert.equal(pdqOf(plain)?.quality, 0);
});

test("what cannot be seen through is over white", () => {
  const seen = lanterns(3, 200, 200);
  const clear = Uint8Array.from(seen.rgba, (value, i) => (i % 4 === 3 && i < 40_000 ? 0 : value));
  const white = Uint8Array.from(seen.rgba, (value, i) => (i < 40_000 ? 255 : value));
  assert.equal(hashOf({ ...seen, rgba: clear }), hashOf({ ...seen, rgba: white }));
});

test("the same picture rescaled, recompressed or slightly cropped is near; another is far", async (t) => {
  const [width, height] = [900, 600];
  const farthest: Record<string, number> = {};
  const hashes: string[] = [];
  const cropped = { left: 14, top: 9, width: width - 28, height: height - 18 };
  for (let seed = 1; seed <= PICTURES; seed++) {
    const original = lanterns(seed, width, height);
    const hash = hashOf(original);
    hashes.push(hash);
    const jpeg = await imageOf(original).jpeg({ quality: 40 }).toBuffer();
    const webp = await imageOf(original).webp({ quality: 50 }).toBuffer();
    for (const [name, changed] of Object.entries({
      "half the size": imageOf(original).resize(450),
      "a fifth of the size": imageOf(original).resize(180),
      "twice the size": imageOf(original).resize(1800),
      "JPEG of quality 40": sharp(jpeg),
      "WebP of quality 50": sharp(webp),
      "1.5 % cut off each side": imageOf(original).extract(cropped),
    })) {
      const distance = pdqDistance(hash, hashOf(await pixelsOf(changed)));
      farthest[name] = Math.max(farthest[name] ?? 0, distance);
    }
  }
  const others = hashes.flatMap((a, i) => hashes.slice(i + 1).map((b) => pdqDistance(a, b)));
  for (const [name, distance] of Object.entries(farthest)) t.diagnostic(`${name}: at most ${distance} of 256 bits`);
  t.diagnostic(`other pictures (${others.length} pairs): at least ${Math.min(...others)} of 256 bits`);
  // 31 is the distance up to which the authors of PDQ call two pictures the same; it is not made for what is cut off.
  const bound = (name: string): number => (name.includes("cut off") ? 64 : 31);
  for (const [name, distance] of Object.entries(farthest)) assert.ok(distance <= bound(name), `${name}: ${distance}`);
  assert.ok(Math.min(...others) >= 80, "another picture");
});
