/** What a dossier says. Whatever does not come through here is on no page of it. */
import type { QuotedPart } from "../content.ts";
import type { PrintedPicture } from "../screenshot.ts";

export interface DossierContent {
  readonly group: string;
  readonly caseName: string;
  /** What the group says of the case in public. */
  readonly about?: string | undefined;
  /** How the group works, in its own paragraphs. */
  readonly method: readonly string[];
  readonly record: DossierRecord;
  readonly numbers: DossierNumbers;
  /** Those that two people agreed to, in the order in which they were sealed, as far as there is room. */
  readonly exhibits: readonly ShownExhibit[];
  /** Every one of the case, as far as there is room; those that were erased among them. */
  readonly listed: readonly ListedExhibit[];
}

/** The group's record as it stood. */
export interface DossierRecord {
  /** RFC 3339: of its newest checkpoint. */
  readonly at: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  /** Signed, verbatim. */
  readonly checkpoint: string;
  /** The ledger's name and key, as a policy has it. */
  readonly vkey: string;
  /** The same as words that can be read out. */
  readonly keyWords: readonly string[];
  /** Where the group's site lies. */
  readonly site?: string | undefined;
}

export const STANDINGS = ["unchanged", "edited", "page-changed", "gone", "not-reachable", "unchecked"] as const;
type Standing = (typeof STANDINGS)[number];

/** Each number of exhibits; what is a part of what stands beside it. */
export interface DossierNumbers {
  /** Of the case, without what was erased. */
  readonly total: number;
  readonly captured: number;
  readonly received: number;
  readonly standings: Readonly<Record<Standing, number>>;
  /** May be shown to the public. */
  readonly passed: number;
  /** Of these. */
  readonly isPublic: number;
  /** Was public, and is not any more. */
  readonly wasPublic: number;
  /** Erased ones, which are in no other number. */
  readonly erased: number;
  /** States when it was posted. */
  readonly timed: number;
  /** By the Monday of the week, UTC, in their order. */
  readonly weeks: readonly { readonly week: string; readonly count: number }[];
  /** Weekday 0 is Monday; hours in UTC. */
  readonly hours: readonly { readonly weekday: number; readonly hour: number; readonly count: number }[];
  /** The most first; null: it states none. */
  readonly platforms: readonly { readonly name: string | null; readonly count: number }[];
  /** At places that nothing shown names. */
  readonly elsewhere: number;
}

export interface ShownExhibit {
  readonly id: string;
  /** The six check words. */
  readonly words: readonly string[];
  readonly verifyUrl: string;
  /** After masking. */
  readonly quotation?: readonly QuotedPart[] | undefined;
  readonly preview?: boolean | undefined;
  readonly postedBy?: string | undefined;
  readonly platform?: string | undefined;
  readonly postedAt?: string | undefined;
  readonly zoneless?: boolean | undefined;
  readonly recordedAt: string;
  /** By others; what they say of it is theirs. */
  readonly isReceived: boolean;
  readonly witnessed?: { readonly names: readonly string[]; readonly before: string } | undefined;
  readonly note: string;
  readonly corrections: readonly { readonly at: string; readonly what: string; readonly why: string }[];
  readonly withheld: Withheld;
  /** `too-large`: it is left out for its size alone. */
  readonly picture?: (PrintedPicture & { readonly of: "page" | "post" }) | "too-large" | undefined;
  /** RFC 3339. */
  readonly publishedAt?: string | undefined;
}

/** Facts whose being withheld is said by name. */
export const WITHHELD_FACTS = ["author", "handle", "url", "title", "postText", "postedAt", "platform"] as const;

export interface Withheld {
  readonly facts: readonly (typeof WITHHELD_FACTS)[number][];
  /** Squares of the picture. */
  readonly tiles: number;
  readonly ofTiles: number;
  /** The whole of it. */
  readonly picture: boolean;
}

export interface ListedExhibit {
  readonly id: string;
  /** Its place in the ledger. */
  readonly position: number;
  readonly sealedAt: string;
  /** Leaf hash of its entry, hexadecimal. */
  readonly leaf: string;
  readonly erasedAt?: string | undefined;
}
