/** What one look at a post found changed since the first, and what it could not compare. */
import { useLanguage } from "../language.tsx";
import { momentAsSealed } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { Cover } from "./cover.tsx";
import type { View } from "./queries.ts";

type Recapture = View["recaptures"][number];
type Part = Readonly<Record<string, unknown>>;

/** Long, and others' words: covered until asked for. */
const COVERED = ["postText", "visibleText"] as const;
/** Told by name, before and after. */
const TOLD = ["author", "handle", "postedAt", "editedAt", "replyTo"] as const;

export function Changed({ recapture: { changes, comparison } }: { readonly recapture: Recapture }) {
  const { words } = useLanguage();
  const { changed } = words.look;
  const lines = useLines(changes, comparison);
  const covered = COVERED.filter((name) => isPart(changes[name]));
  if (lines.length + covered.length === 0) return null;
  return (
    <div className="stack changed">
      {lines.length === 0 ? null : (
        <ul>
          {lines.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      )}
      {covered.map((name) => (
        <div key={name} className="stack">
          <p>{changed[name]}</p>
          <Cover>{() => <BeforeAndAfter change={changes[name] as Part} />}</Cover>
        </div>
      ))}
    </div>
  );
}

function BeforeAndAfter({ change }: { readonly change: Part }) {
  const { changed } = useLanguage().words.look;
  const { before, after, removed, added } = change;
  const sides = [
    { what: changed.before, lines: textsOf(before ?? removed) },
    { what: changed.after, lines: textsOf(after ?? added) },
  ];
  return sides
    .filter(({ lines }) => lines.length > 0)
    .map(({ what, lines }) => (
      <div key={what}>
        <p className="small quiet">{what}</p>
        <p className="said-then" dir="auto">
          {lines.join("\n")}
        </p>
      </div>
    ));
}

function useLines(changes: Part, comparison: Part): readonly string[] {
  const { language, words } = useLanguage();
  const { changed } = words.look;
  const labels: Readonly<Record<string, string>> = { ...words.told.facts, ...changed.names };
  const shown = (value: unknown): string =>
    typeof value === "string" ? momentAsSealed(language, value) : changed.nothing;
  const told = TOLD.flatMap((name) => {
    const change = changes[name];
    if (!isPart(change)) return [];
    const { before, after } = change;
    return [fill(changed.became, { what: labels[name] ?? name, before: shown(before), after: shown(after) })];
  });
  const marked = isPart(changes["edited"])
    ? [changes["edited"]["after"] === true ? changed.marked : changed.unmarked]
    : [];
  const media = isPart(changes["media"]) ? changes["media"] : {};
  const files = (["removed", "added", "unclear"] as const).flatMap((name) => countLine(changed[name], media[name]));
  const names = textsOf(comparison["notCompared"]).map((name) => labels[name] ?? name);
  return [
    ...told,
    ...marked,
    ...files,
    ...countLine(changed.reencoded, comparison["reencoded"]),
    ...(names.length === 0 ? [] : [fill(changed.notCompared, { names: new Intl.ListFormat(language).format(names) })]),
  ];
}

function countLine(text: string, list: unknown): readonly string[] {
  return Array.isArray(list) && list.length > 0 ? [fill(text, { count: list.length })] : [];
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
