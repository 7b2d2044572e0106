/** The post's own picture: cut out of the very picture of the page, never taken a second time. */
import { join } from "node:path";
import { giveBack } from "../../lib/bytes.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { Picture } from "../../verify/picture.ts";
import { encodePng } from "../picture/png-writer.ts";
import { writeScratch } from "../scratch.ts";
import type { PostBox, PostElement } from "./post-element.ts";

export interface CutPost {
  /** The `postElement` field: how it was found and where it lies in the picture, or why it was not found. */
  readonly element: JsonObject;
  readonly file: { readonly postPicture?: string };
}

/** Cuts the element out and writes it to `folder`. Throws `storage`. */
export async function cutPost(picture: Picture, element: PostElement, folder: string): Promise<CutPost> {
  if (element.foundBy === "nothing") return { element: { foundBy: "nothing", why: element.why }, file: {} };
  const box = insideOf(picture, element.box);
  if (box === undefined) {
    return { element: { foundBy: "nothing", why: "The post lies beyond what the picture shows." }, file: {} };
  }
  const path = join(folder, "post.png");
  const cut = cutOut(picture, box);
  await writeScratch(path, await encodePng(cut));
  giveBack(cut.rgb);
  const isCut = box.width < element.box.width || box.height < element.box.height;
  return {
    element: { foundBy: element.foundBy, ...box, ...(isCut ? { cut: true } : {}) },
    file: { postPicture: path },
  };
}

/** The part of the box that lies within the picture. */
function insideOf({ width, height }: Picture, box: PostBox): PostBox | undefined {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  const isThere = Number.isSafeInteger(right) && Number.isSafeInteger(bottom) && right > x && bottom > y;
  return isThere ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/** Raw RGB of the box, row by row. */
function cutOut(picture: Picture, { x, y, width, height }: PostBox): Picture {
  const rgb = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((y + row) * picture.width + x);
    rgb.set(picture.rgb.subarray(from, from + 3 * width), 3 * row * width);
  }
  return { width, height, rgb };
}
