/** Asks a witness over HTTP to cosign a checkpoint (C2SP tlog-witness). */

import { parseNote, parseVerifierKey, type VerifierKey } from "../ledger/note.ts";
import { formatAddCheckpoint, parseWitnessResponse, type WitnessResponse } from "../ledger/witness.ts";
import { concat } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

const PATIENCE = 15_000;
const LONGEST_RESPONSE = 1 << 17;
/** Another process of ours may have the witness cosign meanwhile; past this, something else is wrong. */
const MOST_ATTEMPTS = 4;
/** How far a witness's clock may be from ours, in milliseconds. */
const LEEWAY = 600_000;

export interface WitnessRequest {
  /** The witness's verifier key, type 4. */
  readonly vkey: string;
  /** The signed note, verbatim, and its size. */
  readonly checkpoint: string;
  readonly size: number;
  /** Proof from a smaller size to `size`. */
  consistencyProof(oldSize: number): Promise<readonly Uint8Array[]>;
  /** When the checkpoint was signed, and now; milliseconds since 1970. */
  readonly signedAt: number;
  readonly now: number;
  /** The size this witness is thought to know; it says so itself where that is wrong. */
  readonly knownSize?: number;
  /** Milliseconds for one exchange; 15,000 unless told. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  /** By which it is reached; the global one unless told. */
  readonly reach?: typeof fetch;
}

export interface Cosignature {
  /** The signature line, without its newline. */
  readonly line: string;
  /** Seconds since 1970, as the witness states it. */
  readonly time: number;
}

/**
 * The witness's verified cosignature on the checkpoint; `url` is its submission prefix. Throws `usage` for a URL that
 * is not http(s), `remote` where it does not answer, will not cosign or states a time that cannot be, `cancelled`, or `inconsistent` where the witness
 * has cosigned a larger ledger of this origin than ours.
 */
export async function askWitness(url: string, request: WitnessRequest): Promise<Cosignature> {
  const endpoint = endpointOf(url);
  const key = parseVerifierKey(request.vkey);
  const note = parseNote(request.checkpoint);
  let oldSize = request.knownSize ?? 0;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const proof = oldSize === 0 ? [] : await request.consistencyProof(oldSize);
    const body = formatAddCheckpoint({ oldSize, proof, checkpoint: request.checkpoint });
    const answer = parseWitnessResponse(await exchange(endpoint, body, key, request), note, key);
    if (answer.outcome === "cosigned") return atAPossibleTime({ line: answer.line, time: answer.time }, key, request);
    if (answer.size > request.size) throw behind(key, answer.size, request.size);
    oldSize = answer.size;
  }
  throw new PlacardError("remote", say("witness_sizes", { name: key.name }));
}

/**
 * A cosignature is kept for good, the first of each witness alone, and "witnessed before" is what it says: one that was
 * made before there was anything to sign, or is yet to be made, would discredit every file it stands in. Throws `remote`.
 */
function atAPossibleTime(cosigned: Cosignature, key: VerifierKey, { signedAt, now }: WitnessRequest): Cosignature {
  const stated = cosigned.time * 1000;
  if (stated >= signedAt - LEEWAY && stated <= now + LEEWAY) return cosigned;
  const when = stated <= 8.64e15 ? new Date(stated).toISOString() : "a time past all calendars";
  throw new PlacardError("remote", say("witness_time", { name: key.name, when }), {
    next: say("check_clock_witness"),
  });
}

async function exchange(
  endpoint: URL,
  body: string,
  key: VerifierKey,
  { signal, patience = PATIENCE, reach = fetch }: WitnessRequest,
): Promise<WitnessResponse> {
  const limit = AbortSignal.timeout(patience);
  try {
    const response = await reach(endpoint, {
      method: "POST",
      body,
      headers: { "content-type": "text/plain; charset=utf-8" },
      redirect: "error",
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    const mediaType = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
    return { status: response.status, mediaType, body: await readBounded(response, key) };
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    if (signal?.aborted) throw new PlacardError("cancelled", "Asking the witness was stopped.", { cause });
    const why = limit.aborted ? `did not answer within ${patience / 1000} s` : "could not be reached";
    throw new PlacardError("remote", say("witness_failed", { name: key.name, why }), { cause, next: say("ask_later") });
  }
}

async function readBounded(response: Response, key: VerifierKey): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by an error cancels the stream, and with it the download.
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_RESPONSE) {
      throw new PlacardError("remote", say("witness_too_long", { name: key.name, count: LONGEST_RESPONSE }));
    }
    chunks.push(chunk);
  }
  return concat(...chunks);
}

function endpointOf(url: string): URL {
  const endpoint = URL.parse(url);
  if (endpoint === null || (endpoint.protocol !== "https:" && endpoint.protocol !== "http:")) {
    throw new PlacardError("usage", `${JSON.stringify(url.slice(0, 200))} is not the web address of a witness.`);
  }
  endpoint.pathname = `${endpoint.pathname.replace(/\/+$/, "")}/add-checkpoint`;
  return endpoint;
}

function behind(key: VerifierKey, theirs: number, ours: number): PlacardError {
  return new PlacardError("inconsistent", say("witness_ahead", { name: key.name, theirs, ours }), {
    next: say("old_copy"),
  });
}
