/** Segments of the post's video that the page did not fetch: players fetch as they play. */

import { isPlacardError } from "../../lib/error.ts";
import type { SeenAnswer, SeenAnswers } from "../page/watch-answers.ts";
import type { Asking, Told } from "./asking.ts";
import { contentRange } from "./pieces.ts";
import { LONGEST_PLAYLIST, type Segment } from "./playlist.ts";
import { LONGEST_FILE } from "./post-media.ts";
import { onlyRoot, type Sources, type Track, tracksAt } from "./presentation.ts";
import { strongMarksOf } from "./validators.ts";

const AT_ONCE = 4;

/** Addresses of lists, as the page asked for them. */
export interface WantedLists {
  /** Each a video of its own. */
  readonly direct: readonly string[];
  /** All of the page, where it is for us to find out whether they are of one video. */
  readonly streamed: readonly string[];
}

/** Resolves when all came, or one did not: then no file comes of it. Throws nothing of ours. */
export async function askSegments(asking: Asking, seen: SeenAnswers, { direct, streamed }: WantedLists): Promise<void> {
  const sources = sourcesIn(asking, seen);
  const root = await unlessRefused(onlyRoot(streamed, sources));
  for (const url of new Set([...direct, ...(root === undefined ? [] : [root])])) {
    const tracks = (await unlessRefused(tracksAt(url, sources))) ?? [];
    for (const track of tracks) if (!(await askTrack(asking, track, sources))) break;
  }
}

/** Why it is refused the record tells once more. */
async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isPlacardError(error)) return undefined;
    throw error;
  }
}

interface SeenSources extends Sources {
  /** What answers that hold it say for certain of their version; undefined where one is all of what lies there. */
  marksOf(segment: Segment): readonly string[] | undefined;
}

function sourcesIn(asking: Asking, seen: SeenAnswers): SeenSources {
  const lists = new Map<string, ReturnType<Sources["listAt"]>>();
  const wholeAt = (url: string): readonly SeenAnswer[] => {
    const end = seen.end(url);
    return end === undefined
      ? []
      : seen.at(end).filter(({ isWhole, status }) => isWhole && (status === 200 || status === 206));
  };
  const ask: Sources["listAt"] = async (url) => {
    const told = await asking.ask(url, { most: LONGEST_PLAYLIST, keep: true });
    return told?.status === 200 ? { text: told.text, base: told.url, digest: "" } : undefined;
  };
  const holding = ({ url, span }: Segment): readonly SeenAnswer[] =>
    wholeAt(url).filter(({ status, headers }) => {
      if (status === 200) return true;
      const range = status === 206 ? contentRange([headers["content-range"] ?? ""]) : undefined;
      if (range === undefined) return false;
      const { from, to } = span ?? { from: 0, to: range.total };
      return range.from <= from && range.to >= to;
    });
  return {
    most: LONGEST_FILE,
    isHere: (url) => wholeAt(url).length > 0,
    hasSegment: (segment) => holding(segment).length > 0,
    marksOf: (segment) => {
      const all = holding(segment);
      if (all.some(({ status }) => status === 200)) return undefined;
      return all.flatMap(({ headers }) => strongMarksOf((name) => headers[name]));
    },
    listAt: (url) => {
      const known = lists.get(url) ?? ask(url);
      lists.set(url, known);
      return known;
    },
  };
}

/** Several ranges of one address: put together only where all are of one version for certain, else asked for as a whole. */
interface InRanges {
  /** What all that came say alike; undefined before anything came. */
  marks: readonly string[] | undefined;
  whole: Promise<number | undefined> | undefined;
}

async function askTrack(asking: Asking, { segments }: Track, sources: SeenSources): Promise<boolean> {
  const ranges = rangesIn(segments, sources);
  const isUntold = ({ url }: Segment): boolean => ranges.get(url)?.marks?.length === 0;
  const missing = segments.filter((segment) => !sources.hasSegment(segment) || isUntold(segment));
  let next = 0;
  let bytes = 0;
  let isWell = true;
  const work = async (): Promise<void> => {
    for (let segment = missing[next++]; isWell && segment !== undefined; segment = missing[next++]) {
      const share = Math.floor(asking.left() / Math.min(AT_ONCE, missing.length));
      bytes += (await askOne(asking, segment, share, ranges.get(segment.url))) ?? LONGEST_FILE + 1;
      isWell &&= bytes <= LONGEST_FILE;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return isWell;
}

function rangesIn(segments: readonly Segment[], { hasSegment, marksOf }: SeenSources): ReadonlyMap<string, InRanges> {
  const ranges = new Map<string, InRanges>();
  for (const [url, some] of Map.groupBy(segments, (segment) => segment.url)) {
    if (some.length === 1 || some.every(({ span }) => span === undefined)) continue;
    const here = some.filter(hasSegment);
    if (here.length === some.length && here.some((segment) => marksOf(segment) === undefined)) continue;
    const told = here.map((segment) => marksOf(segment) ?? []);
    ranges.set(url, { marks: told.length === 0 ? undefined : told.reduce(alike), whole: undefined });
  }
  return ranges;
}

const alike = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((mark) => others.includes(mark));

/** How many bytes came, where it came whole. */
async function askOne(
  asking: Asking,
  { url, span }: Segment,
  most: number,
  ranges: InRanges | undefined,
): Promise<number | undefined> {
  if (ranges === undefined) return bytesIn(await asking.ask(url, { most, ...(span === undefined ? {} : { span }) }));
  if (ranges.whole === undefined && ranges.marks?.length !== 0) {
    const told = await asking.ask(url, { most, ...(span === undefined ? {} : { span }) });
    const bytes = bytesIn(told);
    if (told === undefined || bytes === undefined) return undefined;
    if (told.status === 200) ranges.whole = Promise.resolve(bytes);
    const said = strongMarksOf((name) => told.validators[name]);
    ranges.marks = ranges.marks === undefined ? said : alike(ranges.marks, said);
    if (ranges.marks.length > 0 || told.status === 200) return bytes;
  }
  const isFirst = ranges.whole === undefined;
  ranges.whole ??= asking.ask(url, { most: LONGEST_FILE }).then(bytesIn);
  const bytes = await ranges.whole;
  return isFirst || bytes === undefined ? bytes : 0;
}

function bytesIn(told: Told | undefined): number | undefined {
  return told?.status === 200 || (told?.status === 206 && told.bytes > 0) ? told.bytes : undefined;
}
