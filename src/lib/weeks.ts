/** Weeks as bars: none left out, and not more of them than can be told apart. */
const WEEK_MS = 7 * 86_400_000;
/** More than this are drawn together: a page may state any time, and ten thousand years of weeks are no chart. */
const MOST_BARS = 120;

export interface Bar {
  /** The Monday it begins with, YYYY-MM-DD. */
  readonly from: string;
  readonly count: number;
}

export interface Weeks {
  readonly bars: readonly Bar[];
  readonly weeksABar: number;
  readonly most: number;
  readonly timed: number;
  /** Which bar a day falls into; undefined where it lies outside. */
  readonly barOf: (day: string) => number | undefined;
}

export function weeksOf(counted: readonly { readonly week: string; readonly count: number }[]): Weeks {
  const times = counted.map(({ week }) => Date.parse(week));
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const span = times.length === 0 ? 0 : Math.round((last - first) / WEEK_MS) + 1;
  const weeksABar = Math.max(1, Math.ceil(span / MOST_BARS));
  const counts = Array.from({ length: Math.ceil(span / weeksABar) }, () => 0);
  const barAt = (time: number): number => Math.floor((time - first) / WEEK_MS / weeksABar);
  for (const [i, { count }] of counted.entries()) {
    const bar = barAt(times[i] as number);
    counts[bar] = (counts[bar] ?? 0) + count;
  }
  return {
    bars: counts.map((count, i) => ({ from: dayOf(first + i * weeksABar * WEEK_MS), count })),
    weeksABar,
    most: counts.reduce((most, count) => Math.max(most, count), 0),
    timed: counts.reduce((sum, count) => sum + count, 0),
    barOf: (day) => {
      const bar = barAt(Date.parse(day));
      return bar >= 0 && bar < counts.length ? bar : undefined;
    },
  };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
