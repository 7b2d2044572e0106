/** Asks an RFC 3161 authority over HTTP (§3.4). */
import { concat } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import {
  type Anchor,
  makeTimestampRequest,
  readTimestampResponse,
  type TimestampRequest,
  verifyTimestamp,
} from "../verify/timestamp.ts";
import { say } from "./said.ts";

const PATIENCE = 15_000;
/** How far an authority's time may lie from ours, in milliseconds: one of the two clocks is wrong, or somebody replays. */
const LEEWAY = 600_000;
const LONGEST_RESPONSE = 1 << 16;

export interface TimestampOptions extends TimestampRequest {
  /** Milliseconds since 1970 now; a token that states another time is not taken. */
  readonly now: number;
  /** Where given, only a token that leads to it is taken. */
  readonly anchor?: Anchor;
  /** Milliseconds for the whole exchange; 15,000 unless told. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  /** By which it is reached; the global one unless told. */
  readonly reach?: typeof fetch;
}

/**
 * A token (DER) over `message`, verified but for trust, with the time it states in milliseconds since 1970. Throws
 * `usage` for a URL that is not http(s), `cancelled`, and `remote` for all that the authority does wrong: it does not
 * answer, refuses, or gives what does not hold.
 */
export async function requestTimestamp(
  url: string,
  message: Uint8Array,
  options: TimestampOptions,
): Promise<{ readonly token: Uint8Array; readonly time: number }> {
  const answer = await exchange(endpointOf(url), makeTimestampRequest(message, options), options);
  try {
    const token = readTimestampResponse(answer, message, options);
    const { time, trusted } = await verifyTimestamp(token, message, options.anchor && [options.anchor]);
    if (options.anchor !== undefined && trusted === undefined)
      throw wrong("leads to another certificate than is configured");
    if (Math.abs(time - options.now) > LEEWAY)
      throw wrong(`states ${new Date(time).toISOString()}, and this machine's clock another time`);
    return { token, time };
  } catch (cause) {
    if (!(cause instanceof PlacardError) || cause.code === "remote") throw cause;
    throw new PlacardError("remote", say("no_good_timestamp", { why: cause.message }), { cause });
  }
}

function wrong(why: string): PlacardError {
  return new PlacardError("mismatch", `it ${why}.`, {
    next: say("check_clock_authority"),
  });
}

async function exchange(
  endpoint: URL,
  body: Uint8Array,
  { signal, patience = PATIENCE, reach = fetch }: TimestampOptions,
): Promise<Uint8Array> {
  const limit = AbortSignal.timeout(patience);
  try {
    const response = await reach(endpoint, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body: body.slice(),
      redirect: "error",
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new PlacardError("remote", say("authority_status", { status: response.status }));
    }
    return await readBounded(response);
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    if (signal?.aborted) throw new PlacardError("cancelled", "Asking for a timestamp was stopped.", { cause });
    const { message, cause: inner } = cause as Error;
    const why = limit.aborted
      ? `did not answer within ${patience / 1000} s`
      : `could not be reached: ${(inner as Error | undefined)?.message ?? message}`;
    throw new PlacardError("remote", say("authority_failed", { why }), { cause, next: say("ask_later") });
  }
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by an error cancels the stream, and with it the download.
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_RESPONSE) throw new PlacardError("remote", say("authority_too_long"));
    chunks.push(chunk);
  }
  return concat(...chunks);
}

function endpointOf(url: string): URL {
  const endpoint = URL.parse(url);
  if (endpoint === null || (endpoint.protocol !== "https:" && endpoint.protocol !== "http:")) {
    throw new PlacardError(
      "usage",
      `${JSON.stringify(url.slice(0, 200))} is not the web address of a timestamp authority.`,
    );
  }
  return endpoint;
}
