/** What was recorded of a conformance page, held against what its servers wrote down. */
import { type ConformancePage, type Field, READ } from "./answer.ts";
import type { Served } from "./served.ts";

/** One request and its answer, wherever they are recorded. Heads with their empty line, bodies with their framing. */
export interface Recorded {
  /** A WebSocket's begins with `ws`. */
  readonly url: string;
  readonly method: string;
  /** "http/1.1", "h2". */
  readonly protocol: string;
  readonly requestHead: Buffer;
  readonly requestBody: Buffer;
  /** Certificates of its connection, DER in base64, the server's own first; undefined where that is not looked at. */
  readonly chain?: readonly string[];
  readonly response?: { readonly head: Buffer; readonly body: Buffer; readonly truncated: boolean };
}

/** How many requests the servers saw, and of how many the archive holds what. Each should be all of them. */
export interface Figures {
  seen: number;
  recorded: number;
  /** Recorded requests that no server saw. */
  invented: number;
  requestHeads: number;
  requestBodies: number;
  responseHeads: number;
  /**
   * Byte for byte what the server wrote. Of what a page says may be cut also a beginning of that, where it is marked so and
   * has at least what the page was handed.
   */
  bodies: number;
  bytes: number;
  protocols: number;
  /** Of connections with TLS, those of which the server's own certificate is kept. */
  certificates: number;
  /** Streams that were cut, and how many of them are marked so. */
  cut: number;
  cutMarked: number;
  /** What does not hold, in words. */
  readonly wrong: string[];
}

export function noFigures(): Figures {
  return {
    seen: 0,
    recorded: 0,
    invented: 0,
    requestHeads: 0,
    requestBodies: 0,
    responseHeads: 0,
    bodies: 0,
    bytes: 0,
    protocols: 0,
    certificates: 0,
    cut: 0,
    cutMarked: 0,
    wrong: [],
  };
}

/** Adds what `recorded` holds of `served` to `figures`. `pages` say of which bodies a beginning is enough. */
export function compare(
  served: readonly Served[],
  recorded: readonly Recorded[],
  figures: Figures,
  pages: readonly ConformancePage[],
): void {
  const left = [...recorded];
  const mayBeCut = cutPaths(pages);
  const handed = handedToPages(served);
  for (const one of served) {
    figures.seen += 1;
    const index = likest(left, one);
    const found = left[index];
    if (found === undefined) {
      figures.wrong.push(`${one.method} ${one.origin}${one.path}: not recorded`);
      continue;
    }
    left.splice(index, 1);
    figures.recorded += 1;
    const leastBytes = mayBeCut.has(pathOf(one)) ? (handed.get(one) ?? "none") : "all";
    compareOne(one, found, figures, leastBytes);
  }
  figures.invented += left.length;
  for (const { method, url } of left) figures.wrong.push(`${method} ${url}: no server saw it`);
}

/** Bytes of content that a record must have; "none" where it may lack the answer altogether. */
type Least = number | "none" | "all";

const pathOf = ({ path }: Served): string => path.replace(/\?.*$/, "");

function cutPaths(pages: readonly ConformancePage[]): ReadonlySet<string> {
  return new Set(
    pages.flatMap(({ name, cut = [], mayBeCut = [] }) => [...cut, ...mayBeCut].map((path) => `/${name}/${path}`)),
  );
}

/** By the first request of an address, the most that its page's script said to have been handed of the answer. */
function handedToPages(served: readonly Served[]): ReadonlyMap<Served, number> {
  const handed = new Map<Served, number>();
  for (const one of served) {
    if (!pathOf(one).endsWith(`/${READ}`)) continue;
    const { searchParams } = new URL(one.path, one.origin);
    const path = pathOf(one).slice(0, -READ.length) + searchParams.get("path");
    const first = served.find((other) => pathOf(other) === path);
    if (first !== undefined) handed.set(first, Math.max(handed.get(first) ?? 0, Number(searchParams.get("bytes"))));
  }
  return handed;
}

/** Of the same address and method, the one that agrees best: the same may be asked for more than once. */
function likest(left: readonly Recorded[], served: Served): number {
  const url = `${served.origin}${served.path}`;
  let best = -1;
  let most = -1;
  for (const [index, one] of left.entries()) {
    if (one.method !== served.method || one.url.replace(/^ws/, "http") !== url) continue;
    const same = sameBody(served, one);
    const agrees = (sameRequestHead(served, one) ? 3 : 0) + (same === "whole" ? 2 : same === "beginning" ? 1 : 0);
    if (agrees > most) [best, most] = [index, agrees];
  }
  return best;
}

