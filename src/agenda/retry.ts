/** What is worth trying again, and when. */

/** What came of an attempt that was no success. */
export interface Failed {
  readonly cause: string;
  /** The server's answer, where one came. */
  readonly status?: number;
  /** Its `Retry-After` header, as it was sent. */
  readonly retryAfter?: string;
}

const PASSING_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
/** Milliseconds before the first retry; each further one waits five times as long. */
const FIRST_WAIT = 2_000;
/** A server that asks for a longer rest is left alone: the link is not captured, and can be given again later. */
const LONGEST_WAIT = 600_000;

/**
 * Milliseconds to wait before the next attempt; undefined where there is to be none. Only what may pass is tried again:
 * a timeout, 429, and a server's own failure; never a sign-in, a captcha, or a post that is gone.
 */
export function waitBeforeRetry(failed: Failed, attempt: number, retries: number, now: number): number | undefined {
  const mayPass = failed.cause === "timeout" || (failed.status !== undefined && PASSING_STATUS.has(failed.status));
  if (!mayPass || attempt > retries) return undefined;
  const usual = FIRST_WAIT * 5 ** (attempt - 1);
  const asked = failed.retryAfter === undefined ? undefined : restAsked(failed.retryAfter, now);
  const wait = Math.max(usual, asked ?? 0);
  return wait > LONGEST_WAIT ? undefined : wait;
}

/** RFC 9110 §10.2.3: whole seconds, or a date. Undefined for anything else. */
function restAsked(header: string, now: number): number | undefined {
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
