/** The picture of a page with some of its tiles taken out, and what proves the others (docs/formats/picture.md, "Redacted"). */
import { hash } from "node:crypto";
import { readPicture, tileSalt } from "../../capture/picture/picture.ts";
import { encodePng } from "../../capture/picture/png-writer.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json } from "../../lib/json.ts";
import type { Vault } from "../../vault/vault.ts";
import { cutTile, type Picture, tileLeaf } from "../../verify/picture.ts";
import { sealedTilesIn, type TileProof, writeShownTiles } from "../../verify/shown-tiles.ts";
import { say } from "../said.ts";
import { openField } from "../shared-archive.ts";
import { type Box, coverTile } from "./tiles.ts";

type Fields = Readonly<Record<string, Json>>;

export interface RedactedPicture {
  /** PNG. */
  readonly picture: Uint8Array;
  readonly proof: Uint8Array;
}

/** The picture alone, of the page or of the post in it. Throws as `redactPicture` does. */
export async function redactedPicture(
  vault: Vault,
  fields: Fields,
  withheld: ReadonlySet<number>,
  of: "page" | "post",
): Promise<Uint8Array> {
  const { picture } = await redactPicture(vault, fields, withheld);
  const box = of === "post" ? boxIn(fields["postElement"]) : undefined;
  return box === undefined ? picture : encodePng(cutOut(await readPicture(picture), box));
}

function boxIn(element: Json | undefined): Box | undefined {
  const { x, y, width, height } = isJsonObject(element) ? element : {};
  const sides = [x, y, width, height];
  if (!sides.every((side): side is number => Number.isSafeInteger(side) && Number(side) >= 0)) return undefined;
  const [left, top, wide, high] = sides as [number, number, number, number];
  return wide > 0 && high > 0 ? { x: left, y: top, width: wide, height: high } : undefined;
}

function cutOut({ rgb, ...size }: Picture, { x, y, ...box }: Box): Picture {
  const [width, height] = [Math.min(box.width, size.width - x), Math.min(box.height, size.height - y)];
  if (width <= 0 || height <= 0) return { rgb, ...size };
  const cut = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((y + row) * size.width + x);
    cut.set(rgb.subarray(from, from + 3 * width), 3 * row * width);
  }
  return { width, height, rgb: cut };
}

/** `withheld`: numbers of tiles. Throws `not_found` (no picture, or not sealed tile by tile), `malformed`. */
export async function redactPicture(
  vault: Vault,
  fields: Fields,
  withheld: ReadonlySet<number>,
): Promise<RedactedPicture> {
  const sealed = sealedTilesIn(fields["screenshotTiles"]);
  const [screenshot, seed] = await Promise.all([
    openField(vault, fields, "screenshot"),
    openField(vault, fields, "tileSeed"),
  ]);
  if (screenshot === undefined || seed === undefined) throw new PlacardError("not_found", say("no_tiles"));
  const picture = await readPicture(await screenshot.bytes());
  const secret = await seed.bytes();
  const tiles = Array.from({ length: sealed.count }, (_, index): TileProof => {
    const salt = tileSalt(secret, index);
    if (!withheld.has(index)) return { salt };
    return { leaf: tileLeaf(sealed, { index, salt, rgb: cutTile(picture, index) }, sha256) };
  });
  for (const index of withheld) coverTile(picture, index);
  return { picture: await encodePng(picture), proof: writeShownTiles(tiles) };
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash("sha256", bytes, "buffer");
