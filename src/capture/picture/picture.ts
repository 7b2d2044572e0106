/** Commits to the screenshot tile by tile (src/verify/picture.ts), from the pixels of a deterministic PNG decoder. */
import { createHmac, hash } from "node:crypto";
import { toHex } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import type { JsonObject } from "../../lib/json.ts";
import { commitPicture, type Picture, type PictureInStrips, SALT_LENGTH, TILE_SIZE } from "../../verify/picture.ts";
import { openPng } from "./png.ts";

/** The `screenshotTiles` field. The seed is secret: from it and an index follows the salt of a tile. */
export async function commitScreenshot(picture: PictureInStrips, seed: Uint8Array): Promise<JsonObject> {
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
 * committed to. The strips throw these too, and can be gone through once.
 */
export function openPicture(png: Uint8Array): PictureInStrips {
  const { width, height, channels, rows } = openPng(png);
  const strips = rows(TILE_SIZE);
  return { width, height, strips: channels === 3 ? strips : withoutAlpha(strips) };
}

/** All of it in memory. Throws as `openPicture` and its strips do. */
export async function readPicture(png: Uint8Array): Promise<Picture> {
  const { width, height, strips } = openPicture(png);
  const rgb = new Uint8Array(3 * width * height);
  let at = 0;
  for await (const strip of strips) {
    rgb.set(strip, at);
    at += strip.length;
  }
  return { width, height, rgb };
}

async function* withoutAlpha(strips: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let room = new Uint8Array();
  for await (const rgba of strips) {
    const length = (rgba.length / 4) * 3;
    if (room.length < length) room = new Uint8Array(length);
    for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
      if (rgba[from + 3] !== 255) throw new PlacardError("unsupported", "The picture is not opaque.");
      room[to] = rgba[from] as number;
      room[to + 1] = rgba[from + 1] as number;
      room[to + 2] = rgba[from + 2] as number;
    }
    yield room.subarray(0, length);
  }
}