function compareOne(served: Served, recorded: Recorded, figures: Figures, least: Least): void {
  const wrong = (what: string): number =>
    figures.wrong.push(`${served.method} ${served.origin}${served.path}: ${what}`);
  if (sameRequestHead(served, recorded)) figures.requestHeads += 1;
  else
    wrong(
      `request head\n${recorded.requestHead.toString("latin1")}\n— the server heard\n${JSON.stringify(served.requestHeaders)}`,
    );
  if (Buffer.concat(served.requestBody).equals(recorded.requestBody)) figures.requestBodies += 1;
  else wrong("request body");
  const { response, protocol } = recorded;
  if (protocol === served.protocol) figures.protocols += 1;
  else wrong(`protocol ${protocol}`);
  const { certificate } = served;
  if (recorded.chain !== undefined && certificate !== undefined) {
    if (recorded.chain[0] === certificate) figures.certificates += 1;
    else wrong("the certificate is that of another connection");
  }
  if (response === undefined) {
    // Given up before an answer came: nothing of it reached the browser.
    if (least !== "none") return void wrong("no response recorded");
    figures.cut += 1;
    figures.cutMarked += 1;
    figures.responseHeads += 1;
    figures.bodies += 1;
    return;
  }
  if (sameResponseHead(served, response.head)) figures.responseHeads += 1;
  else
    wrong(
      `response head\n${response.head.toString("latin1")}\n— the server said\n${JSON.stringify(served.responseHeaders)}`,
    );
  compareBody(served, recorded, figures, least, wrong);
}

function compareBody(
  served: Served,
  recorded: Recorded,
  figures: Figures,
  least: Least,
  wrong: (what: string) => void,
): void {
  const { body, truncated } = recorded.response as NonNullable<Recorded["response"]>;
  figures.bytes += body.length;
  const same = sameBody(served, recorded);
  if (same === undefined) return void wrong(`body of ${body.length} bytes`);
  const isCut = !served.whole || same === "beginning";
  if (isCut) {
    figures.cut += 1;
    if (truncated) figures.cutMarked += 1;
    else wrong("cut and not marked so");
  }
  if (least === "all") {
    if (isCut) return void wrong(`only ${body.length} bytes of a body that is to be whole`);
    if (truncated) return void wrong("whole and marked as cut");
  } else if (body.length < onTheWire(served, least)) {
    return void wrong(`only ${body.length} bytes of a body of which the page was handed ${least} bytes`);
  }
  if (!isCut || truncated) figures.bodies += 1;
}

/** How many bytes crossed the wire until the page could be handed so much content: HTTP/1's chunks have frames. */
function onTheWire({ written, responseHeaders }: Served, content: number | "none"): number {
  if (content === "none") return 0;
  if (!responseHeaders.some(([name]) => name.toLowerCase() === "transfer-encoding")) return content;
  let wire = 0;
  let left = content;
  for (const piece of written) {
    if (left <= 0) break;
    const head = piece.indexOf("\r\n") + 2;
    const held = Math.min(left, piece.length - head - 2);
    wire += head + held;
    left -= held;
    if (left > 0) wire += 2;
  }
  return wire;
}

function fieldsOf(head: Buffer): readonly Field[] {
  const [, ...lines] = head.toString("latin1").trimEnd().split("\r\n");
  return lines.map((line): Field => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
}

function sameFields(a: readonly Field[], b: readonly Field[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Over HTTP/2 a browser may part a cookie header, and who writes it down elsewhere joins it (RFC 9113 §8.2.3). */
function joinedCookies(fields: readonly Field[]): readonly Field[] {
  const cookies = fields.filter(([name]) => name === "cookie").map(([, value]) => value);
  const first = fields.findIndex(([name]) => name === "cookie");
  return fields
    .map((field, i): Field => (i === first ? ["cookie", cookies.join("; ")] : field))
    .filter(([name], i) => name !== "cookie" || i === first);
}

/** Over HTTP/1 byte for byte; over HTTP/2 the same fields in the same order, behind `host`. */
function sameRequestHead(served: Served, { requestHead }: Recorded): boolean {
  if (served.requestHead !== undefined) return requestHead.equals(served.requestHead);
  const [host, ...fields] = fieldsOf(requestHead);
  return (
    sameFields([host as Field], [["host", new URL(served.origin).host]]) &&
    sameFields(fields, joinedCookies(served.requestHeaders))
  );
}

function sameResponseHead(served: Served, head: Buffer): boolean {
  if (served.responseHead !== undefined) return head.equals(served.responseHead);
  const statusLine = head.toString("latin1", 0, 13);
  return statusLine === `HTTP/1.1 ${served.status} ` && sameFields(fieldsOf(head), served.responseHeaders);
}

/** "whole" where all the server wrote is there, "beginning" where only the first part of it is. A handshake has no body. */
function sameBody({ written, status }: Served, { response }: Recorded): "whole" | "beginning" | undefined {
  let rest: Buffer = response?.body ?? Buffer.alloc(0);
  if (status === 101) return rest.length === 0 ? "whole" : undefined;
  for (const piece of written) {
    const part = rest.subarray(0, piece.length);
    if (!part.equals(piece.subarray(0, part.length))) return undefined;
    rest = rest.subarray(part.length);
    if (part.length < piece.length) return "beginning";
  }
  return rest.length === 0 ? "whole" : undefined;
}
