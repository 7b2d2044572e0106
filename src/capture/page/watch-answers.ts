/** What answers a page got, as far as it tells what is still to be asked for. What crossed the wire, the record says. */
import type { Page, Request, Response } from "playwright-core";
import { withoutFragment } from "./same-page.ts";

const MOST_ANSWERS = 20_000;
const LONGEST_ADDRESS = 8192;
const MOST_REDIRECTS = 20;

export interface SeenAnswer {
  readonly url: string;
  /** Where the page asked for it; redirects may have led on from there. */
  readonly askedAt: string;
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether all of it came. */
  readonly isWhole: boolean;
}

export interface SeenAnswers {
  /** Where the page was sent on to from there, or the address itself; undefined where it asked for nothing there. */
  end(url: string): string | undefined;
  at(url: string): readonly SeenAnswer[];
  readonly all: readonly SeenAnswer[];
}

/** For as long as the page is there. */
export function watchAnswers(page: Page): SeenAnswers {
  const all: { -readonly [name in keyof SeenAnswer]: SeenAnswer[name] }[] = [];
  const byUrl = new Map<string, SeenAnswer[]>();
  const byRequest = new WeakMap<Request, (typeof all)[number]>();
  const sentOn = new Map<string, string>();
  const firsts = new WeakMap<Request, string>();
  page.on("response", (response: Response) => {
    const request = response.request();
    const url = withoutFragment(request.url());
    if (all.length >= MOST_ANSWERS || url.length > LONGEST_ADDRESS || request.method() !== "GET") return;
    const from = request.redirectedFrom();
    if (from !== null) sentOn.set(withoutFragment(from.url()), url);
    const askedAt = (from === null ? undefined : firsts.get(from)) ?? url;
    firsts.set(request, askedAt);
    const answer = { url, askedAt, status: response.status(), headers: response.headers(), isWhole: false };
    all.push(answer);
    byRequest.set(request, answer);
    const same = byUrl.get(url);
    if (same === undefined) byUrl.set(url, [answer]);
    else same.push(answer);
  });
  page.on("requestfinished", (request) => {
    const answer = byRequest.get(request);
    if (answer !== undefined) answer.isWhole = true;
  });
  return {
    all,
    at: (url) => byUrl.get(url) ?? [],
    end: (url) => {
      let at = url;
      for (let hop = 0; hop < MOST_REDIRECTS && sentOn.has(at); hop++) at = sentOn.get(at) ?? at;
      return byUrl.has(at) ? at : undefined;
    },
  };
}
