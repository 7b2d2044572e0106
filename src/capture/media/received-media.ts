/** Of what was received at an address, the content that can be a file: one whole answer, or several that make up the whole. */
import { contentOf } from "../netlog/content.ts";
import { isTransferCoded } from "../netlog/entity.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { withoutFragment } from "../page/same-page.ts";
import { type Joining, join, MOST_PARTS, type Part } from "./join.ts";
import { contentRange, cover, ONLY_PART, piecesOf, type ReadBudget, TOO_MANY_PARTS } from "./pieces.ts";
import type { ReadList } from "./presentation.ts";

export const MOST_REDIRECTS = 20;

/** How a file was put together: each part in order. */
export interface Joined {
  /** Ranges of what lies at one address, or what a playlist lists. */
  readonly of: "ranges" | "playlist";
  /** The lists that led to it, the last its own. */
  readonly playlists?: readonly ReadList[];
  readonly parts: readonly Part[];
}

export interface Received {
  /** Of the answer, or the first of several. */
  readonly headers: readonly Header[];
  /** Never more than `most` bytes; each piece is good until the next is asked for. Throws as `contentOf` does. */
  content(most: number): AsyncIterable<Uint8Array>;
  /** Where it came in several answers. */
  readonly together?: Together;
}

interface Together {
  readonly joining: Joining;
  /** Known once the content was read. */
  told(): Joined;
  /** What the bytes are, where that is known better than servers say; known once the content was read. */
  mediaType?(): string | undefined;
  /** How long its list says that it is. */
  readonly seconds?: number;
}

export interface Traffic {
  readonly byUrl: ReadonlyMap<string, readonly Exchange[]>;
  /** Whether the capture asked for it, and not the page. */
  isFetched(exchange: Exchange): boolean;
  readonly budget: ReadBudget;
}

/** The content, or a sentence that says why there is none. Throws `unsupported` where there are too many pieces, and `storage`. */
export async function receivedAt(address: string, traffic: Traffic, most: number): Promise<Received | string> {
  if (!/^https?:/i.test(address)) return "It has no address on the web.";
  const answers = answersAt(address, traffic);
  if (typeof answers === "string") return answers;
  const whole = answers.find((exchange) => whyNotWhole(exchange) === undefined && !traffic.isFetched(exchange));
  if (whole !== undefined) return { headers: whole.responseHeaders, content: (bytes) => contentOf(whole, bytes) };
  return (await joinedOf(answers, traffic, most)) ?? whyNoneOf(answers);
}

/** All that came there, or where the browser was sent on to from there; or why nothing did. */
export function answersAt(address: string, { byUrl }: Traffic): readonly Exchange[] | string {
  let url = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answers = (byUrl.get(url) ?? []).filter(({ method }) => method === "GET");
    const onward = answers.some((exchange) => whyNotWhole(exchange) === undefined)
      ? undefined
      : answers.find(({ redirectedTo }) => redirectedTo !== undefined)?.redirectedTo;
    if (onward === undefined) return answers;
    url = withoutFragment(onward);
  }
  return "It is sent on too many times.";
}

const TOO_LARGE = "It is larger than is kept as a file of its own.";

/** Nothing where no answer is to a range: then one that broke off says more of what went wrong. One is enough where the capture asked for it. */
async function joinedOf(
  answers: readonly Exchange[],
  { isFetched, budget }: Traffic,
  most: number,
): Promise<Received | string | undefined> {
  const pieces = await piecesOf(answers, most, budget);
  if (!pieces.some(({ exchange }) => exchange.status === 206 || isFetched(exchange))) return undefined;
  const covered = cover(pieces, [undefined]);
  if (typeof covered === "string") return pieces.some(({ total }) => total > most) ? TOO_LARGE : covered;
  const slices = covered.slices.flat();
  const joining = join([{ slices, version: covered.version }], budget, isFetched);
  if (joining.count > MOST_PARTS) return TOO_MANY_PARTS;
  return {
    headers: slices[0]?.piece.exchange.responseHeaders ?? [],
    content: joining.content,
    together: { joining, told: () => ({ of: "ranges", parts: joining.parts() }) },
  };
}

function whyNoneOf(answers: readonly Exchange[]): string {
  return answers.map(whyNotWhole).findLast((why) => why !== undefined) ?? "The page did not fetch it.";
}

/** Undefined where it was received whole. */
export function whyNotWhole(exchange: Exchange): string | undefined {
  const { status, truncated, error } = exchange;
  if (status === 0) return "No answer came.";
  if (status !== 200 && status !== 206) return `The server answered with ${status}.`;
  if (truncated || error !== undefined) return "It was not received to its end.";
  if (status === 206 && !coversAll(exchange)) return ONLY_PART;
  return undefined;
}

/** Whether a part goes from the first byte to the last (RFC 9110 §14.4), and came so: what its server says of it may be untrue. */
function coversAll(exchange: Exchange): boolean {
  const { responseHeaders, responseBody } = exchange;
  const range = contentRange(valuesOf(responseHeaders, "content-range"));
  const isCoded = valuesOf(responseHeaders, "content-encoding").length > 0 || isTransferCoded(exchange);
  return (
    range !== undefined && !isCoded && range.from === 0 && range.to === range.total && responseBody.length === range.to
  );
}
