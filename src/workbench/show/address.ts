/** What is chosen of placards, and how it stands in the address. */
export const SIZES = ["A4", "A3", "A2", "A1"] as const;

export interface Wanted {
  readonly ids: readonly string[];
  /** Empty: taken from the post. */
  readonly headline: string;
  readonly size: (typeof SIZES)[number];
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
  readonly picture?: boolean;
}

/** An address, taken at its word only where it says what there is. What is as usual need not be said. */
export function showSearchOf(given: Readonly<Record<string, unknown>>): ShowSearch {
  const { ids, headline, picture } = given;
  const size = SIZES.find((one) => one === given["size"]);
  return {
    ...(Array.isArray(ids) ? { ids: [...new Set(ids.filter((id) => typeof id === "string"))].slice(0, MOST_IDS) } : {}),
    ...(typeof headline === "string" && headline !== "" ? { headline: headline.slice(0, LONGEST_HEADLINE) } : {}),
    ...(size === undefined || size === USUAL ? {} : { size }),
    ...(picture === true ? { picture } : {}),
  };
}

/** What is chosen at that address. */
export function wantedAt({ ids = [], headline = "", size = USUAL, picture = false }: ShowSearch): Wanted {
  return { ids, headline, size, picture };
}
