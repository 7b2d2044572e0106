/** Finds the ends of a chunked body (RFC 9112 §7.1), however it is cut into reads. */
import { latin1 } from "./bytes.ts";

const LF = 10;
/** Longest chunk-size line or trailer line taken. */
const MAX_LINE = 16 * 1024;

export interface ChunkScanner {
  /**
   * Takes the next bytes; returns how many belong to the body (all, unless it ended or is broken). `onSize` gets each line that
   * says how long a chunk is, as it stands there without its line end.
   */
  push(bytes: Uint8Array, onData?: (data: Uint8Array) => void, onSize?: (line: string) => void): number;
  readonly state: "open" | "done" | "broken";
}

export function scanChunks(): ChunkScanner {
  let expect: "size" | "data" | "data-end" | "trailer" = "size";
  const scan: { state: ChunkScanner["state"] } = { state: "open" };
  let remaining = 0;
  let line = "";

  /** Reads up to the next line feed into `line`; returns how far it came, or undefined where the line goes on. */
  const readLine = (bytes: Uint8Array, from: number): number | undefined => {
    const end = bytes.indexOf(LF, from);
    const piece = bytes.subarray(from, end < 0 ? bytes.length : end);
    if (line.length + piece.length > MAX_LINE) {
      scan.state = "broken";
      return undefined;
    }
    line += latin1(piece);
    return end < 0 ? undefined : end + 1;
  };

  const endLine = (onSize?: (line: string) => void): void => {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    line = "";
    if (expect === "size") {
      const size = /^\s*([0-9A-Fa-f]{1,13})\s*(?:;.*)?$/.exec(text);
      if (size === null) scan.state = "broken";
      else {
        remaining = Number.parseInt(size[1] as string, 16);
        onSize?.(text);
        expect = remaining === 0 ? "trailer" : "data";
      }
    } else if (expect === "data-end") {
      if (text === "") expect = "size";
      else scan.state = "broken";
    } else if (text === "") {
      scan.state = "done";
    }
  };

  return {
    get state() {
      return scan.state;
    },
    push(bytes, onData, onSize) {
      let at = 0;
      while (at < bytes.length && scan.state === "open") {
        if (expect === "data") {
          const data = bytes.subarray(at, at + remaining);
          onData?.(data);
          at += data.length;
          remaining -= data.length;
          if (remaining === 0) expect = "data-end";
          continue;
        }
        const next = readLine(bytes, at);
        if (next === undefined) return bytes.length;
        at = next;
        endLine(onSize);
      }
      return at;
    },
  };
}
