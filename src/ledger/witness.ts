/** The witness protocol (C2SP tlog-witness, add-checkpoint) as texts and decisions; HTTP is elsewhere. */
import { fromUtf8, toBase64 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignature } from "./cosignature.ts";
import { parseDecimal } from "./decimal.ts";
import { EMPTY_ROOT, verifyConsistency } from "./merkle.ts";
import {
  formatSignature,
  LONGEST_NOTE,
  type Note,
  parseNote,
  parseSignatures,
  type VerifierKey,
  verifyNote,
} from "./note.ts";
import { MOST_HASHES, parseHashes } from "./proof.ts";

const LONGEST_REQUEST = LONGEST_NOTE + MOST_HASHES * 45 + 64;
/** The media type of a 409's body. */
export const SIZE_MEDIA_TYPE = "text/x.tlog.size";

export interface AddCheckpoint {
  /** The size the witness is thought to have cosigned last. */
  readonly oldSize: number;
  /** Consistency proof from oldSize to the checkpoint's size. */
  readonly proof: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}

/** The body of a request. Throws `malformed` or `too_large` for what could not be read back. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  const body = [`old ${oldSize}`, ...proof.map(toBase64), "", checkpoint].join("\n");
  parseAddCheckpoint(body);
  return body;
}

/** Throws `malformed` or `too_large`; the checkpoint's form is checked, nothing is verified. */
export function parseAddCheckpoint(body: Uint8Array | string): AddCheckpoint {
  if (body.length > LONGEST_REQUEST) {
    throw new PlacardError("too_large", `The request is longer than ${LONGEST_REQUEST} bytes.`);
  }
  const text = typeof body === "string" ? body : fromUtf8(body, "request");
  const blank = text.indexOf("\n\n");
  const [old = "", ...proof] = text.slice(0, Math.max(blank, 0)).split("\n", MOST_HASHES + 2);
  if (!old.startsWith("old ")) {
    throw new PlacardError("malformed", "The request does not begin with the old size and end with a checkpoint.");
  }
  const checkpoint = text.slice(blank + 2);
  parseCheckpoint(parseNote(checkpoint).text);
  return { oldSize: parseDecimal(old.slice("old ".length), "old size"), proof: parseHashes(proof), checkpoint };
}

/** What a witness knows: the keys it trusts for an origin, and what it cosigned last. */
export interface WitnessView {
  /** Empty for an origin it does not know. */
  keysOf(origin: string): readonly VerifierKey[];
  latestOf(origin: string): { readonly size: number; readonly root: Uint8Array } | undefined;
}

/** 200: record the checkpoint as the latest, in one step with this decision, then cosign `text`. 409 states `size`. */
export type WitnessDecision =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly text: string }
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422; readonly why: string };

/** What tlog-witness has a witness answer to a request. Never throws for what the body holds. */
export function witnessDecision(body: Uint8Array | string, view: WitnessView): WitnessDecision {
  let request: AddCheckpoint;
  try {
    request = parseAddCheckpoint(body);
  } catch (error) {
    return refusal(400, error);
  }
  const note = parseNote(request.checkpoint);
  const checkpoint = parseCheckpoint(note.text);
  const keys = view.keysOf(checkpoint.origin);
  if (keys.length === 0) return { status: 404, why: "This witness does not know the log." };
  try {
    verifyNote(note, keys);
  } catch (error) {
    return refusal(403, error);
  }
  if (request.oldSize > checkpoint.size) return { status: 400, why: "The old size is larger than the checkpoint's." };
  const latest = view.latestOf(checkpoint.origin) ?? { size: 0, root: EMPTY_ROOT };
  if (request.oldSize !== latest.size) return { status: 409, size: latest.size };
  try {
    const { size, root } = checkpoint;
    verifyConsistency({
      oldSize: latest.size,
      oldRoot: latest.root,
      newSize: size,
      newRoot: root,
      proof: request.proof,
    });
  } catch (error) {
    return refusal(422, error);
  }
  return { status: 200, checkpoint, text: note.text };
}

export interface WitnessResponse {
  readonly status: number;
  readonly mediaType: string | undefined;
  readonly body: Uint8Array;
}

/** What came of a request: a cosignature by the expected key (line without newline, time in seconds), or the witness's size. */
export type WitnessAnswer =
  | { readonly outcome: "cosigned"; readonly line: string; readonly time: number }
  | { readonly outcome: "conflict"; readonly size: number };

/**
 * Reads a witness's response to `checkpoint`. Cosignatures by other keys than `key` are ignored. Throws `remote` for
 * any other status, a body out of form, no cosignature by the key, or one that fails.
 */
export function parseWitnessResponse(response: WitnessResponse, checkpoint: Note, key: VerifierKey): WitnessAnswer {
  const { status, mediaType, body } = response;
  try {
    if (status === 200) return { outcome: "cosigned", ...findCosignature(fromUtf8(body, "response"), checkpoint, key) };
    if (status === 409 && mediaType === SIZE_MEDIA_TYPE) return { outcome: "conflict", size: parseConflict(body) };
  } catch (cause) {
    if (!isPlacardError(cause)) throw cause;
    throw new PlacardError("remote", `The answer of the witness ${key.name} is of no use: ${cause.message}`, { cause });
  }
  throw new PlacardError("remote", `The witness ${key.name} did not cosign (HTTP status ${status}).`, {
    next:
      status === 404 ? "Ask its operator to add this record's verifier key." : "Try again later, or ask its operator.",
  });
}

function findCosignature(lines: string, checkpoint: Note, key: VerifierKey) {
  const signature = parseSignatures(lines).find(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (signature === undefined) throw new PlacardError("mismatch", "It holds no cosignature by the witness's key.");
  return {
    line: formatSignature(signature),
    time: verifyCosignature(checkpoint.text, signature.signature, key),
  };
}

function parseConflict(body: Uint8Array): number {
  const text = fromUtf8(body, "response");
  if (!text.endsWith("\n")) throw new PlacardError("malformed", "Its size does not end in a newline.");
  return parseDecimal(text.slice(0, -1), "witness's size");
}

function refusal(status: 400 | 403 | 422, error: unknown): WitnessDecision {
  if (!isPlacardError(error)) throw error;
  return { status, why: error.message };
}
