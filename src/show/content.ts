import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

/** A piece of quoted text, or a bar in the place of `mask` characters that are not shown. */
export type QuotedPart = { readonly text: string } | { readonly mask: number };

/** What one placard says. All text is shown as text, whatever it contains. */
export interface PlacardContent {
  /** At most seven words. A soft hyphen (U+00AD) marks where a long word may break. */
  readonly headline: string;
  readonly quotation?: readonly QuotedPart[] | undefined;
  /** The words are the page's preview of the post, which may end before the post does. */
  readonly preview?: boolean | undefined;
  /** Only a name that may be shown. */
  readonly postedBy?: string | undefined;
  /** Prints a bar in the place of the name, with nothing beneath it, whatever `postedBy` says. */
  readonly masked?: boolean | undefined;
  readonly platform?: string | undefined;
  /** As the page gave it; an RFC 3339 time is written out, anything else is shown as it is. */
  readonly postedAt?: string | undefined;
  /** The page named no zone for it: it may be off by a day, and the print says so. */
  readonly zoneless?: boolean | undefined;
  /** RFC 3339. */
  readonly recordedAt: string;
  /** Who cosigned, and before when (RFC 3339). Left out: "not yet witnessed". */
  readonly witnessed?: { readonly names: readonly string[]; readonly before: string } | undefined;
  /** Follows the word "Assessed", such as "as a threat (clause 4b) by 3 of 3 people". */
  readonly assessed?: string | undefined;
  /**
   * A picture of the page, or of the post alone, that somebody decided may be shown as it is. What does not fit is cut off
   * for good.
   */
  readonly screenshot?: { readonly png: Uint8Array; readonly of?: "page" | "post" } | undefined;
  /** Said across the whole sheet: made of Placard's own sample; or not agreed on for the public. */
  readonly mark?: "sample" | "draft" | undefined;
  /** `PLC-XXXX-XXXX-XXXX-XXXX`. */
  readonly id: string;
  /** The six check words. */
  readonly words: readonly string[];
  /** In capitals, so that the code stays coarse: `HTTPS://HOLLOW-LANE.EXAMPLE/V/…`, or `PLACARD:` and the id. */
  readonly verifyUrl: string;
  /** Who carries it. */
  readonly group: string;
  /** "Placard n of `of`". */
  readonly number?: { readonly n: number; readonly of: number } | undefined;
}

const MAX_HEADLINE_WORDS = 7;
const MAX_HEADLINE = 160;
const MAX_LABEL = 200;
const MAX_QUOTATION = 20_000;
const MAX_PARTS = 2_000;

/** Throws `usage` where the headline or the numbering breaks a rule, `malformed` or `too_large` where the rest does. */
export function checkContent(content: PlacardContent): void {
  checkHeadline(content.headline);
  if (!/^PLC(?:-[0-9A-HJKMNP-TV-Z]{4}){4}$/.test(content.id)) {
    throw new PlacardError("malformed", "The exhibit's id is not of the form PLC-XXXX-XXXX-XXXX-XXXX.");
  }
  if (content.words.length !== 6 || !content.words.every((word) => /^[a-z]{3,8}$/.test(word))) {
    throw new PlacardError("malformed", "An exhibit has six check words of three to eight letters each.");
  }
  if (!/^(?:HTTPS?:\/\/|PLACARD:)[0-9A-Z$%*+./:-]+$/.test(content.verifyUrl) || content.verifyUrl.length > 120) {
    throw new PlacardError("usage", say("not_in_code", { url: content.verifyUrl.slice(0, 150) }), {
      next: say("capitals"),
    });
  }
  const { n, of } = content.number ?? { n: 1, of: 1 };
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(of) || n < 1 || of < n) {
    throw new PlacardError("usage", `There is no placard ${n} of ${of}.`);
  }
  checkLengths(content);
}

function checkHeadline(headline: string): void {
  const words = headline.split(/\s+/).filter((word) => word !== "");
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(headline)) {
    throw new PlacardError("usage", say("headline_empty"), { next: say("one_to_seven") });
  }
  if (words.length > MAX_HEADLINE_WORDS || headline.length > MAX_HEADLINE) {
    throw new PlacardError("usage", say("headline_words", { count: words.length, most: MAX_HEADLINE_WORDS }), {
      next: say("seven_words"),
    });
  }
}

function checkLengths(content: PlacardContent): void {
  const labels = {
    "group's name": content.group,
    "poster's name": content.postedBy,
    "platform's name": content.platform,
    "time of posting": content.postedAt,
    "time of recording": content.recordedAt,
    assessment: content.assessed,
    "time of witnessing": content.witnessed?.before,
  };
  for (const [what, text] of Object.entries(labels)) {
    if (text !== undefined && text.length > MAX_LABEL) {
      throw new PlacardError("too_large", say("label_too_long", { what, count: MAX_LABEL }));
    }
  }
  const names = content.witnessed?.names ?? [];
  if (names.length > 64 || names.some((witness) => witness.length > MAX_LABEL)) {
    throw new PlacardError("too_large", say("too_many_witnesses"));
  }
  const parts = content.quotation ?? [];
  const length = parts.reduce((sum, part) => sum + ("text" in part ? part.text.length : 1), 0);
  if (length > MAX_QUOTATION || parts.length > MAX_PARTS) {
    throw new PlacardError("too_large", say("quotation_too_long", { count: MAX_QUOTATION }), {
      next: say("quote_part"),
    });
  }
  if (parts.some((part) => "mask" in part && !(Number.isSafeInteger(part.mask) && part.mask > 0))) {
    throw new PlacardError("usage", "A bar stands for a whole number of characters, at least one.");
  }
}
