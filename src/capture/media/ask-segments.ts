/** Segments of the post's video that the page did not fetch: players fetch as they play. */

import { isPlacardError } from "../../lib/error.ts";
import type { SeenAnswer, SeenAnswers } from "../page/watch-answers.ts";
import type { Asking } from "./asking.ts";
import { contentRange } from "./pieces.ts";
import { LONGEST_PLAYLIST, type Segment } from "./playlist.ts";
import { LONGEST_FILE } from "./post-media.ts";
import { onlyRoot, type Sources, type Track, tracksAt } from "./presentation.ts";

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

function sourcesIn(asking: Asking, seen: SeenAnswers): Sources {
  const lists = new Map<string, ReturnType<Sources["listAt"]>>();
  const wholeAt = (url: string): readonly SeenAnswer[] => {
    const end = seen.end(url);
    return end === undefined ? [] : seen.at(end).filter(({ isWhole }) => isWhole);
  };
  const ask: Sources["listAt"] = async (url) => {
    const told = await asking.ask(url, { most: LONGEST_PLAYLIST, keep: true });
    return told?.status === 200 ? { text: told.text, base: told.url } : undefined;
  };
  return {
    most: LONGEST_FILE,
    isHere: (url) => wholeAt(url).length > 0,
    hasSegment: ({ url, span }) =>
      wholeAt(url).some(({ status, headers }) => {
        if (status === 200) return true;
        const range = status === 206 ? contentRange([headers["content-range"] ?? ""]) : undefined;
        if (range === undefined) return false;
        const { from, to } = span ?? { from: 0, to: range.total };
        return range.from <= from && range.to >= to;
      }),
    listAt: (url) => {
      const known = lists.get(url) ?? ask(url);
      lists.set(url, known);
      return known;
    },
  };
}

async function askTrack(asking: Asking, { segments }: Track, { hasSegment }: Sources): Promise<boolean> {
  const missing = segments.filter((segment) => !hasSegment(segment));
  let next = 0;
  let bytes = 0;
  let isWell = true;
  const work = async (): Promise<void> => {
    for (let segment = missing[next++]; isWell && segment !== undefined; segment = missing[next++]) {
      const share = asking.left() / Math.min(AT_ONCE, missing.length);
      bytes += (await askOne(asking, segment, Math.floor(share))) ?? LONGEST_FILE + 1;
      isWell &&= bytes <= LONGEST_FILE;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return isWell;
}

/** How many bytes came, where it came whole. */
async function askOne(asking: Asking, { url, span }: Segment, most: number): Promise<number | undefined> {
  const told = await asking.ask(url, { most, ...(span === undefined ? {} : { span }) });
  const isRight = told?.status === 200 || (told?.status === 206 && told.bytes > 0);
  return isRight ? told.bytes : undefined;
}
