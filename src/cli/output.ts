/** What a verb says: results on stdout (words, or one JSON object a line), progress and trouble on stderr. */
import { type ErrorCode, isPlacardError, type PlacardError } from "../lib/error.ts";

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

/** Says what went wrong and what to do next; returns the exit code. */
export function reportError(error: unknown, output: Output, verb: string): number {
  const known = isPlacardError(error) ? error : unforeseen(error);
  if (output.json) {
    const { code, message, next } = known;
    process.stdout.write(`${JSON.stringify({ verb, error: { code, message, ...(next ? { next } : {}) } })}\n`);
  }
  // A message may quote what others wrote, line ends and all.
  const message = known.message.replace(/\n/g, "\n    ");
  output.say(known.next === undefined ? message : `${message}\n${known.next}`);
  return isPlacardError(error) ? exitFor(error.code) : EXIT.failed;
}

/** Never exit code 1, which says that something does not hold. What the system refused is no fault of the program. */
function unforeseen(error: unknown): Pick<PlacardError, "message" | "next"> & { readonly code: ErrorCode | "fault" } {
  const { message, stack, syscall } = error as NodeJS.ErrnoException;
  if (typeof syscall === "string") {
    return {
      code: "storage",
      message: `The system refused: ${message}.`,
      next: "Look at the file and its permissions.",
    };
  }
  return {
    code: "fault",
    message: `This is a fault in Placard: ${stack ?? message}`,
    next: "Nothing acknowledged is lost. Please report it with the lines above.",
  };
}

function exitFor(code: ErrorCode): number {
  switch (code) {
    case "usage":
    case "malformed":
    case "too_large":
    case "unsupported":
    case "not_found":
    case "conflict":
    case "erased":
    case "not_allowed":
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

/* oxlint-disable no-control-regex -- control characters are what is looked for */
/** Controls, line and paragraph ends of Unicode's own, what turns text round, what has no width, tags. */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;
/* oxlint-enable no-control-regex */

/**
 * Captured text, file names and what other machines answer are anyone's: nothing in them may move the cursor, colour the
 * screen, turn text round or hide what follows. Line ends and tabs stay; so do the joiners that emoji and Persian need.
 */
export function printable(text: string): string {
  const whole = text.toWellFormed().replaceAll("\r\n", "\n");
  // By ranges: the properties that Unicode has for these take four times as long on a long list.
  return whole.replace(HIDDEN, "\ufffd");
}

/** The same for a text that stands in a line of ours, and must not begin one of its own. */
export function oneLine(text: string): string {
  return printable(text).replace(/[\n\t]+/g, " ");
}

/** Words under one another where they go on: `text` wrapped beside `lead` on a terminal, on one line elsewhere. */
export function beside(lead: string, text: string, width: number | undefined = process.stdout.columns): string {
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(24, width - lead.length - 1);
  const lines = text.split("\n").flatMap((line) => wrapped(line, room));
  return lead + lines.join(`\n${" ".repeat(lead.length)}`);
}

function wrapped(text: string, room: number): readonly string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > room && line !== "") lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
