/** A file of an exhibit as an answer: in ranges, and never as something that runs. */
import type { Context } from "hono";
import { stream } from "hono/streaming";

/** Whatever it is, it runs nothing, loads nothing and has no origin. */
export const INERT = "default-src 'none'; sandbox";

export interface AnsweredFile {
  readonly blob: Blob;
  readonly mediaType: string;
  /** Shown in place; otherwise it is saved. */
  readonly inline: boolean;
  readonly name: string;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-14; of several ranges none is taken. */
export function answerFile(c: Context, { blob, mediaType, inline, name }: AnsweredFile): Response {
  c.header("Content-Type", mediaType);
  c.header("Content-Disposition", `${inline ? "inline" : "attachment"}; filename="${name.replace(/[^\w.-]/g, "_")}"`);
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Content-Security-Policy", INERT);
  c.header("Accept-Ranges", "bytes");
  const range = rangeIn(c.req.header("range"), blob.size);
  if (range === "unsatisfiable") {
    c.header("Content-Range", `bytes */${blob.size}`);
    return c.body(null, 416);
  }
  const part = range === undefined ? blob : blob.slice(range.start, range.end);
  if (range !== undefined) c.header("Content-Range", `bytes ${range.start}-${range.end - 1}/${blob.size}`);
  c.header("Content-Length", String(part.size));
  c.status(range === undefined ? 200 : 206);
  if (c.req.method === "HEAD") return c.body(null);
  return stream(c, (to) => to.pipe(part.stream()));
}

interface Range {
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

function rangeIn(header: string | undefined, size: number): Range | "unsatisfiable" | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return undefined;
  const [, first = "", last = ""] = match;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  return start < end ? { start, end } : "unsatisfiable";
}
