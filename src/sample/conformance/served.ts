/** What a conformance server heard and said, and how it finds its answers. */
import type { Answer, Asked, ConformancePage, Field, Place } from "./answer.ts";

export interface Served {
  readonly origin: string;
  readonly protocol: "http/1.1" | "h2";
  readonly method: string;
  readonly path: string;
  /** HTTP/1: request line and headers as they came. */
  readonly requestHead?: Buffer;
  /** In order; over HTTP/2 without pseudo-headers. */
  readonly requestHeaders: readonly Field[];
  readonly requestBody: readonly Buffer[];
  readonly status: number;
  /** HTTP/1: status line and headers as they were sent. */
  readonly responseHead?: Buffer;
  readonly responseHeaders: readonly Field[];
  /** Of the server that was asked, DER in base64; none without TLS. */
  readonly certificate?: string;
  /** The body's bytes handed to the connection so far, HTTP/1's chunk framing included. */
  readonly written: Buffer[];
  /** All of it was, and the response was ended. */
  whole: boolean;
}

export interface ConformanceServer extends AsyncDisposable {
  readonly origin: string;
  /** In the order the requests came. */
  readonly served: readonly Served[];
}

export type Answering = (asked: Asked) => Answer;

/** Answers for `pages` at `place`; anything else is not found. */
export function answering(pages: readonly ConformancePage[], place: Place): Answering {
  const all = new Map<string, Answer | ((asked: Asked) => Answer)>(
    pages.flatMap(({ name, answers }) =>
      Object.entries(answers(place)).map(([path, answer]) => [`/${name}/${path}`, answer] as const),
    ),
  );
  return (asked) => {
    const found = all.get(asked.path.replace(/\?.*$/, ""));
    if (found === undefined) return { status: 404, headers: [], pieces: [Buffer.from("none")], length: 4 };
    return typeof found === "function" ? found(asked) : found;
  };
}

/** Writes an answer's body piece by piece; `write` resolves once there is room for more, false where nobody listens any longer. */
export async function pour(
  answer: Answer,
  served: Served,
  frame: (piece: Buffer) => Buffer,
  write: (bytes: Buffer) => Promise<boolean>,
): Promise<boolean> {
  for (const piece of answer.pieces ?? []) {
    const bytes = frame(piece);
    served.written.push(bytes);
    if (!(await write(bytes))) return false;
    if (answer.pause !== undefined) await new Promise((done) => setTimeout(done, answer.pause));
  }
  return true;
}
