/** What a verb says: results on stdout (words, or one JSON object a line), progress and trouble on stderr. */
import { isPlacardError } from "../lib/error.ts";

export const EXIT = { holds: 0, doesNot: 1, usage: 2, failed: 3, cancelled: 130 } as const;

export interface Output {
  readonly json: boolean;
  /** A result: printed as JSON with --json, as words otherwise. */
  result(object: Readonly<Record<string, unknown>>, words: string): void;
  /** What is happening now; on a terminal one line that is rewritten. */
  progress(text: string): void;
  /** Words for a person, beside the results. */
  say(text: string): void;
}

export function createOutput(json: boolean): Output {
  const terminal = process.stderr.isTTY === true;
  const started = performance.now();
  let open = false;
  const endLine = (): void => {
    if (open) process.stderr.write("\r\u001b[K");
    open = false;
  };
  return {
    json,
    result(object, words) {
      endLine();
      process.stdout.write(json ? `${JSON.stringify(object)}\n` : `${printable(words)}\n`);
    },
    progress(text) {
      const line = `  ${((performance.now() - started) / 1000).toFixed(1)} s  ${oneLine(text)}`;
      if (terminal) {
        process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
        open = true;
      } else {
        process.stderr.write(`${line}\n`);
      }
    },
    say(text) {
      endLine();
      process.stderr.write(`${printable(text)}\n`);
    },
  };
}

/** Says what went wrong and what to do next; returns the exit code. Errors that are not ours are faults of the program and shown whole. */
export function reportError(error: unknown, output: Output, verb: string): number {
  if (!isPlacardError(error)) throw error;
  if (output.json) {
    const { code, message, next } = error;
    process.stdout.write(`${JSON.stringify({ verb, error: { code, message, ...(next ? { next } : {}) } })}\n`);
  }
  // A message may quote what others wrote, line ends and all.
  const message = error.message.replace(/\n/g, "\n    ");
  output.say(error.next === undefined ? message : `${message}\n${error.next}`);
  switch (error.code) {
    case "usage":
    case "malformed":
    case "too_large":
    case "unsupported":
    case "not_found":
    case "conflict":
    case "erased":
      return EXIT.usage;
    case "mismatch":
    case "inconsistent":
    case "not_captured":
      return EXIT.doesNot;
    case "cancelled":
      return EXIT.cancelled;
    case "busy":
    case "clock_behind":
    case "storage":
    case "remote":
    case "no_browser":
      return EXIT.failed;
  }
}

/**
 * Captured text, file names and what other machines answer are anyone's: nothing in them may move the cursor, colour the
 * screen, turn text round or hide what follows. Line ends and tabs stay; so do the joiners that emoji and Persian need.
 */
export function printable(text: string): string {
  const hidden = /(?![\n\t\u00ad\u061c\u200c-\u200f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
  return text.toWellFormed().replace(/\r\n/g, "\n").replace(hidden, "\ufffd");
}

/** The same for a text that stands in a line of ours, and must not begin one of its own. */
export function oneLine(text: string): string {
  return printable(text).replace(/[\n\t]+/g, " ");
}
