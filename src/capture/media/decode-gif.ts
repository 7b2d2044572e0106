/**
 * The first picture of a GIF (GIF89a specification, W3C copy; LZW as in its Appendix F). Our own because the decoder most
 * in use never ends on some broken files.
 */
import { PlacardError } from "../../lib/error.ts";
import type { Pixels } from "./pdq.ts";

const MOST_CODES = 4096;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  /** RGB, three bytes a colour. */
  readonly palette: Uint8Array;
  /** Index of the colour that is seen through; -1 where there is none. */
  readonly clear: number;
}

/** Takes files whose screen is of a size that one can hold. Throws `malformed`. */
export function decodeGif(bytes: Uint8Array): Pixels {
  const reader = readerOf(bytes);
  reader.skip(6);
  const [width, height] = [reader.short(), reader.short()];
  const flags = reader.byte();
  reader.skip(2);
  const screenPalette = flags & 0x80 ? reader.take(3 << ((flags & 7) + 1)) : new Uint8Array();
  const frame = nextFrame(reader, screenPalette);
  if (frame.left + frame.width > width || frame.top + frame.height > height || frame.width * frame.height === 0) {
    throw malformed("has a picture that does not fit in its screen");
  }
  const smallest = reader.byte();
  if (smallest < 1 || smallest > 11) throw malformed("is coded in a way that there is none");
  const indexes = unpack(reader, smallest, frame.width * frame.height);
  return { width, height, rgba: paint(frame, indexes, width, height) };
}

function nextFrame(reader: Reader, screenPalette: Uint8Array): Frame {
  let clear = -1;
  for (;;) {
    const kind = reader.byte();
    if (kind === 0x2c) break;
    if (kind !== 0x21) throw malformed("holds no picture");
    const label = reader.byte();
    for (let size = reader.byte(); size !== 0; size = reader.byte()) {
      const block = reader.take(size);
      if (label === 0xf9 && size === 4) clear = (block[0] as number) & 1 ? (block[3] as number) : -1;
    }
  }
  const [left, top, width, height] = [reader.short(), reader.short(), reader.short(), reader.short()];
  const flags = reader.byte();
  const palette = flags & 0x80 ? reader.take(3 << ((flags & 7) + 1)) : screenPalette;
  return { left, top, width, height, interlaced: (flags & 0x40) !== 0, palette, clear };
}

/** Colour indexes, `length` of them; what a file that ends early lacks is 0. */
function unpack(reader: Reader, smallest: number, length: number): Uint8Array {
  const output = new Uint8Array(length);
  const before = new Uint16Array(MOST_CODES);
  const last = new Uint8Array(MOST_CODES);
  const lengths = new Uint16Array(MOST_CODES);
  const [restart, end] = [1 << smallest, (1 << smallest) + 1];
  for (let code = 0; code < restart; code++) [last[code], lengths[code]] = [code, 1];
  let [next, bits, previous, at] = [end + 1, smallest + 1, -1, 0];
  while (at < length) {
    const code = reader.code(bits);
    if (code === undefined || code === end) break;
    if (code === restart) {
      [next, bits, previous] = [end + 1, smallest + 1, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw malformed("is coded wrongly");
    const known = code < next ? code : previous;
    let first = known;
    // Backwards from the last of its colours: an entry always leads to one made before it.
    for (let place = at + (lengths[known] as number) - 1; place > at; place--) {
      if (place < length) output[place] = last[first] as number;
      first = before[first] as number;
    }
    const colour = last[first] as number;
    output[at] = colour;
    at += lengths[known] as number;
    if (known !== code && at < length) output[at] = colour;
    if (known !== code) at++;
    if (previous >= 0 && next < MOST_CODES) {
      [before[next], last[next], lengths[next]] = [previous, colour, (lengths[previous] as number) + 1];
      next++;
      if (next === 1 << bits && bits < 12) bits++;
    }
    previous = code;
  }
  return output;
}

function paint(frame: Frame, indexes: Uint8Array, width: number, height: number): Uint8Array {
  const { palette, clear } = frame;
  const rgba = new Uint8Array(4 * width * height);
  for (const [from, row] of rowsOf(frame).entries()) {
    for (let column = 0; column < frame.width; column++) {
      const index = indexes[from * frame.width + column] as number;
      if (index === clear || 3 * index + 2 >= palette.length) continue;
      const to = 4 * ((frame.top + row) * width + frame.left + column);
      rgba.set(palette.subarray(3 * index, 3 * index + 3), to);
      rgba[to + 3] = 255;
    }
  }
  return rgba;
}

/** Where each row that comes belongs. */
function rowsOf({ height, interlaced }: Frame): readonly number[] {
  const rows = Array.from({ length: height }, (_, row) => row);
  if (!interlaced) return rows;
  const pass = (start: number, step: number): readonly number[] => rows.filter((row) => row % step === start);
  return [...pass(0, 8), ...pass(4, 8), ...pass(2, 4), ...pass(1, 2)];
}

interface Reader {
  byte(): number;
  short(): number;
  take(length: number): Uint8Array;
  skip(length: number): void;
  /** The next `bits` bits of the data blocks; undefined at their end. */
  code(bits: number): number | undefined;
}

function readerOf(bytes: Uint8Array): Reader {
  let at = 0;
  let [held, holding, block] = [0, 0, 0];
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw malformed("ends early");
    return value;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw malformed("ends early");
    at += length;
    return bytes.subarray(at - length, at);
  };
  return {
    byte,
    short: () => byte() | (byte() << 8),
    take,
    skip: take,
    code: (bits) => {
      while (holding < bits) {
        if (block === 0) block = at < bytes.length ? byte() : 0;
        if (block === 0 || at >= bytes.length) return undefined;
        block--;
        held |= byte() << holding;
        holding += 8;
      }
      const code = held & ((1 << bits) - 1);
      held >>>= bits;
      holding -= bits;
      return code;
    },
  };
}

function malformed(what: string): PlacardError {
  return new PlacardError("malformed", `The GIF ${what}.`);
}
