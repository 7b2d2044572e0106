import { type ChunkScanner, scanChunks } from "../../lib/chunked.ts";
import type { Header } from "./exchange.ts";
import { parseHead, parseStatusLine, readHead, type StatusLine, valuesOf } from "./head.ts";

/** How far a response has come. "until-close": it lasts as long as the connection, so only the request layer knows its end. */
type Http1State = "head" | "body" | "until-close" | "complete" | "broken";

export interface Http1Response {
  readonly head: Uint8Array;
  readonly headers: readonly Header[];
  readonly statusLine: StatusLine | undefined;
}

export interface Http1Reader {
  push(bytes: Uint8Array): void;
  readonly state: Http1State;
  /** Bytes of the body without its framing. */
  readonly entityBytes: number;
}

export interface Http1Sink {
  /** The final response's head; interim ones (1xx) are passed over. */
  head(response: Http1Response): void;
  /** Bytes after the head, framing included. */
  body(bytes: Uint8Array): void;
  /** What came in one piece with the head of a 101 (RFC 9110 §15.2.2): the other protocol's first bytes. */
  switched(bytes: Uint8Array): void;
}

/** Parts one response from the bytes a connection received after a request (RFC 9112 §6.3). */
export function readHttp1Response(method: string, sink: Http1Sink): Http1Reader {
  const headReader = readHead();
  let state: Http1State = "head";
  let switched = false;
  let chunks: ChunkScanner | undefined;
  let remaining = 0;
  let entityBytes = 0;

  const takeHead = (head: Uint8Array): void => {
    const { firstLine, headers } = parseHead(head);
    const statusLine = parseStatusLine(firstLine);
    const status = statusLine?.status ?? 0;
    if (status >= 100 && status < 200 && status !== 101) return;
    sink.head({ head, headers, statusLine });
    switched = status === 101;
    if (method === "HEAD" || switched || status === 204 || status === 304) {
      state = "complete";
      return;
    }
    const framing = framingOf(headers);
    state = framing === "until-close" ? framing : "body";
    if (framing === "chunked") chunks = scanChunks();
    else if (framing !== "until-close") {
      remaining = framing;
      if (remaining === 0) state = "complete";
    }
  };

  const takeBody = (bytes: Uint8Array): void => {
    if (state === "until-close" || state === "broken") {
      if (state === "until-close") entityBytes += bytes.length;
      sink.body(bytes);
    } else if (chunks !== undefined) {
      const taken = chunks.push(bytes, (data) => {
        entityBytes += data.length;
      });
      sink.body(bytes.subarray(0, taken));
      if (chunks.state === "done") state = "complete";
      if (chunks.state === "broken") {
        state = "broken";
        sink.body(bytes.subarray(taken));
      }
    } else {
      const taken = bytes.subarray(0, remaining);
      remaining -= taken.length;
      entityBytes += taken.length;
      sink.body(taken);
      if (remaining === 0) state = "complete";
    }
  };

  return {
    get state() {
      return state;
    },
    get entityBytes() {
      return entityBytes;
    },
    push(bytes) {
      let rest = bytes;
      while (rest.length > 0 && state === "head") {
        const whole = headReader.push(rest);
        if (whole === undefined) {
          if (headReader.broken) state = "broken";
          return;
        }
        takeHead(whole.head);
        rest = whole.rest;
      }
      if (rest.length === 0) return;
      // What follows a complete response belongs to nobody: the next one starts with the next request.
      if (state !== "complete") takeBody(rest);
      else if (switched) sink.switched(rest);
    },
  };
}

function framingOf(headers: readonly Header[]): "chunked" | "until-close" | number {
  const codings = valuesOf(headers, "transfer-encoding").join(",").toLowerCase();
  if (codings !== "") return /(?:^|,)\s*chunked\s*$/.test(codings) ? "chunked" : "until-close";
  const lengths = new Set(
    valuesOf(headers, "content-length").flatMap((value) => value.split(",").map((v) => v.trim())),
  );
  const [length] = lengths;
  if (lengths.size !== 1 || length === undefined || !/^\d{1,15}$/.test(length)) return "until-close";
  return Number(length);
}
