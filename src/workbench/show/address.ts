import { isLanguage, type Language } from "../words/words.ts";

/** What is chosen of placards, and how it stands in the address. */
export const SIZES = ["A4", "A3", "A2", "A1"] as const;

export interface Wanted {
  readonly ids: readonly string[];
  /** Empty: taken from the post. */
  readonly headline: string;
  readonly size: (typeof SIZES)[number];
  /** Of what Placard says on them. */
  readonly language: Language;
  readonly picture: boolean;
}

const MOST_IDS = 100;
const LONGEST_HEADLINE = 200;
const USUAL = "A3";

/** What the Show screen's address says: all that is chosen there, so that the address leads somebody else to the same page. */
export interface ShowSearch {
  readonly ids?: readonly string[];
  readonly headline?: string;
  readonly size?: Wanted["size"];
  /** Said with the first choice: what is usual is the reader's own, and another's may be another. */
  readonly language?: Language;
  readonly picture?: boolean;
}

/** An address, taken at its word only where it says what there is. What is as usual need not be said. */
export function showSearchOf(given: Readonly<Record<string, unknown>>): ShowSearch {
  const { ids, headline, language, picture } = given;
  const size = SIZES.find((one) => one === given["size"]);
  return {
    ...(Array.isArray(ids) ? { ids: [...new Set(ids.filter((id) => typeof id === "string"))].slice(0, MOST_IDS) } : {}),
    ...(typeof headline === "string" && headline !== "" ? { headline: headline.slice(0, LONGEST_HEADLINE) } : {}),
    ...(size === undefined || size === USUAL ? {} : { size }),
    ...(isLanguage(language) ? { language } : {}),
    ...(picture === true ? { picture } : {}),
  };
}

/** What is chosen at that address by somebody who reads in `usual`. */
export function wantedAt(search: ShowSearch, usual: Language): Wanted {
  const { ids = [], headline = "", size = USUAL, language = usual, picture = false } = search;
  return { ids, headline, size, language, picture };
}
