/** What became of a page since it was captured first: the same, edited, or changed in a way that cannot be told apart. */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { agree, type Stated } from "../facts/agree.ts";
import { readerOf } from "../page/visible.ts";
import type { Result } from "./acts.ts";
import { compareFacts } from "./compare-facts.ts";
import { compareMedia } from "./compare-media.ts";

/** One capture of the page: the act's fields, and the text that a reader saw. */
export interface Captured {
  readonly fields: Readonly<Record<string, Json>>;
  readonly visibleText: string;
}

export interface Compared {
  readonly result: Extract<Result, "unchanged" | "edited" | "page-changed">;
  /** By what changed, `before` and `after`; empty where nothing did. */
  readonly changes: JsonObject;
  /**
   * `reencoded`: files whose bytes differ and that look the same; `notCompared`: what only one of both captures says, or
   * what cannot be held against each other. Empty where there is nothing of either.
   */
  readonly comparison: JsonObject;
}

/** What a post says, and who; counts, and what is around it, change without anybody's editing. */
const WHO = ["author", "handle"] as const;
const LONGEST_TEXT = 5_000;
const MOST_LINES = 20;
const LONGEST_LINE = 300;

/**
 * Compares two captures of one link. `edited` is said only where both show the post, and its words, author or handle, its
 * pictures, its times, what it answers or what it says of its editing are others; what differs in white space, or is cut short in one, is no
 * edit. Where the post itself cannot be told in one of them, the page as a whole is compared, and a difference is
 * `page-changed`; so is a file of which nothing tells whether it shows the same.
 */
export function compareCaptures(before: Captured, after: Captured): Compared {
  const who = Object.fromEntries(WHO.flatMap((name) => changeOf(name, before, after)));
  const facts = compareFacts(before.fields, after.fields);
  const media = compareMedia(before.fields, after.fields);
  const files = Object.keys(media.changes).length === 0 ? {} : { media: media.changes };
  const words = wordsOf(before, after);
  const edits = { ...words.changes, ...who, ...facts.changes };
  const isEdited = Object.keys(edits).length > 0 || media.isOther;
  const isToldOf = words.areTold || (isEdited && bothFound(before, after));
  const page = isToldOf ? {} : changeOfPage(before, after);
  const changes: JsonObject = { ...(isToldOf ? edits : {}), ...files, ...page };
  return {
    result: Object.keys(changes).length === 0 ? "unchanged" : isToldOf && isEdited ? "edited" : "page-changed",
    changes,
    comparison: comparisonOf(media.reencoded, [...facts.notCompared, ...(media.isPartial ? ["media"] : [])]),
  };
}

function comparisonOf(reencoded: readonly JsonObject[], notCompared: readonly string[]): JsonObject {
  return {
    ...(reencoded.length === 0 ? {} : { reencoded }),
    ...(notCompared.length === 0 ? {} : { notCompared }),
  };
}

/** A post without words is known by its element. */
function bothFound(before: Captured, after: Captured): boolean {
  return [before, after].every(({ fields: { postElement, postText } }) => {
    const isFound = isJsonObject(postElement) && postElement["foundBy"] !== "nothing";
    return isFound && postText === undefined;
  });
}

/** What became of the post's words, and whether both captures show it by them. */
function wordsOf(before: Captured, after: Captured): { readonly areTold: boolean; readonly changes: JsonObject } {
  const [was, is] = [textOf(before, "postText"), textOf(after, "postText")];
  if (was !== undefined && is !== undefined) return { areTold: true, changes: changeOfWords(before, after, was, is) };
  const words = was ?? is;
  const other = was === undefined ? before : after;
  return { areTold: words !== undefined && readerOf(other.visibleText)(words), changes: {} };
}

function changeOf(
  name: (typeof WHO)[number],
  before: Captured,
  after: Captured,
): readonly (readonly [string, JsonObject])[] {
  const [was, is] = [textOf(before, name), textOf(after, name)];
  if (was === undefined || is === undefined || agree(name, stated(name, before, was), stated(name, after, is)))
    return [];
  return [[name, change(was, is)]];
}

/** Where each page shows the words of the other too, only another source was read. */
function changeOfWords(before: Captured, after: Captured, was: string, is: string): JsonObject {
  if (agree("postText", stated("postText", before, was), stated("postText", after, is))) return {};
  if (readerOf(after.visibleText)(was) && readerOf(before.visibleText)(is)) return {};
  return { postText: change(was, is) };
}

function stated(name: string, { fields }: Captured, value: string): Stated {
  const { factSources } = fields;
  const sources = isJsonObject(factSources) ? factSources[name] : undefined;
  return { value, shortens: Array.isArray(sources) && sources[0] === "OpenGraph" };
}

/** Line by line, numbers left out of account: "3 min" and "12 likes" go on counting. */
function changeOfPage(before: Captured, after: Captured): JsonObject {
  const [was, is] = [linesOf(before.visibleText), linesOf(after.visibleText)];
  const removed = missingFrom(is, was);
  const added = missingFrom(was, is);
  if (removed.length === 0 && added.length === 0) return {};
  return { visibleText: { removed: bounded(removed), added: bounded(added), lines: removed.length + added.length } };
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
}

function missingFrom(others: readonly string[], lines: readonly string[]): readonly string[] {
  const counted = (line: string): string => line.normalize("NFC").replace(/\p{N}+/gu, "0");
  const there = new Set(others.map(counted));
  return lines.filter((line) => !there.has(counted(line)));
}

function bounded(lines: readonly string[]): readonly string[] {
  return lines.slice(0, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE).toWellFormed());
}

function change(before: string, after: string): JsonObject {
  const cut = (text: string): string => text.slice(0, LONGEST_TEXT).toWellFormed();
  const isCut = before.length > LONGEST_TEXT || after.length > LONGEST_TEXT;
  return { before: cut(before), after: cut(after), ...(isCut ? { cut: true } : {}) };
}

function textOf({ fields }: Captured, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
