/** What a page of the conformance site is: addresses and what the server answers there, whatever the protocol. */

/** In the order sent; a name may stand there more than once. */
export type Field = readonly [name: string, value: string];

export interface Answer {
  readonly status: number;
  /** Without the framing's own (Content-Length, Transfer-Encoding). */
  readonly headers: readonly Field[];
  /** The body, piece by piece; may have no end. None where undefined. */
  readonly pieces?: Iterable<Buffer>;
  /** Whether HTTP/1 declares the length; otherwise the body goes in chunks, one a piece. */
  readonly length?: number;
  /** Milliseconds between the pieces. */
  readonly pause?: number;
  /** The response is not ended after its last piece. */
  readonly open?: boolean;
}

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined;
}

/** Where the page stands, so that it can lead elsewhere. */
export interface Place {
  readonly origin: string;
  /** Another site, answering the same. */
  readonly other: string;
  /** Where WebSockets are answered: "ws://…" or "wss://…". */
  readonly sockets: string;
}

type Answers = Readonly<Record<string, Answer | ((asked: Asked) => Answer)>>;

export interface ConformancePage {
  /** Its folder: everything of it stands below `/<name>/`. */
  readonly name: string;
  /** By path below the folder, without query; "" is the page itself. */
  readonly answers: (place: Place) => Answers;
  /** Answers that a browser may choose not to ask for. */
  readonly unasked?: readonly string[];
  /** Addresses whose bodies have no end or are given up by the page: of these only a beginning can be recorded. */
  readonly cut?: readonly string[];
  /** Addresses of which a browser may choose to read a beginning only. All others are to be recorded whole. */
  readonly mayBeCut?: readonly string[];
}

/** Where a page's script tells, by `path` and `bytes` in the query, how much of a body it was handed: what a record must have at the least. */
export const READ = "read";

/** For scripts of pages: `tell(path, bytes)`. */
export const TELLING = `const tell = (path, bytes) => fetch("${READ}?path=" + path + "&bytes=" + bytes).then((answer) => answer.text());`;

const CORS: readonly Field[] = [["Access-Control-Allow-Origin", "*"]];

export function body(type: string, content: string | Buffer, more: readonly Field[] = []): Answer {
  const bytes = Buffer.from(content as string);
  return { status: 200, headers: [["Content-Type", type], ...CORS, ...more], pieces: [bytes], length: bytes.length };
}

export function html(title: string, content: string, more: readonly Field[] = []): Answer {
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
<h1>${title}</h1><p>A page of Townsquare's proving ground. Nobody on it exists.</p>
${content}`;
  return body("text/html; charset=utf-8", text, more);
}

/**
 * Keeps a page from rest, by a number that runs, until its script calls `clearInterval(running)`: for what captures do not
 * wait for by itself, since the page's own traffic does not show it.
 */
export const RUNNING = `<p>Still at it: <b id="n">0</b></p><script>
  const running = setInterval(() => { document.getElementById("n").textContent++; }, 30);
</script>`;

export const script = (code: string): Answer => body("text/javascript", code);
export const text = (content: string): Answer => body("text/plain", content);

/** A picture of one pixel. */
export const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
export const picture = (): Answer => body("image/png", DOT);
