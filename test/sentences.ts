/** What a catalogue of words says. */
import assert from "node:assert/strict";

/** Each sentence by its path. */
export function sentences(words: object, path = ""): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as const] : sentences(value as object, `${path}${key}.`),
  );
}

export const placeholders = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted().join();

/**
 * Each sentence in both languages, which must say the same things with the same names and numbers in them. One and two are
 * words of their own in Hebrew, and need no digit.
 */
export function inBoth<Words extends object>(
  english: Words,
  hebrew: Words,
): readonly { readonly key: string; readonly text: string; readonly other: string }[] {
  const others = new Map(sentences(hebrew));
  const all = sentences(english);
  assert.deepEqual(
    [...others.keys()],
    all.map(([key]) => key),
  );
  return all.map(([key, text]) => {
    const other = others.get(key) ?? "";
    if (!/\.(?:one|two)$/.test(key)) assert.equal(placeholders(other), placeholders(text), key);
    return { key, text, other };
  });
}

export const IN_HEBREW = /[\u05d0-\u05ea]/;
