/** A body that strangers send: no larger than may be, and not so slowly that it holds a place for ever. */
import type { MiddlewareHandler } from "hono";
import { concat } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";

export interface Bounds {
  readonly most: number;
  /** Milliseconds in which nothing comes. */
  readonly idle: number;
  /** Milliseconds in all. */
  readonly longest: number;
}

/** The routes after it find the body as it was read. Throws `too_large`, `cancelled`. */
export const boundedBody =
  (bounds: Bounds): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.raw.body !== null) {
      const { method, headers, signal } = c.req.raw;
      const body = await readWhole(c.req.raw.body, Number(headers.get("content-length") ?? 0), bounds);
      c.req.raw = new Request(c.req.url, { method, headers, body, signal });
    }
    return next();
  };

async function readWhole(
  body: ReadableStream<Uint8Array>,
  announced: number,
  { most, idle, longest }: Bounds,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const until = performance.now() + longest;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (announced > most) throw tooLarge();
    for (;;) {
      const { done, value } = await within(reader.read(), Math.min(idle, until - performance.now()));
      if (done) return concat(...chunks);
      length += value.length;
      if (length > most) throw tooLarge();
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error;
  }
}

async function within<T>(reading: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stalled()), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLarge = (): PlacardError => new PlacardError("too_large", say("more_than_sent"));
const stalled = (): PlacardError => new PlacardError("cancelled", say("not_in_time"), { next: say("send_once_more") });
