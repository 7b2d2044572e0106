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
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const disc = discs.findLast((one) => (x - one.x) ** 2 + (y - one.y) ** 2 < one.radius ** 2);
      const wall = top.map((value, i) => Math.floor((value * (height - y) + (bottom[i] as number) * y) / height));
      rgba.set([...(disc?.colour ?? wall), 255], 4 * (y * width + x));
    }
  }
  return { width, height, rgba };
}

type RGB = readonly [number, number, number];
