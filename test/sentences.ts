/** What a catalogue of words says. */

/** Each sentence by its path. */
export function sentences(words: object, path = ""): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as const] : sentences(value as object, `${path}${key}.`),
  );
}

export const placeholders = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted().join();
