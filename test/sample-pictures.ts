/**
 * Pictures by rule, the same everywhere: lanterns before a wall of two colours. Defined in docs/formats/media.md, so that
 * other programs can make them too.
 */
import type { Pixels } from "../src/capture/media/pdq.ts";

/** Whole numbers from a linear congruential generator (Numerical Recipes' constants), each below `most`. */
function numbers(seed: number): (most: number) => number {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 65536) % most;
  };
}

export function lanterns(seed: number, width: number, height: number): Pixels {
  const next = numbers(seed);
  const [top, bottom] = [0, 1].map(() => [next(256), next(256), next(256)] as const) as [RGB, RGB];
  const discs = Array.from({ length: 12 }, () => ({
    x: next(width),
    y: next(height),
    radius: 1 + next(Math.max(1, Math.floor(Math.min(width, height) / 4))),
    colour: [next(256), next(256), next(256)] as RGB,
  }));
  const rgba = new Uint8Array(4 * width * height);
  const paint = (x: number, y: number, colour: RGB): void => {
    const at = 4 * (y * width + x);
    for (let i = 0; i < 3; i++) rgba[at + i] = colour[i] as number;
    rgba[at + 3] = 255;
  };
  for (let y = 0; y < height; y++) {
    const wall = top.map((value, i) => Math.floor((value * (height - y) + (bottom[i] as number) * y) / height));
    for (let x = 0; x < width; x++) paint(x, y, wall as unknown as RGB);
    // A later disc lies over an earlier one.
    for (const { x: middle, y: centre, radius, colour } of discs) {
      const within = radius ** 2 - (y - centre) ** 2;
      for (let x = Math.max(0, middle - radius); x < Math.min(width, middle + radius); x++)
        if ((x - middle) ** 2 < within) paint(x, y, colour);
    }
  }
  return { width, height, rgba };
}

type RGB = readonly [number, number, number];
