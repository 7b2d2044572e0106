/** The payloads of test/vectors/xss.txt, as they are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", "0": "\0", "\\": "\\" };

export const xssPayloads: readonly string[] = readFileSync(join(import.meta.dirname, "vectors/xss.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("# "))
  .map((line) =>
    line.replace(/\\(?:u\{([0-9a-f]+)\}|([nt0\\]))/g, (_, point: string | undefined, letter: string | undefined) =>
      point === undefined ? (ESCAPES[letter ?? ""] ?? "") : String.fromCodePoint(Number.parseInt(point, 16)),
    ),
  );

/** What a payload is of: the elements, events and addresses in it, and what it breaks out of. (A spreadsheet's formulas are no page's kind.) */
export function kindsOf(payload: string): readonly string[] {
  const found =
    payload
      .toLowerCase()
      .match(
        /<[a-z]+|\bon[a-z]+(?==)|[\w&#;:]*script(?=:)|srcdoc|&\w+;|<\/(?:title|textarea|noscript)|data:[\w/+]+/g,
      ) ?? [];
  return [...found, /^[^\p{L}\p{N}\s=+@%*\]]?/u.exec(payload)?.[0] ?? ""];
}

/** At most a fifth of them, with each kind that all of them have. */
export const somePayloads: readonly string[] = spread(Math.floor(xssPayloads.length / 5));

function spread(most: number): readonly string[] {
  const chosen = new Set<string>();
  const missing = new Set(xssPayloads.flatMap(kindsOf));
  const brings = (text: string): number => [...new Set(kindsOf(text))].filter((kind) => missing.has(kind)).length;
  while (missing.size > 0) {
    const next = xssPayloads.reduce((best, text) => (brings(text) > brings(best) ? text : best));
    chosen.add(next);
    for (const kind of kindsOf(next)) missing.delete(kind);
  }
  const others = xssPayloads.filter((text) => !chosen.has(text));
  const left = most - chosen.size;
  for (let i = 0; i < left; i++) chosen.add(others[Math.floor((i * others.length) / left)] ?? "");
  return [...new Set(xssPayloads)].filter((text) => chosen.has(text));
}
