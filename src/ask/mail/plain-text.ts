/** What a mail in HTML says, as plain text: nothing in it is drawn, run or fetched, and a link shows where it leads. */
import { convert, type HtmlToTextOptions } from "html-to-text";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";

const LONGEST_HTML = 2_000_000;
/** Of many that are never closed each takes longer than the one before. */
const MOST_TAGS = 40_000;
/** The reader of HTML goes down by calling itself. */
const DEEPEST = 200;

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxInputLength: LONGEST_HTML, maxDepth: DEEPEST, ellipsis: "…" },
  selectors: [
    { selector: "img", format: "whatItShows" },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: ["<", ">"] } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
  formatters: {
    whatItShows: (element, _walk, builder) => {
      const { alt = "" } = element.attribs as { readonly alt?: string };
      if (alt.trim() !== "") builder.addInline(`[${alt.trim()}]`);
    },
  },
};

/** Throws `too_large`, `malformed`. */
export function plainTextOf(html: string): string {
  if (html.length > LONGEST_HTML || html.split("<", MOST_TAGS + 2).length > MOST_TAGS + 1)
    throw new PlacardError("too_large", say("mail_html_too_long"));
  try {
    return tidy(convert(html, OPTIONS));
  } catch (cause) {
    throw new PlacardError("malformed", say("mail_unreadable"), { cause });
  }
}

/** How many pictures it would have fetched from elsewhere, each of which tells its sender when the mail is read. */
export function remotePicturesIn(html: string): number {
  return html.split("<").filter((tag) => FROM_ELSEWHERE.test(tag)).length;
}

const FROM_ELSEWHERE =
  /^(?:img|input|video|source|body|table|td)\b[^>]*?\b(?:src|background|poster)\s*=\s*["']?\s*(?:https?:)?\/\//i;

/** Without what is not seen and could hide or turn round what is. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .toWellFormed()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{4,}/g, "\n\n\n")
    .trim();
}
