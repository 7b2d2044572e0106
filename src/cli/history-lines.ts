/** What became of a post, in words: careful ones, since all we know is what we were shown. */
import type { History, Recapture } from "../app/history.ts";
import { type ExhibitFields, momentInWords } from "../app/record.ts";
import { wordDiff } from "../lib/word-diff.ts";
import { oneLine } from "./output.ts";

type Change = { readonly [name: string]: unknown };
const FOUND: Readonly<Record<string, string>> = {
  unchanged: "was still there, unchanged",
  edited: "was there, edited",
  "page-changed": "the page was there, changed",
  gone: "was not there",
  "not-reachable": "could not be reached",
};

/** One or two lines a recapture, under a heading; nothing where there are none, and none are planned. */
export function historyLines(recaptures: History["recaptures"], next: History["next"]): readonly string[] {
  const lines = recaptures.flatMap(recaptureInWords);
  return [
    ...(lines.length === 0 ? [] : ["", "Captured again:", ...lines]),
    ...(next.length === 0 ? [] : ["", `To be captured again by placard watch: ${next.map(momentInWords).join("; ")}`]),
  ];
}

function recaptureInWords({ id, at, state, result, changes, comparison, reason, dueAt }: Recapture): readonly string[] {
  if (state === "erased") return [`  ${momentInWords(at)}  ${id}  erased: ${oneLine(reason ?? "")}`];
  const late = dueAt === null ? "" : ` (planned for ${momentInWords(dueAt)})`;
  const why = reason === null ? "" : `: ${oneLine(reason)}`;
  return [
    `  ${momentInWords(at)}  ${id}  ${foundInWords(result ?? "")}${why}${late}`,
    ...changeLines(changes, comparison),
  ];
}

export function foundInWords(result: string): string {
  return Object.hasOwn(FOUND, result) ? (FOUND[result] as string) : oneLine(result);
}

/** Of a recapture itself: what it is of, and what had changed. */
export function recaptureLines({ recaptureOf, result, changes, comparison }: ExhibitFields): readonly string[] {
  if (!isChange(recaptureOf)) return [];
  return [
    `Recapture of ${oneLine(String(recaptureOf["id"]))}: it ${foundInWords(String(result))}.`,
    ...changeLines(isChange(changes) ? changes : {}, isChange(comparison) ? comparison : {}),
  ];
}

/** A line for each fact: what went in [-…-], what came in {+…+}, as word diffs are written; after them what is no change. */
export function changeLines(changes: Change, comparison: Change): readonly string[] {
  const lines = Object.entries(changes).flatMap(([name, change]) => {
    if (!isChange(change)) return [];
    if (name === "media") return mediaLines(change);
    const { before, after, removed, added } = change;
    if (before !== undefined && after !== undefined) return [`      ${name}: ${said(before, after)}`];
    return [
      ...linesFrom(removed).map((line) => `      [-${oneLine(line)}-]`),
      ...linesFrom(added).map((line) => `      {+${oneLine(line)}+}`),
    ];
  });
  const names = linesFrom(comparison["notCompared"]).map(oneLine);
  return [
    ...lines,
    ...pairsOf(comparison["reencoded"]).map((pair) => `      stored anew, and looks the same: ${pair}`),
    ...(names.length === 0 ? [] : [`      could not be compared: ${names.join(", ")}`]),
  ];
}

/** A mark that was not there before has nothing to be held against. */
function said(before: unknown, after: unknown): string {
  if (typeof before === "string" && typeof after === "string") return marked(before, after);
  const parts = [before === null ? "" : `[-${String(before)}-]`, after === null ? "" : `{+${String(after)}+}`];
  return oneLine(parts.join(" ").trim());
}

/** Files by the fields that point at them: those that went, of the first capture; those that came, of this one. */
function mediaLines({ removed, added, unclear }: Change): readonly string[] {
  return [
    ...filesOf(removed).map((file) => `      media: [-${file} of the first capture-]`),
    ...filesOf(added).map((file) => `      media: {+${file}+}`),
    ...pairsOf(unclear).map((pair) => `      media: stored anew, and may show something else: ${pair}`),
  ];
}

function filesOf(value: unknown): readonly string[] {
  const files = Array.isArray(value) ? value.filter(isChange) : [];
  return files.map(({ field, mediaType }) => oneLine(`${String(field)} (${String(mediaType)})`));
}

function pairsOf(value: unknown): readonly string[] {
  const pairs = Array.isArray(value) ? value.filter(isChange) : [];
  return pairs.map(
    ({ before, after }) => `${filesOf([before]).join()} of the first capture, now ${filesOf([after]).join()}`,
  );
}

/** As word diffs are written. */
function marked(before: string, after: string): string {
  const pieces = wordDiff(before, after).map(({ text, is }) =>
    is === "new" ? `{+${text}+}` : is === "gone" ? `[-${text}-]` : text,
  );
  return oneLine(pieces.join(""));
}

function linesFrom(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isChange(value: unknown): value is Change {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
