import { type Told, textOf } from "./told.ts";

/**
 * Every error Placard raises on purpose. `code` is one of a closed list, so that a program can act on it;
 * `message` says what happened and why, `next` what to do about it; each may be told by a code as well (told.ts).
 */
export type ErrorCode =
  /** The command or call was used wrongly. */
  | "usage"
  /** Bytes from outside are not in the form they claim to be. */
  | "malformed"
  /** Bytes from outside are longer, deeper or more numerous than we read. */
  | "too_large"
  /** A form we know of, in a version or algorithm we do not take. */
  | "unsupported"
  /** A signature, hash or proof does not match what it is over. */
  | "mismatch"
  /** What was asked for is not there. */
  | "not_found"
  /** What was to be made is there already, with other contents. */
  | "conflict"
  /** Another process holds the lock. */
  | "busy"
  /** Two parts of the record contradict one another; nothing was changed. */
  | "inconsistent"
  /** The clock reads earlier than the last thing sealed. */
  | "clock_behind"
  /** The disk did not take or give back what it was asked to. */
  | "storage"
  /** Another machine (authority, witness, web site) did not answer as it should. */
  | "remote"
  /** The page could not be captured; the reason is in the message. */
  | "not_captured"
  /** No usable browser. */
  | "no_browser"
  /** The private parts were erased. */
  | "erased"
  /** Whoever asks may not do this. */
  | "not_allowed"
  /** Stopped on request. */
  | "cancelled";

export interface ErrorOptions {
  readonly cause?: unknown;
  /** What the reader can do next, one sentence. */
  readonly next?: string | Told;
}

export class PlacardError extends Error {
  readonly code: ErrorCode;
  readonly next: string | undefined;
  /** `message` and `next` for other languages; undefined where they are in English only. */
  readonly told: Told | undefined;
  readonly toldNext: Told | undefined;

  constructor(code: ErrorCode, message: string | Told, options: ErrorOptions = {}) {
    const { next } = options;
    super(textOf(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PlacardError";
    this.code = code;
    this.next = next === undefined ? undefined : textOf(next);
    this.told = typeof message === "string" ? undefined : message;
    this.toldNext = typeof next === "string" ? undefined : next;
  }
}

/** Whether `error` is ours, and (if a code is given) of that code. */
export function isPlacardError(error: unknown, code?: ErrorCode): error is PlacardError {
  return error instanceof PlacardError && (code === undefined || error.code === code);
}
