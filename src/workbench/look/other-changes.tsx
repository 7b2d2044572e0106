/** What one look at a post found changed besides what is told word by word, and what it could not compare. */
import { listIn } from "../../lib/told.ts";
import { useLanguage } from "../language.tsx";
import { momentAsSealed } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { type Fields, isFields, textsIn } from "./changed.ts";
import type { View } from "./queries.ts";

type Recapture = View["recaptures"][number];

/** Told as times are, before and after. */
export const TIMES = ["postedAt", "editedAt"] as const;

export function OtherChanges({ recapture: { changes, comparison } }: { readonly recapture: Recapture }) {
  const lines = useLines(changes, comparison);
  if (lines.length === 0) return null;
  return (
    <ul className="changed-what">
      {lines.map((line) => (
        <li key={line} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  );
}

function useLines(changes: Fields, comparison: Fields): readonly string[] {
  const { language, words } = useLanguage();
  const { changes: changed } = words.look;
  const labels: Readonly<Record<string, string>> = { ...words.told.facts, ...changed.names };
  const shown = (value: unknown): string =>
    typeof value === "string" ? momentAsSealed(language, value) : changed.nothing;
  const told = TIMES.flatMap((name) => {
    const change = changes[name];
    if (!isFields(change)) return [];
    const { before, after } = change;
    return [fill(changed.became, { what: labels[name] ?? name, before: shown(before), after: shown(after) })];
  });
  const marked = isFields(changes["edited"])
    ? [changes["edited"]["after"] === true ? changed.marked : changed.unmarked]
    : [];
  const media = isFields(changes["media"]) ? changes["media"] : {};
  const files = (["removed", "added", "unclear"] as const).flatMap((name) => countLine(changed[name], media[name]));
  const names = textsIn(comparison["notCompared"]).map((name) => labels[name] ?? name);
  return [
    ...told,
    ...marked,
    ...files,
    ...countLine(changed.reencoded, comparison["reencoded"]),
    ...(names.length === 0 ? [] : [fill(changed.notCompared, { names: listIn(language, names) })]),
  ];
}

function countLine(text: string, list: unknown): readonly string[] {
  return Array.isArray(list) && list.length > 0 ? [fill(text, { count: list.length })] : [];
}
