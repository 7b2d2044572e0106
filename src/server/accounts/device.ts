/** What a browser calls itself, in the few words that its owner knows it by. */

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrom(?:e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

const firstOf = (names: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  names.find(([form]) => form.test(text))?.[1];

/** "Firefox on Linux"; what is not known is not told. */
export function deviceOf(userAgent: string | null | undefined): string {
  const text = userAgent ?? "";
  const browser = firstOf(BROWSERS, text) ?? "A browser";
  const system = firstOf(SYSTEMS, text);
  return system === undefined ? browser : `${browser} on ${system}`;
}
