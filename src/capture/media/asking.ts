/** One address after the other, asked for by the capture itself (post/own-origin.ts), and what was asked, to tell it apart in the record. */
import type { BrowserContext, Page } from "playwright-core";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { withoutFragment } from "../page/same-page.ts";
import { emptyPageOf } from "../post/own-origin.ts";
import type { Span } from "./pieces.ts";

/** Servers that are asked, and how often all of them together. */
const MOST_ORIGINS = 8;
const MOST_ASKED = 2000;

export interface AskedPart {
  readonly url: string;
  /** As the request's header has it; undefined where all was asked for. */
  readonly range: string | undefined;
}

export interface Told {
  readonly status: number;
  /** Where it was in the end. */
  readonly url: string;
  readonly contentRange: string;
  /** What it says of its version, by name; empty where it says nothing. */
  readonly validators: Readonly<Record<"etag" | "last-modified" | "date", string>>;
  /** Bytes of content that came. */
  readonly bytes: number;
  /** Where it was to be kept. */
  readonly text: string;
}

export interface Asking {
  readonly asked: readonly AskedPart[];
  /** Bytes that may yet come. */
  left(): number;
  /** What came, to its end; undefined where it did not, or is longer than `most` or than may yet come. Never throws. */
  ask(
    url: string,
    wanted?: { readonly span?: Span; readonly most?: number; readonly keep?: boolean },
  ): Promise<Told | undefined>;
}

export interface AskingBounds {
  /** `performance.now()` time. */
  readonly until: number;
  /** Bytes of all answers together. */
  readonly room: number;
}

export function openAsking(context: BrowserContext, { until, room }: AskingBounds): Asking {
  const asked: AskedPart[] = [];
  const pages = new Map<string, Promise<Page>>();
  let left = room;
  const pageOf = (origin: string): Promise<Page> | undefined => {
    if (!pages.has(origin) && pages.size < MOST_ORIGINS)
      pages.set(origin, emptyPageOf(context, origin, Math.max(1, until - performance.now())));
    return pages.get(origin);
  };
  return {
    asked,
    left: () => left,
    ask: async (url, { span, most = left, keep = false } = {}) => {
      const patience = Math.floor(until - performance.now());
      const length = Math.min(most, left);
      if (patience <= 0 || length <= 0 || asked.length >= MOST_ASKED || !/^https?:/i.test(url)) return undefined;
      const range = span === undefined ? undefined : `bytes=${span.from}-${span.to - 1}`;
      left -= length; // Others may be asked meanwhile; what did not come is given back.
      let came = 0;
      try {
        const page = await pageOf(new URL(url).origin);
        if (page === undefined) return undefined;
        asked.push({ url: withoutFragment(url), range });
        const wanted = JSON.stringify([url, range ?? null, length, patience, keep]);
        const told = (await page.evaluate(`(${FETCH})(${wanted})`)) as Told & { readonly isWhole: boolean };
        came = Math.min(length, told.bytes);
        return told.isWhole ? told : undefined;
      } catch {
        return undefined; // It says nothing; what came is in the record.
      } finally {
        left += length - came;
      }
    },
  };
}

/** Of any language: the sign by which these requests are known in the record. The same of every server, and asks nothing of it. */
const SIGN = "*";

/** Source of a function that reads an address to its end, or until it is too long. */
const FETCH = `async ([url, range, most, patience, keep]) => {
  const answer = await fetch(url, { headers: { "accept-language": "${SIGN}", ...(range === null ? {} : { range }) }, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: AbortSignal.timeout(patience) });
  const told = { status: answer.status, url: answer.url, contentRange: answer.headers.get("content-range") ?? "", validators: Object.fromEntries(["etag", "last-modified", "date"].map((name) => [name, answer.headers.get(name) ?? ""])), bytes: 0, text: "", isWhole: true };
  const decoder = new TextDecoder();
  const reader = answer.body?.getReader();
  while (reader !== undefined) {
    const { done, value, failed } = await reader.read().catch(() => ({ failed: true }));
    if (done) break;
    told.bytes += value?.length ?? 0;
    if (failed || told.bytes > most) {
      await reader.cancel().catch(() => undefined);
      return { ...told, isWhole: false, text: "" };
    }
    if (keep) told.text += decoder.decode(value, { stream: true });
  }
  return told;
}`;

/**
 * Of recorded answers, those to what was asked for by the capture and not by the page: without cookies or a referrer, in
 * the very words; and those such an answer led on to.
 */
export function answersToAsked(exchanges: readonly Exchange[], asked: readonly AskedPart[]): ReadonlySet<Exchange> {
  const wanted = new Set(asked.map(({ url, range }) => keyOf(url, range)));
  const found = new Set<Exchange>();
  if (wanted.size === 0) return found;
  for (const exchange of exchanges) {
    const { url, requestHeaders, redirectedTo } = exchange;
    const [range] = valuesOf(requestHeaders, "range");
    if (!wanted.has(keyOf(url, range)) || !isApart(exchange)) continue;
    found.add(exchange);
    if (redirectedTo !== undefined) wanted.add(keyOf(withoutFragment(redirectedTo), range));
  }
  return found;
}

const keyOf = (url: string, range: string | undefined): string => `${range ?? ""} ${url}`;

function isApart({ method, requestHeaders }: Exchange): boolean {
  const has = (name: string): boolean => valuesOf(requestHeaders, name).length > 0;
  return (
    method === "GET" && !has("cookie") && !has("referer") && valuesOf(requestHeaders, "accept-language").includes(SIGN)
  );
}
