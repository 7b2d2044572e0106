/** Pictures of which some is withheld: honest ones, and forged ones. */
import { deflateSync } from "node:zlib";
import { encodePng } from "../../src/capture/picture/png-writer.ts";
import { concat, utf8 } from "../../src/lib/bytes.ts";
import { crc32 } from "../../src/lib/crc32.ts";
import type { Picture } from "../../src/verify/picture.ts";
import { type TileProof, writeShownTiles } from "../../src/verify/shown-tiles.ts";
import { membersOf, type PlacardParts, pack } from "../placard-fixture.ts";
import { covered, redactedParts, smallPicture } from "../redacted-fixture.ts";
import { zipOf } from "../wacz-fixture.ts";
import { type Case, type Expected, judged, unreadable } from "./case.ts";

const CHECK = "redacted picture";
const holds: Expected = { fails: {}, holds: [CHECK], withheld: ["archive", "screenshot", "visibleText"] };
const fails = (code: Expected["fails"][string]): Expected => ({ fails: { [CHECK]: code } });

export async function forgedRedactions(): Promise<readonly Case[]> {
  const { parts, whole, shown, tiles } = await redactedParts();
  const forged = async (
    name: string,
    change: Partial<NonNullable<PlacardParts["redacted"]>>,
    expected: Expected,
  ): Promise<Case> =>
    judged(name, await pack({ ...parts, redacted: { ...parts.redacted, ...change } as never }), expected);
  const drawn = async (name: string, picture: Picture, expected: Expected) =>
    forged(name, { picture: await encodePng(picture) }, expected);
  const proven = (name: string, some: readonly TileProof[], expected: Expected) =>
    forged(name, { proof: writeShownTiles(some) }, expected);
  const png = (parts.redacted as NonNullable<PlacardParts["redacted"]>).picture;
  const proof = (parts.redacted as NonNullable<PlacardParts["redacted"]>).proof;
  const pixel = { ...shown, rgb: shown.rgb.with(0, (shown.rgb[0] as number) ^ 1) };
  const other = smallPicture(151, 100);
  return [
    await forged("a picture with two tiles withheld", {}, holds),
    judged("a picture with none withheld", await pack((await redactedParts([])).parts), holds),
    judged("a picture with all withheld", await pack((await redactedParts([0, 1, 2, 3, 4, 5])).parts), holds),
    await drawn("a pixel that is shown is another", pixel, fails("mismatch")),
    await drawn("something is drawn where a tile is withheld", whole, fails("mismatch")),
    await drawn("a withheld tile is black", covered(whole, [1, 5], 0), fails("mismatch")),
    await drawn("one tile more is covered than is said to be", covered(whole, [1, 2, 5]), fails("mismatch")),
    await drawn("a picture of another size", other, fails("mismatch")),
    await proven(
      "the salts of two tiles changed about",
      [tiles[2], tiles[1], tiles[0], ...tiles.slice(3)] as never,
      fails("mismatch"),
    ),
    await proven(
      "the leaves of two withheld tiles changed about",
      tiles.with(1, tiles[5] as never).with(5, tiles[1] as never),
      fails("mismatch"),
    ),
    await proven("a shown tile said to be withheld", tiles.with(0, tiles[1] as never), fails("mismatch")),
    await proven("a tile too few", tiles.slice(1), fails("malformed")),
    await proven("a tile too many", [...tiles, tiles[0] as never], fails("malformed")),
    await forged("a proof that ends early", { proof: proof.slice(0, -1) }, fails("malformed")),
    await forged(
      "a proof of another kind",
      { proof: concat(utf8("placard-shown/v2\n"), proof.slice(17)) },
      fails("malformed"),
    ),
    await forged("a proof that says a tile is neither", { proof: proof.with(17, 2) }, fails("malformed")),
    await forged(
      "a picture with a text beside its pixels",
      { picture: withChunk(png, "tEXt", utf8("Author\0A Neighbour")) },
      fails("unsupported"),
    ),
    await forged("a picture with a second end", { picture: concat(png, png.slice(-12)) }, fails("unsupported")),
    await forged(
      "a picture that is no PNG",
      { picture: utf8("a picture of a lantern, and of some neighbours who hold it up, all of them") },
      fails("malformed"),
    ),
    await forged("a picture with transparency", { picture: rgba(shown) }, fails("unsupported")),
    await forged("a picture with filtered rows", { picture: filtered(shown) }, fails("unsupported")),
    await forged("a picture cut short", { picture: png.slice(0, -1) }, fails("unsupported")),
    judged(
      "a redacted picture of an act that does not show how it was sealed",
      await pack((await redactedParts([1], ["screenshotTiles"])).parts),
      fails("malformed"),
    ),
    unreadable("a redacted picture without its proof", await without(parts, "tiles/screenshot.proof"), "malformed"),
    unreadable("a redacted picture's proof alone", await without(parts, "tiles/screenshot.png"), "malformed"),
  ];
}

function without(parts: PlacardParts, name: string): Promise<Uint8Array<ArrayBuffer>> {
  return zipOf(membersOf(parts).filter(([member]) => member !== name));
}

/** Before the image data. */
function withChunk(png: Uint8Array, type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(png.slice(0, 33), chunk(type, data), png.slice(33));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const [length, sum] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
  length.setUint32(0, data.length);
  sum.setUint32(0, crc32(concat(utf8(type), data)));
  return concat(new Uint8Array(length.buffer), utf8(type), data, new Uint8Array(sum.buffer));
}

function pngOf({ width, height }: Picture, colour: number, rows: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8);
  head.setUint8(9, colour);
  return concat(
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", new Uint8Array(head.buffer)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  );
}

function rgba(picture: Picture): Uint8Array<ArrayBuffer> {
  const across = 1 + 4 * picture.width;
  const rows = new Uint8Array(picture.height * across).fill(255);
  for (let y = 0; y < picture.height; y++) rows[y * across] = 0;
  return pngOf(picture, 6, rows);
}

/** The very pixels, by filter 1: the one form has none. */
function filtered(picture: Picture): Uint8Array<ArrayBuffer> {
  const across = 1 + 3 * picture.width;
  const rows = new Uint8Array(picture.height * across);
  for (let y = 0; y < picture.height; y++) {
    rows[y * across] = 1;
    for (let i = 0; i < 3 * picture.width; i++) {
      const at = 3 * picture.width * y + i;
      rows[y * across + 1 + i] = (picture.rgb[at] as number) - (i < 3 ? 0 : (picture.rgb[at - 3] as number));
    }
  }
  return pngOf(picture, 2, rows);
}
