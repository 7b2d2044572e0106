/** What the shown fields say, for people; and one click down every field as it was sealed. */
import { isJsonObject } from "../../lib/json.ts";
import { conflictSentences, conflictsOf } from "../sources.ts";
import type { Exhibit } from "../verdict.ts";
import { laidOpen, shown, stepsOf, timeAsSealed, toldFacts } from "../wording.ts";
import { element, foreign } from "./elements.ts";
import { fill, isEnglish, momentSaid, words } from "./speech.ts";

type Fields = Exhibit["fields"];

/** In the order told. The post's own words stand with its picture, covered until asked for. */
const FACTS = [
  "postedAt",
  "editedAt",
  "replyTo",
  "author",
  "handle",
  "platform",
  "url",
  "finalUrl",
  "capturedAt",
  "capturedBy",
  "receivedFrom",
  "receivedAt",
  "receivedBy",
  "fileName",
  "case",
  "note",
] as const;
const TIMES: ReadonlySet<string> = new Set(["postedAt", "editedAt", "capturedAt", "receivedAt"]);
const LONGEST = 20_000;

export function tellFacts({ fields: sealed, sealedAt }: Exhibit): HTMLElement {
  const fields = toldFacts(sealed);
  const { says, facts: labels } = words();
  const known = FACTS.flatMap((field) => {
    const value = fields[field];
    if (typeof value !== "string" || (field === "finalUrl" && value === fields["url"])) return [];
    return [TIMES.has(field) ? said(labels[field], timeSaid(value)) : fact(labels[field], value)];
  });
  // The post's words may be among them, and are covered elsewhere on this page.
  const names = isJsonObject(fields["factConflicts"]) ? Object.keys(fields["factConflicts"]) : [];
  const differ = conflictsSaid(fields).filter((_, i) => names[i] !== "postText");
  const covered = names.includes("postText") ? [says.differCovered] : [];
  const conflicts = [...differ, ...covered].map((sentence) => said(says.differ, sentence));
  const pressed = pressedSaid(fields["steps"]);
  const before = pressed === undefined ? [] : [said(says.pressed, pressed)];
  const shared = isJsonObject(sealed["shared"]) ? Object.keys(sealed["shared"]) : [];
  const taken = shared.length === 0 ? [] : [fact(says.takenOut, shared.join(", "))];
  const facts = element("dl", "", ...known, ...taken, ...before, said(says.sealed, timeSaid(sealedAt)), ...conflicts);
  return element("section", "", element("h2", "", says.title), facts, everyField(sealed));
}

function timeSaid(at: string): string {
  return isEnglish() ? laidOpen(timeAsSealed(at)) : momentSaid(laidOpen(at));
}

function pressedSaid(steps: unknown): string | undefined {
  const { pressed, says } = words();
  const known: Readonly<Record<string, string>> = pressed;
  const told = stepsOf(steps).map(({ did, words: label }) =>
    fill(Object.hasOwn(known, did) ? (known[did] ?? "") : pressed.other, { did: shown(did), words: label }),
  );
  return told.length === 0 ? undefined : told.join(says.andThen);
}

function conflictsSaid(fields: Fields): readonly string[] {
  if (isEnglish()) return conflictSentences(fields);
  return conflictsOf(fields).map(({ name, sayings }) => {
    const each = sayings.map(({ by, value }) => `\u2068${by.join(", ")}\u2069: ״\u2068${value}\u2069״`);
    return `\u2068${name}\u2069: ${each.join("; ")}.`;
  });
}

function everyField(fields: Fields): HTMLElement {
  const all = Object.entries(fields).map(([name, value]) => said(name, inFull(value)));
  const summary = element("summary", "", fill(words().says.all, { count: all.length }));
  return element("details", "whole", summary, element("dl", "", ...all));
}

function fact(label: string, value: string): HTMLElement {
  return said(label, laidOpen(value));
}

/** A sentence of ours: what came from the file is laid open in it already, and what sets that apart stays. */
function said(label: string, text: string): HTMLElement {
  return element("div", "fact", foreign("dt", "", label), foreign("dd", "", text));
}

function inFull(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, isJsonObject(value) ? 2 : 0);
  if (text.length <= LONGEST) return laidOpen(text);
  return fill(words().says.cut, { text: laidOpen(text.slice(0, LONGEST)), count: text.length });
}
