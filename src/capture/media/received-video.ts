/** Videos that came in segments, found in the traffic by their playlists (RFC 8216). */
import { createHash } from "node:crypto";
import { isPlacardError } from "../../lib/error.ts";
import { contentOf, contentWhole } from "../netlog/content.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { withoutFragment } from "../page/same-page.ts";
import type { Stream } from "../post/post-element.ts";
import { join, MOST_PARTS, type Stretch } from "./join.ts";
import { contentRange, cover, ONLY_PART, piecesOf, TOO_MANY_PARTS } from "./pieces.ts";
import { isPlaylist, isPlaylistText, LONGEST_PLAYLIST, type Segment } from "./playlist.ts";
import { onlyRoot, type Sources, type Track, tracksAt } from "./presentation.ts";
import { answersAt, MOST_REDIRECTS, type Received, type Traffic, whyNotWhole } from "./received-media.ts";
import { ofOneForm, SEGMENT_TYPES } from "./segments.ts";

/** Whether what came at an address is a list of segments. */
export async function isPlaylistAt(address: string, traffic: Traffic): Promise<boolean> {
  const answers = answersAt(address, traffic);
  if (typeof answers === "string") return false;
  for (const exchange of answers) {
    if (![200, 206].includes(exchange.status)) continue;
    const [type = ""] = valuesOf(exchange.responseHeaders, "content-type");
    if (isPlaylist(exchange.url, type)) return true;
    if (!/^(?:image|video|audio)\//i.test(type) && isPlaylistText(await beginningOf(exchange))) return true;
  }
  return false;
}

async function beginningOf(exchange: Exchange): Promise<string> {
  try {
    for await (const chunk of contentOf(exchange, Number.MAX_SAFE_INTEGER))
      return Buffer.from(chunk.subarray(0, 16)).toString("latin1");
  } catch (error) {
    if (isPlacardError(error, "storage")) throw error;
  }
  return "";
}

/**
 * What a script put together, where the page fetched the lists of one video alone, and they are of what is played: as long as
 * its player says. Else an advertisement's could be taken for the post's. Throws `storage`.
 */
export async function receivedStream(
  traffic: Traffic,
  most: number,
  played: Stream,
): Promise<readonly Received[] | string> {
  return firstWhole(traffic, most, async (sources) => {
    const root = await onlyRoot(listsIn(traffic), sources);
    if (root === undefined) return PUT_TOGETHER;
    const tracks = await tracksAt(root, sources);
    const isPlayed = tracks.some(({ seconds }) => Math.abs(seconds - played.seconds) <= 1 + played.seconds / 50);
    return isPlayed ? receivedTracks(tracks, traffic, most) : OF_ANOTHER;
  });
}

const OF_ANOTHER =
  "The one video that the page fetched in pieces is not as long as what is played in the post; its pieces are in the archive.";

export const PUT_TOGETHER = "The page's script put it together from pieces; these are in the archive.";

/** The video whose list is at an address: one file, or a second with its sound. Throws `storage`. */
export async function receivedList(
  address: string,
  traffic: Traffic,
  most: number,
): Promise<readonly Received[] | string> {
  return firstWhole(traffic, most, async (sources) => receivedTracks(await tracksAt(address, sources), traffic, most));
}

/** By the lists that the page itself read, where these lead to all of it; else also by those that the capture read. */
async function firstWhole(
  traffic: Traffic,
  most: number,
  work: (sources: Sources) => Promise<readonly Received[] | string>,
): Promise<readonly Received[] | string> {
  const own = await orWhyNot(() => work(sourcesIn(traffic, most, ({ isFetched }) => !isFetched)));
  return typeof own === "string" ? orWhyNot(() => work(sourcesIn(traffic, most, () => true))) : own;
}

interface ListAnswer {
  readonly exchange: Exchange;
  readonly isFetched: boolean;
}

/** What is refused, as a sentence. */
export async function orWhyNot<T>(work: () => Promise<T | string>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (!isPlacardError(error) || error.code === "storage") throw error;
    return error.message;
  }
}

/** Where the page asked for each list. */
function listsIn({ byUrl }: Traffic): readonly string[] {
  const all = [...byUrl.values()].flat();
  const cameFrom = new Map(
    all.flatMap(({ url, redirectedTo }) =>
      redirectedTo === undefined ? [] : [[withoutFragment(redirectedTo), url] as const],
    ),
  );
  const firstOf = (url: string): string => {
    let at = url;
    for (let hop = 0; hop < MOST_REDIRECTS; hop++) at = cameFrom.get(at) ?? at;
    return at;
  };
  const lists = all.filter(
    ({ url, status, method, responseHeaders }) =>
      method === "GET" &&
      (status === 200 || status === 206) &&
      isPlaylist(url, valuesOf(responseHeaders, "content-type")[0] ?? ""),
  );
  return [...new Set(lists.map(({ url }) => firstOf(url)))];
}

