/** What the post's element says in the marks of one platform (rule.ts): heard only where it says one thing. */
import type { SaidPage } from "../../page/said-page.ts";
import type { Fact, FactName, PostFacts } from "../post-facts.ts";

const COUNTS: ReadonlySet<string> = new Set<FactName>(["likes", "reposts", "replies", "views"]);

export function fromMarkup({ element }: SaidPage, name: string): PostFacts {
  if (element.foundBy === "nothing") return {};
  const facts: Record<string, Fact> = {};
  for (const [fact, said] of element.markup
    .filter((one) => one.name === name)
    .flatMap((one) => Object.entries(one.said))) {
    const [value, ...others] = said;
    if (value === undefined || others.length > 0) continue;
    facts[fact] = fact === "edited" ? true : COUNTS.has(fact) ? Number(value) : value;
  }
  return facts;
}
