/** The post's own picture: cut out of the very picture of the page, never taken a second time. */
import { join } from "node:path";
import { giveBack } from "../../lib/bytes.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { PictureSize } from "../../verify/picture.ts";
import { encodePng } from "../picture/png-writer.ts";
import { writeScratch } from "../scratch.ts";
import type { PostBox, PostElement } from "./post-element.ts";

export interface CutPost {
  /** The `postElement` field: how it was found and where it lies in the picture, or why it was not found. */
  readonly element: JsonObject;
  readonly file: { readonly postPicture?: string };
}

export interface Cutting {
  /** To be given every strip of the picture in turn. */
  take(strip: Uint8Array): void;
  /** Writes what was cut out to `folder`. Throws `storage`. */
  finish(folder: string): Promise<CutPost>;
}

/** Cuts the element out of a picture of this size as it goes by. */
export function cutPost(size: PictureSize, element: PostElement): Cutting {
  if (element.foundBy === "nothing") return cutNothing(element.why);
  const box = insideOf(size, element.box);
  if (box === undefined) return cutNothing("The post lies beyond what the picture shows.");
  const rgb = new Uint8Array(3 * box.width * box.height);
  let top = 0;
  return {
    take: (strip) => {
      const rows = strip.length / (3 * size.width);
      for (let y = Math.max(top, box.y); y < Math.min(top + rows, box.y + box.height); y++) {
        const from = 3 * ((y - top) * size.width + box.x);
        rgb.set(strip.subarray(from, from + 3 * box.width), 3 * (y - box.y) * box.width);
      }
      top += rows;
    },
    finish: async (folder) => {
      const path = join(folder, "post.png");
      await writeScratch(path, await encodePng({ ...box, rgb }));
      giveBack(rgb);
      const isCut = box.width < element.box.width || box.height < element.box.height;
      return {
        element: { foundBy: element.foundBy, ...box, ...(isCut ? { cut: true } : {}) },
        file: { postPicture: path },
      };
    },
  };
}

function cutNothing(why: string): Cutting {
  return { take: () => undefined, finish: async () => ({ element: { foundBy: "nothing", why }, file: {} }) };
}

/** The part of the box that lies within the picture. */
function insideOf({ width, height }: PictureSize, box: PostBox): PostBox | undefined {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  const isThere = Number.isSafeInteger(right) && Number.isSafeInteger(bottom) && right > x && bottom > y;
  return isThere ? { x, y, width: right - x, height: bottom - y } : undefined;
}