function sourcesIn(traffic: Traffic, most: number, isRead: (list: ListAnswer) => boolean): Sources {
  const wholeAt = (url: string): readonly Exchange[] => {
    const answers = answersAt(url, traffic);
    return typeof answers === "string" ? [] : answers.filter((exchange) => whyNotWhole(exchange) === undefined);
  };
  return {
    most,
    isHere: (url) => wholeAt(url).length > 0,
    hasSegment: ({ url, span }) => {
      if (span === undefined) return wholeAt(url).length > 0;
      const answers = answersAt(url, traffic);
      return typeof answers !== "string" && answers.some((exchange) => holds(exchange, span));
    },
    listAt: async (url) => {
      // A list that is asked for again and again may have come to its end by the last time.
      const all = wholeAt(url).map((exchange) => ({ exchange, isFetched: traffic.isFetched(exchange) }));
      const list = all.findLast(isRead);
      return (
        list && {
          ...(await textIn(list.exchange)),
          base: list.exchange.url,
          ...(list.isFetched ? { fetched: true } : {}),
        }
      );
    },
  };
}

function holds(exchange: Exchange, { from, to }: NonNullable<Segment["span"]>): boolean {
  if (whyNotWhole(exchange) === undefined) return true;
  const range = contentRange(valuesOf(exchange.responseHeaders, "content-range"));
  return exchange.status === 206 && !exchange.truncated && range !== undefined && range.from <= from && range.to >= to;
}

/** What is no UTF-8 reads as no list (playlist.ts). */
async function textIn(exchange: Exchange): Promise<{ readonly text: string; readonly digest: string }> {
  const content = await contentWhole(exchange, LONGEST_PLAYLIST);
  const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(content), digest };
}

async function receivedTracks(
  tracks: readonly Track[],
  traffic: Traffic,
  most: number,
): Promise<readonly Received[] | string> {
  const all: Received[] = [];
  for (const track of tracks) {
    const received = await receivedTrack(track, traffic, most);
    if (typeof received === "string") return received;
    all.push(received);
  }
  return all;
}

async function receivedTrack(
  { kind, playlists, segments, seconds }: Track,
  traffic: Traffic,
  most: number,
): Promise<Received | string> {
  const stretches = await stretchesOf(segments, traffic, most);
  if (typeof stretches === "string") return stretches;
  const joining = join(stretches, traffic.budget, traffic.isFetched);
  if (joining.count > MOST_PARTS) return TOO_MANY_PARTS;
  const lengths = stretches.map(({ slices }) => slices.reduce((sum, { from, to }) => sum + to - from, 0));
  let mediaType: string | undefined;
  return {
    headers: [],
    content: (bytes) =>
      ofOneForm(joining.content(bytes), lengths, (form) => (mediaType = SEGMENT_TYPES[`${kind} ${form}`])),
    together: {
      joining,
      told: () => ({ of: "playlist", playlists, parts: joining.parts() }),
      mediaType: () => mediaType,
      seconds,
    },
  };
}

/** The segments in their order; all ranges of one address from one version of what lies there. */
async function stretchesOf(
  segments: readonly Segment[],
  traffic: Traffic,
  most: number,
): Promise<readonly Stretch[] | string> {
  const stretches = new Map<Segment, Stretch>();
  for (const [url, some] of Map.groupBy(segments, (segment) => segment.url)) {
    const answers = answersAt(url, traffic);
    if (typeof answers === "string") return answers;
    const covered = cover(
      await piecesOf(answers, most, traffic.budget),
      some.map(({ span }) => span),
    );
    if (typeof covered === "string") {
      if (covered !== ONLY_PART) return covered;
      return stretches.size === 0 && answers.length === 0 ? NONE_CAME : SOME_MISSING;
    }
    for (const [i, segment] of some.entries())
      stretches.set(segment, { slices: covered.slices[i] ?? [], version: covered.version });
  }
  return segments.flatMap((segment) => stretches.get(segment) ?? []);
}

const NONE_CAME = "Of its parts only the list came.";
const SOME_MISSING = "It came in parts, and some of them are missing; those that came are in the archive.";
