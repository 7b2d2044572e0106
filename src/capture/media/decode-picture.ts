/**
 * Pictures of anyone's, decoded. Only in a thread that may be ended (picture-worker.ts), and only by decoders that cannot
 * reach beyond their own memory: four are WebAssembly, the one for GIF is our own (docs/decisions/0028).
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { imageSize } from "image-size";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import { decodeGif } from "./decode-gif.ts";
import type { Pixels } from "./pdq.ts";
import { LONGEST_PICTURE, type PictureKind, pictureKind } from "./picture-kind.ts";

const MOST_PIXELS = 1 << 24;
/** What a decoder may take: pixels, and twice as much again for its own work. */
const MOST_MEMORY = 384 << 20;

export interface PictureSize {
  readonly kind: PictureKind;
  readonly width: number;
  readonly height: number;
}

/** Size as the header states it. Throws `unsupported`, `malformed`, `too_large`. */
export function sizeOfPicture(bytes: Uint8Array): PictureSize {
  const kind = pictureKind(bytes);
  if (kind === undefined) throw new PlacardError("unsupported", "It is no picture of a kind that we look into.");
  const { width, height } = guarded(() => imageSize(bytes));
  if (!(width > 0 && height > 0)) throw new PlacardError("malformed", say("picture_no_size"));
  return { kind, width, height };
}

/**
 * The picture's pixels; of a moving GIF the first picture. As stored, not put through its colour profile; with `upright` a JPEG
 * is turned as its EXIF says, as browsers show it: phones store photos lying. Throws `unsupported`, `malformed`, `too_large`.
 */
export async function decodePicture(bytes: Uint8Array, { upright = false } = {}): Promise<Pixels> {
  if (bytes.length > LONGEST_PICTURE) throw new PlacardError("too_large", say("picture_file_over_32"));
  const { kind, width, height } = sizeOfPicture(bytes);
  if (width * height > MOST_PIXELS) throw new PlacardError("too_large", say("picture_many_pixels"));
  if (kind === "webp" && isMovingWebp(bytes))
    throw new PlacardError("unsupported", "Moving WebP pictures get no hash.");
  const pixels = await decoded(DECODERS[kind], bytes, upright);
  const isTurned = upright && pixels.width === height && pixels.height === width;
  const isAsStated = pixels.width === width && pixels.height === height;
  if (!(isAsStated || isTurned) || pixels.rgba.length !== 4 * width * height) {
    throw new PlacardError("malformed", "The picture is of another size than its header states.");
  }
  return pixels;
}

/** Flag A of an extended file (WebP container specification, RFC 9649 §2.7). */
function isMovingWebp(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(12, 16)).toString("latin1") === "VP8X" && ((bytes[20] as number) & 2) !== 0;
}

type Decoder = (bytes: Uint8Array, upright: boolean) => Promise<Pixels>;

async function decoded(decode: Decoder, bytes: Uint8Array, upright: boolean): Promise<Pixels> {
  try {
    return await decode(bytes, upright);
  } catch (cause) {
    throw new PlacardError("malformed", say("picture_not_decoded"), { cause });
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new PlacardError("malformed", say("picture_unreadable"), { cause });
  }
}

/** The decoders want an ArrayBuffer of their own. */
const own = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** Each is loaded when it is first wanted. */
const DECODERS: Readonly<Record<PictureKind, Decoder>> = {
  png: async (bytes) => {
    const { decode, init } = await import("@jsquash/png/decode.js");
    await init(wasm("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
    return pixelsOf(await decode(own(bytes)));
  },
  jpeg: async (bytes, upright) => {
    const { default: decode, init } = await import("@jsquash/jpeg/decode.js");
    await init({ wasmBinary: wasm("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm") });
    return pixelsOf(await decode(own(bytes), { preserveOrientation: upright }));
  },
  webp: async (bytes) => {
    const { default: decode, init } = await import("@jsquash/webp/decode.js");
    await init({ wasmBinary: wasm("@jsquash/webp/codec/dec/webp_dec.wasm") });
    return pixelsOf(await decode(own(bytes)));
  },
  avif: async (bytes) => {
    const { default: decode, init } = await import("@jsquash/avif/decode.js");
    await init({ wasmBinary: wasm("@jsquash/avif/codec/dec/avif_dec.wasm") });
    return pixelsOf(await decode(own(bytes)));
  },
  gif: async (bytes) => decodeGif(bytes),
};

function pixelsOf(image: ImageData | null): Pixels {
  if (image === null) throw new Error("nothing came of it");
  return { width: image.width, height: image.height, rgba: image.data };
}

function wasm(path: string): ArrayBuffer {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(path));
  return own(bytes);
}

/** A header that the decoder reads otherwise than we do must not make it take all memory there is. */
export function boundDecoders(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * 65_536 > MOST_MEMORY)
      throw new RangeError("The picture takes too much memory.");
    return grow.call(this, pages);
  };
}
