/** Commits to the screenshot tile by tile (src/verify/picture.ts), from the pixels of a deterministic PNG decoder. */
import { createHmac, hash } from "node:crypto";
import { giveBack, toHex } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import type { JsonObject } from "../../lib/json.ts";
import { commitPicture, type Picture, SALT_LENGTH, TILE_SIZE } from "../../verify/picture.ts";
import { decodePng } from "./png.ts";

/** The `screenshotTiles` field. The seed is secret: from it and an index follows the salt of a tile. */
export async function commitScreenshot(picture: Picture, seed: Uint8Array): Promise<JsonObject> {
  const { root, count } = await commitPicture(
    picture,
    (index) => tileSalt(seed, index),
    (bytes) => hash("sha256", bytes, "buffer"),
  );
  return { root: toHex(root), width: picture.width, height: picture.height, tile: TILE_SIZE, count };
}

/** HMAC-SHA-256(seed, u32be index), its first 16 bytes: giving out some salts tells nothing of the others. */
export function tileSalt(seed: Uint8Array, index: number): Uint8Array {
  const message = new Uint8Array(4);
  new DataView(message.buffer).setUint32(0, index);
  return createHmac("sha256", seed).update(message).digest().subarray(0, SALT_LENGTH);
}

/**
 * Pixels of an opaque 8-bit RGB or RGBA PNG, as browsers write screenshots; colour profiles are not applied. Throws
 * `malformed`, `too_large`, and `unsupported` for other kinds: a picture of ours is never translated before it is
 * committed to.
 */
export async function readPicture(png: Uint8Array): Promise<Picture> {
  const { width, height, channels, data } = await decodePng(png);
  if (channels === 3) return { width, height, rgb: data };
  const rgb = withoutAlpha(data);
  giveBack(data);
  return { width, height, rgb };
}

function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    if (rgba[from + 3] !== 255) throw new PlacardError("unsupported", "The picture is not opaque.");
    rgb[to] = rgba[from] as number;
    rgb[to + 1] = rgba[from + 1] as number;
    rgb[to + 2] = rgba[from + 2] as number;
  }
  return rgb;
}
