/**
 * PDQ, a perceptual hash of 256 bits (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
 * Algorithm", 2019; reference in facebook/ThreatExchange, pdq/cpp): pictures that look alike differ in few bits. In 32-bit
 * floats and in the reference's order of operations, so that the bits are the reference's. docs/formats/media.md has it in full.
 */

/** Raw RGBA, row by row, alpha not multiplied in. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

export interface PdqHash {
  /** 64 lower-case hexadecimal digits, bit 255 first. */
  readonly hash: string;
  /** 0 to 100: how much there is in the picture to tell it by. Below 50 the hash says little. */
  readonly quality: number;
}

/** Most bits in which two hashes of one picture differ, and the quality below which a hash says little: its authors' advice. */
export const SAME_PICTURE = 31;
export const LEAST_QUALITY = 50;
const SMALLEST = 5;
const SIDE = 64;
const BITS = 16;
const PASSES = 2;

/** Undefined for a picture with a side of less than 5 pixels, which has no hash. */
export function pdqOf(pixels: Pixels): PdqHash | undefined {
  const { width, height } = pixels;
  if (width < SMALLEST || height < SMALLEST) return undefined;
  const small =
    width === SIDE && height === SIDE ? lumaOf(pixels) : decimate(blur(lumaOf(pixels), width, height), width, height);
  return { hash: toHash(cosines(small)), quality: qualityOf(small) };
}

/** In how many of its 256 bits one hash differs from the other. */
export function pdqDistance(a: string, b: string): number {
  let bits = 0;
  for (let i = 0; i < a.length; i += 8) {
    let differing = (Number.parseInt(a.slice(i, i + 8), 16) ^ Number.parseInt(b.slice(i, i + 8), 16)) >>> 0;
    for (; differing !== 0; differing &= differing - 1) bits++;
  }
  return bits;
}

/** Whether a hash, as words of 32 bits, and the one that begins at `from` differ in at most so many bits: told by the first words, for most that have nothing in common. */
export function isWithin(a: Uint32Array, b: Uint32Array, from: number, most: number): boolean {
  let bits = 0;
  for (let i = 0; i < a.length; i++) {
    let differing = (a[i] as number) ^ (b[from + i] as number);
    // The ones in 32 bits, added up side by side: in pairs, fours, bytes, all.
    differing -= (differing >>> 1) & 0x55555555;
    differing = (differing & 0x33333333) + ((differing >>> 2) & 0x33333333);
    bits += Math.imul((differing + (differing >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    if (bits > most) return false;
  }
  return true;
}

/** Luminance (ITU-R BT.601) over white. */
function lumaOf({ width, height, rgba }: Pixels): Float32Array {
  const [red, green, blue] = [Math.fround(0.299), Math.fround(0.587), Math.fround(0.114)] as const;
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    const alpha = rgba[4 * i + 3] as number;
    const r = over(rgba[4 * i] as number, alpha);
    const g = over(rgba[4 * i + 1] as number, alpha);
    const b = over(rgba[4 * i + 2] as number, alpha);
    luma[i] = Math.fround(Math.fround(red * r) + Math.fround(green * g)) + Math.fround(blue * b);
  }
  return luma;
}

function over(value: number, alpha: number): number {
  return alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
}

/** Two passes of a box filter along rows and columns, in place; they make a tent of a 64th of the picture's side. */
function blur(luma: Float32Array, width: number, height: number): Float32Array {
  for (let pass = 0; pass < PASSES; pass++) {
    boxAlongRows(luma, width, height);
    boxAlongColumns(luma, width, height);
  }
  return luma;
}

interface Step {
  /** Which pixel of the line goes into the sum, and which out of it; -1 for none. The window is cut off at both ends. */
  readonly add: number;
  readonly remove: number;
  /** Whose mean it then is; negative before the first. */
  readonly write: number;
  /** How many the sum is of. */
  readonly size: number;
}

function windowOf(length: number): number {
  return Math.floor((length + 2 * SIDE - 1) / (2 * SIDE));
}

function stepsAlong(length: number): readonly Step[] {
  const window = windowOf(length);
  const before = Math.floor(window / 2);
  const steps: Step[] = [];
  let size = 0;
  for (let write = -before; write < length; write++) {
    const add = write + before < length ? write + before : -1;
    const remove = Math.max(-1, write - (window - before));
    size += (add < 0 ? 0 : 1) - (remove < 0 ? 0 : 1);
    steps.push({ add, remove, write, size });
  }
  return steps;
}

function boxAlongRows(luma: Float32Array, width: number, height: number): void {
  const steps = stepsAlong(width);
  const means = new Float32Array(width);
  for (let start = 0; start < width * height; start += width) {
    let sum = 0;
    for (const { add, remove, write, size } of steps) {
      if (add >= 0) sum = Math.fround(sum + (luma[start + add] as number));
      if (remove >= 0) sum = Math.fround(sum - (luma[start + remove] as number));
      if (write >= 0) means[write] = sum / size;
    }
    luma.set(means, start);
  }
}

/** All columns at once, row by row: column by column, a large picture would be fetched from memory pixel by pixel. */
function boxAlongColumns(luma: Float32Array, width: number, height: number): void {
  const sums = new Float32Array(width);
  // What was in the rows that are written over, as long as it is in the window.
  const held = Array.from({ length: windowOf(height) + 1 }, () => new Float32Array(width));
  const heldOf = (row: number): Float32Array => held[row % held.length] as Float32Array;
  for (const { add, remove, write, size } of stepsAlong(height)) {
    if (add >= 0) {
      const row = heldOf(add);
      row.set(luma.subarray(add * width, (add + 1) * width));
      for (let column = 0; column < width; column++) (sums[column] as number) += row[column] as number;
    }
    if (remove >= 0) {
      const row = heldOf(remove);
      for (let column = 0; column < width; column++) (sums[column] as number) -= row[column] as number;
    }
    if (write < 0) continue;
    for (let column = 0; column < width; column++) luma[write * width + column] = (sums[column] as number) / size;
  }
}

function decimate(luma: Float32Array, width: number, height: number): Float32Array {
  const small = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    const y = Math.floor(((row + 0.5) * height) / SIDE);
    for (let column = 0; column < SIDE; column++) {
      small[row * SIDE + column] = luma[y * width + Math.floor(((column + 0.5) * width) / SIDE)] as number;
    }
  }
  return small;
}

/** Steps between neighbours in hundredths of the range, only whole ones counted. */
function qualityOf(small: Float32Array): number {
  let steps = 0;
  const step = (a: number, b: number): void => {
    const difference = Math.fround((small[a] as number) - (small[b] as number));
    steps += Math.abs(Math.trunc(Math.fround(Math.fround(difference * 100) / 255)));
  };
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const at = row * SIDE + column;
      if (row + 1 < SIDE) step(at, at + SIDE);
      if (column + 1 < SIDE) step(at, at + 1);
    }
  }
  return Math.min(100, Math.floor(steps / 90));
}

