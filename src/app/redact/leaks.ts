/** In which of the fields that would be shown something can be read that is withheld, in whatever form it is written. */
import { openSearch, type Search } from "../../capture/shared/search.ts";
import type { Json } from "../../lib/json.ts";

/** Of a handle of fewer letters its bare form is no name any more, but a part of many words. */
const SHORTEST_BARE = 3;
/** Addresses stand in addresses, escaped once more each time. */
const ROUNDS = 3;

/** Names of fields. `words`: names, handles, whatever must be read nowhere. What an act is, is told in any case. */
export function leaksIn(fields: Readonly<Record<string, Json>>, words: readonly string[]): readonly string[] {
  const values = [...new Set(words.flatMap(spellingsOf))];
  const search = openSearch(values.map((value) => ({ kind: "name", value })));
  const folded = values.map(fold);
  return Object.entries(fields)
    .filter(([name, value]) => name !== "act" && says(JSON.stringify(value), folded, search))
    .map(([name]) => name);
}

/** A handle stands in addresses without its sign, and without its host. */
function spellingsOf(word: string): readonly string[] {
  const bare = word.replace(/^@+/, "");
  const local = bare.split("@", 1)[0] ?? "";
  return [word, ...[bare, local].filter((one) => one.length >= SHORTEST_BARE)];
}

function says(text: string, folded: readonly string[], search: Search): boolean {
  return readingsOf(text).some((reading) => {
    const plain = fold(reading);
    if (folded.some((one) => plain.includes(one))) return true;
    let found = false;
    search.removeFromText(reading, () => {
      found = true;
    });
    return found;
  });
}

/** The text as it stands, and with what is escaped in it undone, over and over: a part of a name may be escaped, and the rest not. */
function readingsOf(text: string): readonly string[] {
  const readings = [text];
  for (let round = 0; round < ROUNDS; round++) {
    const next = unescaped(readings.at(-1) as string);
    if (next === readings.at(-1)) break;
    readings.push(next);
  }
  return readings;
}

function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"))
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (whole, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/&nbsp;/gi, " ")
    .replace(/\\(["\\/])/g, "$1");
}

/** What looks the same is the same: full width, ligatures, upper case, marks that are not seen, any white space. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{Cf}\u034f]/gu, "")
    .replace(/\s+/gu, " ");
}
