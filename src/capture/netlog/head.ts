import type { Header } from "./exchange.ts";
import { headersOf } from "./params.ts";

/** Most that is taken for a head; Chromium itself gives up at 256 KiB. */
const MAX_HEAD = 512 * 1024;

/** Gathers bytes up to the empty line that ends a head (RFC 9112 §2.2: a bare line feed ends a line too). */
export interface HeadReader {
  /** Takes the next bytes; returns the head with its empty line once it is whole, and what follows it. */
  push(bytes: Uint8Array): { readonly head: Uint8Array; readonly rest: Uint8Array } | undefined;
  /** What has come so far of a head that is not whole. */
  readonly pending: Uint8Array;
  readonly broken: boolean;
}

export function readHead(): HeadReader {
  let gathered = Buffer.alloc(0);
  let broken = false;
  return {
    get pending() {
      return gathered;
    },
    get broken() {
      return broken;
    },
    push(bytes) {
      const searched = Math.max(0, gathered.length - 3);
      gathered = gathered.length === 0 ? Buffer.from(bytes) : Buffer.concat([gathered, bytes]);
      const end = endOfHead(gathered, searched);
      if (end === undefined) {
        if (gathered.length > MAX_HEAD) broken = true;
        return undefined;
      }
      const whole = gathered;
      gathered = Buffer.alloc(0);
      return { head: whole.subarray(0, end), rest: whole.subarray(end) };
    },
  };
}

function endOfHead(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return undefined;
}

export interface StatusLine {
  /** "http/1.1". */
  readonly protocol: string;
  readonly status: number;
  readonly statusText: string;
}

/** The status line of a response head; undefined where it is none. */
export function parseStatusLine(line: string): StatusLine | undefined {
  // Not anchored: Chromium takes up to four stray bytes before it.
  const match = /HTTP\/(\d\.\d|\d) +(\d{3})(?: (.*))?$/.exec(line.trimEnd());
  if (match === null) return undefined;
  return { protocol: `http/${match[1]}`, status: Number(match[2]), statusText: match[3] ?? "" };
}

/** First line and headers of a head; a folded line (RFC 9112 §5.2) is joined to the one before it. */
export function parseHead(head: Uint8Array): { readonly firstLine: string; readonly headers: readonly Header[] } {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  const [firstLine = "", ...lines] = text
    .replace(/^[\r\n]+/, "")
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/);
  return { firstLine, headers: headersOf(lines) };
}

/** A head in HTTP/1.1's form, from a first line and headers. */
export function composeHead(firstLine: string, headers: readonly Header[]): Uint8Array {
  // HTTP/2 allows no line ends in a value (RFC 9113 §8.2.1); should one come through, it must not start a line of its own.
  const lines = headers.map(([name, value]) => `${`${name}: ${value}`.replace(/[\r\n]/g, " ")}\r\n`);
  return Buffer.from(`${firstLine}\r\n${lines.join("")}\r\n`, "latin1");
}

/** The values of a header, by lower-case name. */
export function valuesOf(headers: readonly Header[], name: string): readonly string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}
