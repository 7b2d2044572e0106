/** The rest of the post's media: of what the page itself asked for and got in part, the capture asks for what is missing. */
import type { Browser } from "playwright-core";
import { withoutFragment } from "../page/same-page.ts";
import type { SeenAnswer, SeenAnswers } from "../page/watch-answers.ts";
import { askApart } from "../post/own-origin.ts";
import type { Stream } from "../post/post-element.ts";
import { askSegments, type WantedLists } from "./ask-segments.ts";
import { type AskedPart, type Asking, openAsking } from "./asking.ts";
import { type ContentRange, contentRange, type Span } from "./pieces.ts";
import { isPlaylist } from "./playlist.ts";
import { LONGEST_FILE, LONGEST_IN_ALL } from "./post-media.ts";
import { strongMarksOf } from "./validators.ts";

/** Milliseconds for all of them together, where the capture has so many left. */
const PATIENCE = 20_000;
/** More gaps than this are not asked for one by one. */
const MOST_GAPS = 50;
/** Answers to one question: a server may give less at a time than it is asked for. */
const MOST_TURNS = 200;

export interface Rest {
  /** Of the post's media, as the page has them. */
  readonly addresses: readonly string[];
  /** Of these, what a script puts together. */
  readonly streams: readonly Stream[];
  readonly seen: SeenAnswers;
  /** `performance.now()` time. */
  readonly until: number;
  /** Bytes for which there is room. */
  readonly room: number;
  /** Called where something is to be asked for. */
  readonly onAsk: () => void;
}

/** Resolves when all has come, or time is up, with what was asked for; what came is in the network log. Never throws. */
export async function askRest(browser: Browser | null, rest: Rest): Promise<readonly AskedPart[]> {
  const { seen, until, room, onAsk } = rest;
  const lists = listsWanted(rest);
  const inPart = startedOf(rest).flatMap((url) => {
    const rest = lists.direct.includes(url) ? undefined : restOf(seen.at(url));
    return rest === undefined ? [] : [{ url, rest }];
  });
  const patience = Math.min(PATIENCE, until - performance.now());
  if ((inPart.length === 0 && lists.direct.length + lists.streamed.length === 0) || patience <= 0) return [];
  onAsk();
  let asked: readonly AskedPart[] = [];
  await askApart(browser, patience, async (context) => {
    const bounds = { until: performance.now() + patience, room: Math.min(LONGEST_IN_ALL, room) };
    const asking = openAsking(context, bounds);
    asked = asking.asked;
    for (const { url, rest } of inPart) await askMissing(asking, url, rest);
    await askSegments(asking, seen, lists);
  });
  return asked;
}

function startedOf({ addresses, seen }: Rest): readonly string[] {
  return [...new Set(addresses.flatMap((address) => seen.end(withoutFragment(address)) ?? []))];
}

/** Lists of segments: those that are the post's media themselves, and where a script plays something in it all that the page fetched. */
function listsWanted({ addresses, streams, seen }: Rest): WantedLists {
  const all = seen.all.filter(({ url, headers }) => isPlaylist(url, headers["content-type"] ?? ""));
  const bare = new Set(addresses.map(withoutFragment));
  const direct = all.filter(({ url, askedAt }) => bare.has(url) || bare.has(askedAt));
  return {
    direct: [...new Set(direct.map(({ askedAt }) => askedAt))],
    streamed: streams.length === 1 ? [...new Set(all.map(({ askedAt }) => askedAt))] : [],
  };
}

/** What is missing of something that came in part. */
interface Missing {
  readonly spans: readonly Span[];
  readonly total: number;
  /** What says for certain of which version that is which came; nothing where nothing does. */
  readonly marks: readonly string[];
}

/** Parts that nothing says to be of one version are not put together: then all of it is asked for, once. */
async function askMissing(asking: Asking, url: string, { spans, total, marks }: Missing): Promise<void> {
  if (marks.length > 0 && !(await isLeftUntold(asking, url, spans, marks))) return;
  if (total <= asking.left()) await asking.ask(url, { most: LONGEST_FILE });
}

/** Asks for the spans; whether it ended at an answer that does not say of which version it is. */
async function isLeftUntold(
  asking: Asking,
  url: string,
  spans: readonly Span[],
  marks: readonly string[],
): Promise<boolean> {
  const wanted = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  if (wanted > asking.left()) return false; // Half of it would be no file.
  for (const span of spans) {
    let at = span.from;
    for (let turn = 0; at < span.to && turn < MOST_TURNS; turn++) {
      const told = await asking.ask(url, { span: { from: at, to: span.to } });
      const range = contentRange([told?.contentRange ?? ""]);
      if (told?.status !== 206 || range?.from !== at || told.bytes !== range.to - range.from) return false;
      const said = strongMarksOf((name) => told.validators[name]);
      if (!said.some((mark) => marks.includes(mark))) return said.length === 0;
      at = range.to;
    }
  }
  return false;
}

/** Undefined where nothing is missing of what came in part, or the server gives no parts. */
function restOf(answers: readonly SeenAnswer[]): Missing | undefined {
  if (answers.some(({ status, isWhole }) => status === 200 && isWhole)) return undefined;
  const newest = answers.findLast((answer) => wholeOf(answer) !== undefined);
  const whole = newest && wholeOf(newest);
  if (newest === undefined || whole === undefined || whole.total > LONGEST_FILE) return undefined;
  const { total } = whole;
  const marks = marksIn(newest);
  const came = answers.flatMap((answer) => {
    const range = answer.isWhole ? wholeOf(answer) : undefined;
    const isOfIt = answer === newest || marksIn(answer).some((mark) => marks.includes(mark));
    return isOfIt && range?.total === total ? [range] : [];
  });
  const gaps = gapsIn(came, total);
  if (gaps.length === 0) return undefined;
  return { spans: gaps.length <= MOST_GAPS ? gaps : [{ from: 0, to: total }], total, marks };
}

function marksIn({ headers }: SeenAnswer): readonly string[] {
  return strongMarksOf((name) => headers[name]);
}

/** What an answer gives, or begins to give, of something that is to be had in parts. */
function wholeOf({ status, headers }: SeenAnswer): ContentRange | undefined {
  if (headers["content-encoding"] !== undefined) return undefined;
  if (status === 206) return contentRange([headers["content-range"] ?? ""]);
  const length = headers["content-length"] ?? "";
  const isInParts = status === 200 && /\bbytes\b/i.test(headers["accept-ranges"] ?? "");
  if (!isInParts || !/^[1-9]\d{0,14}$/.test(length)) return undefined;
  return { from: 0, to: Number(length), total: Number(length) };
}

function gapsIn(came: readonly Span[], total: number): readonly Span[] {
  const gaps: Span[] = [];
  let at = 0;
  for (const { from, to } of came.toSorted((a, b) => a.from - b.from)) {
    if (from > at) gaps.push({ from: at, to: from });
    at = Math.max(at, to);
  }
  if (at < total) gaps.push({ from: at, to: total });
  return gaps;
}
