/** Asks an RFC 3161 authority over HTTP (§3.4). */
import { PlacardError } from "../lib/error.ts";
import {
  makeTimestampRequest,
  readTimestampResponse,
  type TimestampRequest,
  verifyTimestamp,
} from "../verify/timestamp.ts";

const PATIENCE = 15_000;
const LONGEST_RESPONSE = 1 << 16;

export interface TimestampOptions extends TimestampRequest {
  readonly signal?: AbortSignal;
}

/** A token over `message`, verified but for trust, with the time it states. Throws `remote`, `malformed`, `mismatch`, `unsupported`. */
export async function requestTimestamp(
  url: string,
  message: Uint8Array,
  options: TimestampOptions,
): Promise<{ readonly token: Uint8Array; readonly time: number }> {
  const answer = await post(url, makeTimestampRequest(message, options), options.signal);
  const token = readTimestampResponse(answer, message, options);
  const { time } = await verifyTimestamp(token, message);
  return { token, time };
}

async function post(url: string, body: Uint8Array, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const limit = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body: body.slice(),
      redirect: "error",
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    if (!response.ok) throw new PlacardError("remote", `The authority answered ${response.status}.`);
    return await readBounded(response);
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    if (signal?.aborted) throw new PlacardError("cancelled", "Asking for a timestamp was stopped.");
    const { message, cause: inner } = cause as Error;
    throw new PlacardError(
      "remote",
      `The authority could not be reached: ${(inner as Error | undefined)?.message ?? message}`,
      { cause },
    );
  }
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const whole = new Uint8Array(LONGEST_RESPONSE);
  let length = 0;
  for await (const chunk of response.body ?? []) {
    if (length + chunk.length > LONGEST_RESPONSE)
      throw new PlacardError("remote", "The authority's answer is longer than 64 KiB.");
    whole.set(chunk, length);
    length += chunk.length;
  }
  return whole.subarray(0, length);
}
