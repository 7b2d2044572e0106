/** What the shown fields say, for people; and one click down every field as it was sealed. */
import { isJsonObject } from "../../lib/json.ts";
import { conflictSentences } from "../sources.ts";
import type { Exhibit } from "../verdict.ts";
import { laidOpen, stepsInWords, timeAsSealed, toldFacts } from "../wording.ts";
import { element, foreign } from "./elements.ts";

type Fields = Exhibit["fields"];

/** In the order told. The post's own words stand with its picture, covered until asked for. */
const FACTS: readonly (readonly [label: string, field: string])[] = [
  ["Posted", "postedAt"],
  ["Edited", "editedAt"],
  ["Answers", "replyTo"],
  ["By", "author"],
  ["Handle", "handle"],
  ["On", "platform"],
  ["Address", "url"],
  ["Led to", "finalUrl"],
  ["Recorded", "capturedAt"],
  ["Recorded by", "capturedBy"],
  ["Received from", "receivedFrom"],
  ["Received", "receivedAt"],
  ["Received by", "receivedBy"],
  ["File", "fileName"],
  ["Case", "case"],
  ["Note", "note"],
];
const TIMES = new Set(["postedAt", "editedAt", "capturedAt", "receivedAt"]);
const LONGEST = 20_000;

export function tellFacts({ fields: sealed, sealedAt }: Exhibit): HTMLElement {
  const fields = toldFacts(sealed);
  const known = FACTS.flatMap(([label, field]) => {
    const value = fields[field];
    if (typeof value !== "string" || (field === "finalUrl" && value === fields["url"])) return [];
    return [fact(label, TIMES.has(field) ? timeAsSealed(value) : value)];
  });
  // The post's words may be among them, and are covered elsewhere on this page.
  const names = isJsonObject(fields["factConflicts"]) ? Object.keys(fields["factConflicts"]) : [];
  const differ = conflictSentences(fields).filter((_, i) => names[i] !== "postText");
  const covered = names.includes("postText") ? ["postText: see “All fields”."] : [];
  const conflicts = [...differ, ...covered].map((sentence) => fact("Sources differ", sentence));
  const pressed = stepsInWords(fields["steps"]);
  const before = pressed === undefined ? [] : [fact("Before it was read, Placard", pressed)];
  const shared = isJsonObject(sealed["shared"]) ? Object.keys(sealed["shared"]) : [];
  const taken = shared.length === 0 ? [] : [fact("Told with parts taken out", shared.join(", "))];
  const facts = element("dl", "", ...known, ...taken, ...before, fact("Sealed", timeAsSealed(sealedAt)), ...conflicts);
  return element("section", "", element("h2", "", "What it says"), facts, everyField(sealed));
}

function everyField(fields: Fields): HTMLElement {
  const all = Object.entries(fields).map(([name, value]) => fact(name, inFull(value)));
  const summary = element("summary", "", `All ${all.length} fields, word for word`);
  return element("details", "whole", summary, element("dl", "", ...all));
}

function fact(label: string, value: string): HTMLElement {
  return element("div", "fact", foreign("dt", "", label), foreign("dd", "", laidOpen(value)));
}

function inFull(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, isJsonObject(value) ? 2 : 0);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters in all)` : text;
}
