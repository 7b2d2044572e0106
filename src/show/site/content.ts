/**
 * What a site is made of, and nothing else: whatever stands here is public. What is withheld never gets this far.
 * Exhibits are asked for one by one, so that ten thousand of them, with pictures and proofs, never lie in memory at once.
 */
import type { QuotedPart } from "../content.ts";
import type { WithdrawalKind } from "../rules.ts";

export type SiteLanguage = "en" | "he";

/** A sentence of Placard's own, in each language. */
export type InEach = Readonly<Record<SiteLanguage, string>>;

export interface SiteContent {
  readonly identity: SiteIdentity;
  /** In the order in which they are listed. */
  readonly cases: readonly SiteCase[];
  /** In any order; each id once. */
  exhibits(): AsyncIterable<ExhibitEntry>;
  readonly questions: readonly SiteQuestion[];
  /** The group's own paragraphs on how it works, before Placard's own. */
  readonly method: readonly string[];
  /** Of the site as a whole; those of an exhibit stand with it. */
  readonly corrections: readonly Correction[];
}

export interface SiteIdentity {
  /** The group's name. */
  readonly name: string;
  /** Where the site will lie, http or https, with or without a slash at its end. */
  readonly address: string;
  /** The ledger's name and key, as a policy has it. */
  readonly vkey: string;
}

export interface SiteCase {
  /** Stands in its address: small letters, digits and hyphens, and never used for another. */
  readonly key: string;
  readonly name: string;
  readonly about?: string | undefined;
}

/** Public, dated, reasoned. */
export interface Correction {
  /** RFC 3339. */
  readonly at: string;
  readonly what: string;
  readonly why: string;
}

export type ExhibitEntry = PublishedEntry | WithdrawnEntry;

/** Of a withdrawn exhibit nothing else is told. */
export interface WithdrawnEntry {
  readonly id: string;
  readonly withdrawn: { readonly at: string; readonly because: WithdrawnBecause };
}

/** Taken back by a person, held back by a gate, or erased. */
export type WithdrawnBecause = WithdrawalKind | "held" | "erased";

/** What lists and feeds tell of an exhibit; kept in memory for each of them. */
export interface PublishedEntry {
  /** `PLC-XXXX-XXXX-XXXX-XXXX`. */
  readonly id: string;
  readonly withdrawn?: undefined;
  /** A key of `cases`. */
  readonly caseKey?: string | undefined;
  readonly platform?: string | undefined;
  /** As the page gave it. */
  readonly postedAt?: string | undefined;
  /** The page named no zone for it. */
  readonly zoneless?: boolean | undefined;
  /** RFC 3339, as are all times below. */
  readonly recordedAt: string;
  readonly publishedAt: string;
  readonly corrections: readonly Correction[];
  /** Made of Placard's own sample. */
  readonly sample?: boolean | undefined;
  /** The same for as long as `load` gives the same; only then a page is not made anew. Kept in the record, not published. */
  readonly version: string;
  load(): Promise<ExhibitDetail>;
}

export interface ExhibitDetail {
  /** The six check words. */
  readonly words: readonly string[];
  /** After masking. */
  readonly quotation?: readonly QuotedPart[] | undefined;
  /** The words are the page's preview of the post, which may end before the post does. */
  readonly preview?: boolean | undefined;
  /** Only a name that may be shown; left out: it is withheld. */
  readonly postedBy?: string | undefined;
  /** Why it is in the public interest. */
  readonly publicInterest: string;
  /** Follows the word "Assessed". */
  readonly assessed?: string | undefined;
  /** Who cosigned, and before when. */
  readonly witnessed?: { readonly names: readonly string[]; readonly before: string } | undefined;
  /** The redacted picture, PNG. */
  readonly picture?: Uint8Array | undefined;
  /** The redacted `.placard` file. */
  readonly proof: Uint8Array;
}

export interface SiteQuestion {
  /** As a case's. */
  readonly key: string;
  readonly title: string;
  /** Name and office. */
  readonly askedOf: string;
  readonly askedAt: string;
  /** By when an answer was asked for. */
  readonly by?: string | undefined;
  /** Derived, never typed: "No reply received by 1 May 2026 (asked twice, delivery confirmed)." */
  readonly status: InEach;
  readonly text: readonly string[];
  /** Ids of exhibits that it stands on. */
  readonly exhibits: readonly string[];
  readonly thread: readonly ThreadEntry[];
}

export interface ThreadEntry {
  readonly at: string;
  /** "Sent by e-mail", "Reply from the office". */
  readonly what: InEach;
  /** Published whole. */
  readonly text?: readonly string[] | undefined;
}
