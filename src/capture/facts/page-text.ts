/** What stands beside the post's words, within its element: whether it was edited, and counts that are told in full. */

import type { SaidPage } from "../page/said-page.ts";
import type { Fact, PostFacts } from "./post-facts.ts";

/** A line of its own, such as "(edited)", "Edited 14 March", "Zuletzt bearbeitet am …". */
const EDITED =
  /^[\s·(]*(?:last )?(?:edited|bearbeitet|zuletzt bearbeitet|modifié|editado|modificato|bewerkt|edytowano|изменено|נערך|تم التعديل|編集済み)(?:[\s).:·]*|[^\p{L}].{0,60}(?:\d|\bago\b).{0,30}|[^\p{L}]{1,3}\d.{0,60})$/iu;
/** Digits with nothing but separators of thousands; "1.2K" is rounded, and no number. */
const NUMBER = String.raw`(\d{1,3}(?:[,. \u00a0\u202f]\d{3})+|\d{1,9})`;
const COUNTS: readonly (readonly ["likes" | "reposts" | "replies" | "views", RegExp])[] = [
  ["likes", new RegExp(`^${NUMBER} (?:likes?|favou?rites?|upvotes?|„?gefällt mir“?|j’aime|me gusta)$`, "iu")],
  ["reposts", new RegExp(`^${NUMBER} (?:reposts?|boosts?|shares?|reblogs?|retweets?)$`, "iu")],
  ["replies", new RegExp(`^${NUMBER} (?:repl(?:y|ies)|comments?|answers?|antworten?|réponses?|respuestas?)$`, "iu")],
  ["views", new RegExp(`^${NUMBER} (?:views?|aufrufe?|vues?|visualizaciones)$`, "iu")],
];

export function fromPageText({ element }: SaidPage): PostFacts {
  if (element.foundBy === "nothing") return {};
  const facts: Record<string, Fact> = {};
  const lines = [...element.lines, ...element.labels].map((line) => line.replace(/^[\s·|•]+|[\s·|•]+$/g, ""));
  if (lines.some((line) => EDITED.test(line))) facts["edited"] = true;
  for (const [name, pattern] of COUNTS) {
    const told = lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
    const numbers = new Set(told.map((digits) => Number(digits.replace(/\D/g, ""))));
    const [only] = numbers;
    if (numbers.size === 1 && only !== undefined) facts[name] = only;
  }
  return facts;
}
