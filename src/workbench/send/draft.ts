/**
 * What a sender has filled in so far. It lies in this tab only, as long as the tab is open: a stranger's device may be
 * anybody's, and nobody signs out of it. Pictures are kept by name, and have to be chosen again once the page was left.
 */

/** A sending of which no answer came. Sent again as it is, it bears the same key, and is taken in once. */
export interface Attempt {
  /** SHA-256 of what was sent. */
  readonly of: string;
  readonly key: string;
}

export interface Draft {
  links: string;
  words: string;
  contact: string;
  pictures: readonly File[];
  /** Names of pictures that were chosen before the page was left. */
  lost: readonly string[];
  attempt: Attempt | undefined;
}

const KEPT = "placard-send";
export const emptyDraft = (): Draft => ({
  links: "",
  words: "",
  contact: "",
  pictures: [],
  lost: [],
  attempt: undefined,
});

const isText = (value: unknown): value is string => typeof value === "string";

function keptBefore(): Readonly<Record<string, unknown>> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as unknown;
    return typeof kept === "object" && kept !== null ? (kept as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

export function keptDraft(): Draft {
  const { links, words, contact, names, attempt } = keptBefore();
  const { of, key } = (attempt ?? {}) as Partial<Attempt>;
  return {
    links: isText(links) ? links : "",
    words: isText(words) ? words : "",
    contact: isText(contact) ? contact : "",
    pictures: [],
    lost: Array.isArray(names) ? names.filter(isText) : [],
    attempt: isText(of) && isText(key) ? { of, key } : undefined,
  };
}

export function isEmptyDraft({ links, words, contact, pictures, lost }: Draft): boolean {
  return `${links}${words}${contact}`.trim() === "" && pictures.length + lost.length === 0;
}

export function keepDraft(draft: Draft): void {
  const { links, words, contact, pictures, lost, attempt } = draft;
  const names = [...lost, ...pictures.map(({ name }) => name)];
  try {
    if (isEmptyDraft(draft)) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify({ links, words, contact, names, attempt }));
  } catch {
    // The device keeps nothing; what is typed stands on the screen.
  }
}