/** Rows 1 to 16 of the matrix of a discrete cosine transform (DCT-II) of 64 points; row 0, the mean, is left out. */
const COSINES = Float32Array.from(
  { length: BITS * SIDE },
  (_, i) =>
    Math.fround(Math.sqrt(2 / SIDE)) *
    Math.cos((Math.PI / 2 / SIDE) * (Math.floor(i / SIDE) + 1) * (2 * (i % SIDE) + 1)),
);

/** D A Dᵀ: 16 × 16 coefficients. */
function cosines(small: Float32Array): Float32Array {
  const half = new Float32Array(BITS * SIDE);
  for (let i = 0; i < BITS; i++) {
    for (let j = 0; j < SIDE; j++) half[i * SIDE + j] = dot(COSINES, i * SIDE, 1, small, j, SIDE);
  }
  const whole = new Float32Array(BITS * BITS);
  for (let i = 0; i < BITS; i++) {
    for (let j = 0; j < BITS; j++) whole[i * BITS + j] = dot(half, i * SIDE, 1, COSINES, j * SIDE, 1);
  }
  return whole;
}

function dot(a: Float32Array, atA: number, stepA: number, b: Float32Array, atB: number, stepB: number): number {
  let sum = 0;
  for (let k = 0; k < SIDE; k++) {
    sum = Math.fround(sum + Math.fround((a[atA + k * stepA] as number) * (b[atB + k * stepB] as number)));
  }
  return sum;
}

/** A bit is set where its coefficient is greater than the median (the 128th of 256). */
function toHash(coefficients: Float32Array): string {
  const median = coefficients.toSorted()[coefficients.length / 2 - 1] as number;
  const bytes = new Uint8Array(coefficients.length / 8);
  for (const [i, value] of coefficients.entries()) {
    const at = bytes.length - 1 - (i >> 3);
    if (value > median) bytes[at] = (bytes[at] as number) | (1 << (i & 7));
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
