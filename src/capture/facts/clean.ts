import type { Fact, FactName, PostFacts } from "./post-facts.ts";

type Rule = { readonly longest: number } | "count" | "flag";

const RULES: Readonly<Record<FactName, Rule>> = {
  author: { longest: 200 },
  handle: { longest: 200 },
  postText: { longest: 20_000 },
  postedAt: { longest: 64 },
  editedAt: { longest: 64 },
  edited: "flag",
  replyTo: { longest: 2000 },
  likes: "count",
  reposts: "count",
  replies: "count",
  views: "count",
  platform: { longest: 200 },
  media: { longest: 2000 },
  title: { longest: 500 },
};
const MOST_MEDIA = 20;

/** What a source gave, each fact of its kind and within its bounds; what is not goes. */
export function cleanFacts(facts: PostFacts): PostFacts {
  const clean: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(facts) as [FactName, Fact][]) {
    const kept = cleanFact(RULES[name], value);
    if (kept !== undefined) clean[name] = kept;
  }
  return clean;
}

function cleanFact(rule: Rule, value: Fact): Fact | undefined {
  if (rule === "flag") return value === true ? true : undefined;
  if (rule === "count") return Number.isSafeInteger(value) && (value as number) >= 0 ? value : undefined;
  const kept = typeof value === "string" ? cleanText(value, rule.longest) : cleanList(value, rule.longest);
  return kept.length > 0 ? kept : undefined;
}

function cleanList(values: Fact, longest: number): readonly string[] {
  const list = Array.isArray(values) ? (values as readonly string[]) : [];
  const clean = list.slice(0, MOST_MEDIA).map((value) => cleanText(value, longest));
  return [...new Set(clean)].filter((value) => value !== "");
}

/**
 * Control characters go (tab and line feed stay), lone surrogates are mended, and a long text is cut at a character.
 * Characters that turn the direction of text stay: Hebrew and Arabic need them, and what is sealed is what was said.
 * Whoever shows a fact must isolate it (`dir="auto"`, `printable`).
 */
export function cleanText(value: string, longest: number): string {
  /* oxlint-disable no-control-regex -- control characters are what is looked for */
  const text = value
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .trim();
  return text
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, "")
    .toWellFormed();
}
