/** What another program hands to the Save screen in its address: the phone's share sheet, or the link in a browser's bar. */

export interface Shared {
  readonly title?: string;
  readonly text?: string;
  readonly url?: string;
}

const NAMES = ["url", "text", "title"] as const;
/** As many, and as long, as are taken at once. */
const MOST = 500;
const LONGEST = 8192;

export function sharedOf(given: Readonly<Record<string, unknown>>): Shared {
  return Object.fromEntries(NAMES.map((name) => [name, given[name]]).filter(([, value]) => typeof value === "string"));
}

/** Apps put the link into any of the three, and words around it. Each once, in order, one a line. */
export function sharedLinks(shared: Shared): string {
  const found = NAMES.flatMap((name) => (shared[name] ?? "").match(/https?:\/\/[^\s<>"]+/giu) ?? []);
  const links = found.map(withoutPunctuation).filter((link) => link.length <= LONGEST && URL.canParse(link));
  return [...new Set(links)].slice(0, MOST).join("\n");
}

/** What ends a sentence is not the link's; a bracket is, where it was opened within. */
function withoutPunctuation(link: string): string {
  const shorter = link.replace(/[.,;:!?'’”»…]+$/u, "");
  const unopened = shorter.endsWith(")") && shorter.split(")").length > shorter.split("(").length;
  if (unopened) return withoutPunctuation(shorter.slice(0, -1));
  return shorter;
}
