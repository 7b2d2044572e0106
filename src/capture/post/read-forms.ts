/** Other forms of the post, read out of the traffic: those that were asked for, and those the page fetched for itself. */
import { isPlacardError } from "../../lib/error.ts";
import { contentWhole } from "../netlog/content.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { withoutFragment } from "../page/same-page.ts";
import { type AskedForm, type FormKind, LONGEST_FORM } from "./other-forms.ts";

export interface OtherForm {
  readonly kind: FormKind;
  /** Where it was asked for; redirects may have led on from there. */
  readonly url: string;
  /** JSON, of anyone's. */
  readonly text: string;
}

const MOST_REDIRECTS = 5;
const MOST_OF_PAGE = 5;
/** What the AT Protocol's applications ask their server for to show a post (lexicons app.bsky.feed, app.bsky.unspecced). */
const AT_POSTS = /^\/xrpc\/app\.bsky\.(?:feed\.getPostThread|feed\.getPosts|unspecced\.getPostThreadV2)$/;

/** Those that were received whole, as JSON of at most a mebibyte. Throws `storage`. */
export async function readForms(
  exchanges: readonly Exchange[],
  asked: readonly AskedForm[],
): Promise<readonly OtherForm[]> {
  const found: readonly (readonly [FormKind, string, Exchange | undefined])[] = [
    ...asked.map(({ kind, url, accept }) => [kind, url, answerTo(url, accept, exchanges)] as const),
    ...exchanges
      .filter((exchange) => AT_POSTS.test(URL.parse(exchange.url)?.pathname ?? "") && isWholeJson(exchange))
      .slice(0, MOST_OF_PAGE)
      .map((exchange) => ["AT Protocol", exchange.url, exchange] as const),
  ];
  const forms: OtherForm[] = [];
  for (const [kind, url, exchange] of found) {
    const text = exchange === undefined ? undefined : await textOf(exchange);
    if (text !== undefined) forms.push({ kind, url, text });
  }
  return forms;
}

/** The page may have fetched the same address for itself, in another form. */
function answerTo(url: string, accept: string, exchanges: readonly Exchange[]): Exchange | undefined {
  let at = withoutFragment(url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = exchanges.findLast(
      (exchange) => exchange.url === at && valuesOf(exchange.requestHeaders, "accept").includes(accept),
    );
    if (answer?.redirectedTo === undefined) return answer !== undefined && isWholeJson(answer) ? answer : undefined;
    at = withoutFragment(answer.redirectedTo);
  }
  return undefined;
}

function isWholeJson({ method, status, truncated, error, responseHeaders }: Exchange): boolean {
  const [type = ""] = valuesOf(responseHeaders, "content-type");
  const isJson = /^application\/(?:[\w.-]{1,60}\+)?json(?:\+oembed)?\s*(?:;|$)/i.test(type.trim());
  return method === "GET" && status === 200 && !truncated && error === undefined && isJson;
}

async function textOf(exchange: Exchange): Promise<string | undefined> {
  try {
    const bytes = await contentWhole(exchange, LONGEST_FORM);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (isPlacardError(error, "storage")) throw error;
    return undefined; // It says nothing, and its bytes are in the archive.
  }
}
