/**
 * Setting a headline to the full measure: where its lines break, how wide and how large each is cut. Pure, and inlined
 * into the printed page (`toString`), so each function uses nothing but its arguments and the others here.
 *
 * As with wood type, every line is filled by choosing a narrower or a wider cut of the same face and a slightly other
 * size, never by spacing out letters. What cannot be filled that way stays short at its end.
 */

/** A word, or a part of one that may be broken off. Ends in a hyphen of its own, or in a soft hyphen, or neither. */
interface HeadlineUnit {
  readonly text: string;
  /** Whether a space stands before it. */
  readonly spaced: boolean;
}

/** Ink of one possible line at a size of one unit: widths in the narrowest and the widest cut, height over and under the base line. */
export interface LineInk {
  readonly narrow: number;
  readonly wide: number;
  readonly ascent: number;
  readonly descent: number;
}

interface HeadlineSpace {
  readonly width: number;
  readonly height: number;
  /** Height of a capital at a size of one unit. */
  readonly capital: number;
  readonly leastCapital: number;
}

interface HeadlineLine {
  readonly from: number;
  readonly to: number;
  readonly size: number;
  /** 0 the narrowest cut, 1 the widest. */
  readonly cut: number;
  /** Of the base line, from the top of the headline. */
  readonly base: number;
}

export interface HeadlineFit {
  readonly lines: readonly HeadlineLine[];
  readonly height: number;
  readonly capital: number;
  readonly score: number;
}

export function headlineUnits(headline: string): readonly HeadlineUnit[] {
  const units: HeadlineUnit[] = [];
  for (const word of headline.split(/\s+/)) {
    const parts = word.match(/[^\u00ad-]+[\u00ad-]?|[\u00ad-]/g) ?? [];
    for (const [i, text] of parts.entries()) units.push({ text, spaced: i === 0 });
  }
  return units.slice(0, 24);
}

/** The text of the units `from` to `to` as a line shows it: a soft hyphen is seen only at its end. */
export function lineText(units: readonly HeadlineUnit[], from: number, to: number): string {
  const joined = units
    .slice(from, to)
    .map((unit, i) => (i > 0 && unit.spaced ? ` ${unit.text}` : unit.text))
    .join("");
  const open = joined.endsWith("\u00ad") && to < units.length;
  return joined.replaceAll("\u00ad", "") + (open ? "-" : "");
}

/** Every way to break `count` units into at most `most` lines, as the ends of the lines. */
export function lineBreaks(count: number, most: number): readonly (readonly number[])[] {
  const ways: number[][] = [];
  const extend = (ends: readonly number[]): void => {
    const from = ends.at(-1) ?? 0;
    if (from === count) ways.push([...ends]);
    else if (ends.length < most && ways.length < 20_000) {
      for (let to = count; to > from; to--) extend([...ends, to]);
    }
  };
  extend([]);
  return ways;
}

/** The best setting in the space, or undefined where the least capital cannot be kept. */
export function fitHeadline(
  count: number,
  ink: (from: number, to: number) => LineInk,
  space: HeadlineSpace,
): HeadlineFit | undefined {
  const least = space.leastCapital / space.capital;
  let best: HeadlineFit | undefined;
  for (const ends of lineBreaks(count, 7)) {
    const inks = ends.map((to, i) => ink(ends[i - 1] ?? 0, to));
    for (let size = least; size * space.capital < space.height; size *= 1.025) {
      if (inks.some((line) => line.narrow * size > space.width)) break;
      for (const growth of [1, 1.15, 1.35]) {
        const fit = settle(ends, inks, size, growth, space);
        if (fit.height <= space.height && fit.score > (best?.score ?? Number.NEGATIVE_INFINITY)) best = fit;
      }
    }
  }
  return best;
}

/** The size the narrowest setting of the worst line allows: what to tell someone whose headline does not fit. */
export function largestCapital(
  count: number,
  ink: (from: number, to: number) => LineInk,
  space: HeadlineSpace,
): number {
  let size = space.leastCapital / space.capital;
  for (; size > 0; size *= 0.98) {
    const smaller = { ...space, leastCapital: size * space.capital };
    if (fitHeadline(count, ink, smaller) !== undefined || size < 0.01 * (space.leastCapital / space.capital)) break;
  }
  return size * space.capital;
}

/** Lines at `size`, each cut to the measure; those still short are enlarged by up to `growth`. */
export function settle(
  ends: readonly number[],
  inks: readonly LineInk[],
  size: number,
  growth: number,
  space: HeadlineSpace,
): HeadlineFit {
  const lines: HeadlineLine[] = [];
  let [base, ragged, strain, largest] = [0, 0, 0, size];
  for (const [i, line] of inks.entries()) {
    const range = line.wide - line.narrow;
    const cut = Math.max(0, Math.min(1, range > 0 ? (space.width / size - line.narrow) / range : 0.5));
    const width = line.narrow + cut * range;
    const own = Math.max(size, Math.min(space.width / width, growth * size));
    const above = inks[i - 1];
    const aboveSize = lines.at(-1)?.size ?? 0;
    base +=
      above === undefined
        ? line.ascent * own
        : Math.max(
            above.descent * aboveSize + line.ascent * own + 0.04 * size,
            space.capital * own + 0.13 * ((aboveSize + own) / 2),
          );
    ragged += Math.max(0, 1 - (width * own) / space.width);
    strain += Math.abs(cut - 0.45);
    largest = Math.max(largest, own);
    lines.push({ from: ends[i - 1] ?? 0, to: ends[i] ?? 0, size: own, cut, base });
  }
  const height = base + (inks.at(-1)?.descent ?? 0) * (lines.at(-1)?.size ?? 0);
  const smallest = Math.min(...lines.map((line) => line.size));
  const mean = lines.reduce((sum, line) => sum + line.size, 0) / lines.length;
  const score =
    Math.log(mean) -
    (0.9 * ragged) / lines.length -
    (0.3 * strain) / lines.length -
    0.35 * Math.log(largest / smallest);
  return { lines, height, capital: smallest * space.capital, score };
}
