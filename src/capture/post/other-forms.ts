/**
 * The other forms of a post that its page says are to be had: ActivityStreams (by content negotiation) and oEmbed. Asked for
 * once the page's picture is taken (own-origin.ts).
 */
import type { Browser, BrowserContext } from "playwright-core";
import { askApart, emptyPageOf } from "./own-origin.ts";

export type FormKind = "ActivityStreams" | "oEmbed" | "AT Protocol";

export interface AskedForm {
  readonly kind: FormKind;
  /** Where the page says it is to be had. */
  readonly url: string;
  readonly accept: string;
}

/** Milliseconds for all of them together. */
const PATIENCE = 3_000;
/** Bytes of an answer after which it is broken off. */
export const LONGEST_FORM = 1 << 20;
const LONGEST_LINK = 2000;

interface Links {
  readonly activityLink: string;
  readonly oembedLink: string;
}

/** What is to be asked for: nothing, on most pages. */
export function formsOf({ activityLink, oembedLink }: Links): readonly AskedForm[] {
  const all: readonly AskedForm[] = [
    { kind: "ActivityStreams", url: activityLink, accept: "application/activity+json" },
    { kind: "oEmbed", url: oembedLink, accept: "application/json" },
  ];
  return all.filter(({ url }) => url.length <= LONGEST_LINK && /^https?:$/.test(URL.parse(url)?.protocol ?? ""));
}

/** Resolves when all have come, or time is up; what came is in the network log. Never throws. */
export async function fetchForms(browser: Browser | null, forms: readonly AskedForm[]): Promise<void> {
  if (forms.length === 0) return;
  await askApart(browser, PATIENCE, async (context) => {
    const byOrigin = Map.groupBy(forms, ({ url }) => new URL(url).origin);
    await Promise.all([...byOrigin].map(([origin, some]) => fetchFrom(context, origin, some)));
  });
}

async function fetchFrom(context: BrowserContext, origin: string, forms: readonly AskedForm[]): Promise<void> {
  const page = await emptyPageOf(context, origin, PATIENCE);
  const asking = forms.map(({ url, accept }) => [url, accept, LONGEST_FORM, PATIENCE]);
  await page.evaluate(`Promise.allSettled(${JSON.stringify(asking)}.map(${FETCH})).then(() => undefined)`);
}

/** Source of a function that fetches an address and reads the answer to its end, or until it is too long. */
const FETCH = `async ([url, accept, most, patience]) => {
  const answer = await fetch(url, { headers: { accept }, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: AbortSignal.timeout(patience) });
  const reader = answer.body.getReader();
  for (let length = 0; length <= most; ) {
    const { done, value } = await reader.read();
    if (done) return;
    length += value.length;
  }
  await reader.cancel();
}`;
