/** What another program hands to the Save screen in its address: the phone's share sheet, or the link in a browser's bar. */
import { SHARED_FILES, type SharedFiles } from "../offline/kept-files.ts";

export interface Shared {
  readonly title?: string;
  readonly text?: string;
  readonly url?: string;
  /** What became of the files that were shared with it. */
  readonly files?: SharedFiles;
}

const NAMES = ["url", "text", "title"] as const;
/** As many, and as long, as are taken at once. */
const MOST = 500;
const LONGEST = 8192;

export function sharedOf(given: Readonly<Record<string, unknown>>): Shared {
  const texts = NAMES.map((name) => [name, given[name]]).filter(([, value]) => typeof value === "string");
  const files = SHARED_FILES.find((one) => one === given["files"]);
  return { ...Object.fromEntries(texts), ...(files === undefined ? {} : { files }) };
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
