/** What became of a post, in words: careful ones, since all we know is what we were shown. */
import { diffWordsWithSpace } from "diff";
import type { History, Recapture } from "../app/history.ts";
import { type ExhibitFields, momentInWords } from "../app/record.ts";
import { oneLine } from "./output.ts";

type Change = { readonly [name: string]: unknown };
const LONGEST_DIFF = 2_000;
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

function recaptureInWords({ id, at, state, result, changes, reason, dueAt }: Recapture): readonly string[] {
  if (state === "erased") return [`  ${momentInWords(at)}  ${id}  erased: ${oneLine(reason ?? "")}`];
  const late = dueAt === null ? "" : ` (planned for ${momentInWords(dueAt)})`;
  const why = reason === null ? "" : `: ${oneLine(reason)}`;
  return [`  ${momentInWords(at)}  ${id}  ${foundInWords(result ?? "")}${why}${late}`, ...changeLines(changes)];
}

export function foundInWords(result: string): string {
  return Object.hasOwn(FOUND, result) ? (FOUND[result] as string) : oneLine(result);
}

/** Of a recapture itself: what it is of, and what had changed. */
export function recaptureLines({ recaptureOf, result, changes }: ExhibitFields): readonly string[] {
  if (!isChange(recaptureOf)) return [];
  return [
    `Recapture of ${oneLine(String(recaptureOf["id"]))}: it ${foundInWords(String(result))}.`,
    ...changeLines(isChange(changes) ? changes : {}),
  ];
}

/** A line for each fact: what went in [-…-], what came in {+…+}, as word diffs are written. */
export function changeLines(changes: Change): readonly string[] {
  return Object.entries(changes).flatMap(([name, change]) => {
    if (!isChange(change)) return [];
    const { before, after, removed, added } = change;
    if (typeof before === "string" && typeof after === "string") return [`      ${name}: ${wordDiff(before, after)}`];
    return [
      ...linesFrom(removed).map((line) => `      [-${oneLine(line)}-]`),
      ...linesFrom(added).map((line) => `      {+${oneLine(line)}+}`),
    ];
  });
}

function wordDiff(before: string, after: string): string {
  const parts = diffWordsWithSpace(before.slice(0, LONGEST_DIFF), after.slice(0, LONGEST_DIFF), { maxEditLength: 500 });
  if (parts === undefined) return oneLine(`[-${before}-] {+${after}+}`);
  const words = parts.map(({ value, added, removed }) => (added ? `{+${value}+}` : removed ? `[-${value}-]` : value));
  return oneLine(words.join("").replaceAll("\n", " "));
}

function linesFrom(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isChange(value: unknown): value is Change {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
