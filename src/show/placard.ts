import { PlacardError } from "../lib/error.ts";
import { checkContent, type PlacardContent } from "./content.ts";
import {
  arrange,
  bestSetting,
  fitDocument,
  fitPlacard,
  inked,
  inkMeter,
  largest,
  quotationPieces,
  setLines,
  shorten,
} from "./fit-page.ts";
import { fontRules } from "./fonts.ts";
import { fitHeadline, headlineUnits, largestCapital, lineBreaks, lineText, settle } from "./headline.ts";
import { type Fillable, html, type Markup, markupText, rawElement, visible } from "./markup.ts";
import { missingGlyphs } from "./missing-glyphs.ts";
import { hashOf } from "./policy.ts";
import { QUIET_ZONE, qrModules, qrSvg } from "./qr.ts";
import { direction, postedOn, quoted, quotedPart } from "./quotation.ts";
import { say } from "./said.ts";
import { printedPicture } from "./screenshot.ts";
import { type PlacardSize, SHEETS, type Sheet } from "./sheet.ts";
import type { FirstSheet } from "./steward.ts";
import { placardStyle } from "./style.ts";
import { legend, recordedSentence, witnessedSentence } from "./wording.ts";
import { allSaid, fill, type PlacardLanguage, type Speech, speechOf } from "./words.ts";

export type { PlacardContent, PlacardLanguage, PlacardSize };

const MAX_PLACARDS = 500;

/** What fits the page, as the page's only script; nothing in it comes from outside. */
const SCRIPT = [
  // headline.ts
  headlineUnits,
  lineText,
  lineBreaks,
  settle,
  fitHeadline,
  largestCapital,
  // missing-glyphs.ts and fit-page.ts
  missingGlyphs,
  inked,
  inkMeter,
  arrange,
  bestSetting,
  quotationPieces,
  shorten,
  setLines,
  largest,
  fitPlacard,
  fitDocument,
]
  .map((part) => part.toString())
  .concat('addEventListener("load",()=>{void fitDocument()});')
  .join("\n");

/**
 * The placards as one HTML document, a sheet each, that needs nothing but itself: typefaces and pictures are within,
 * its policy (CSP) admits this one script and style sheet by hash, and no network. Printing it in a browser gives the
 * placards; `printPlacards` does that and checks the outcome.
 *
 * `first`: a sheet that comes before them and is none, in the same language.
 *
 * Throws `usage` (headline of more than seven words, and the like), `malformed` or `too_large`.
 */
export function placardHtml(
  placards: readonly PlacardContent[],
  options: { readonly size: PlacardSize; readonly language?: PlacardLanguage; readonly first?: FirstSheet },
): string {
  if (placards.length === 0 || placards.length > MAX_PLACARDS) {
    throw new PlacardError("usage", say("placards_at_once", { count: placards.length, most: MAX_PLACARDS }));
  }
  if (!Object.hasOwn(SHEETS, options.size)) {
    throw new PlacardError("usage", say("no_such_sheet", { size: options.size }), { next: say("choose_sheet") });
  }
  for (const content of placards) checkContent(content);
  const sheet = SHEETS[options.size];
  const { first: sheetBefore } = options;
  const speech = speechOf(options.language);
  const fonts = fontRules([allSaid(speech), ...placards.map(allText), sheetBefore?.text ?? ""].join(" "));
  // The coarsest code needs the widest quiet zone.
  const modules = Math.min(...placards.map((content) => qrModules(content.verifyUrl).length));
  const style = `${fonts}${placardStyle(sheet, modules, QUIET_ZONE)}${sheetBefore?.style ?? ""}`;
  const policy = `default-src 'none';base-uri 'none';form-action 'none';font-src data:;img-src data:;script-src ${hashOf(SCRIPT)};style-src ${hashOf(style)}`;
  return markupText(html`${DOCTYPE}<html lang="${speech.tag}" dir="${speech.direction}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${titleOf(placards, speech)}</title>${rawElement("style", style)}</head><body><div class="ruler"></div>
${sheetBefore?.markup}${placards.map((content) => placardPage(content, sheet, speech))}
${rawElement("script", SCRIPT)}</body></html>
`);
}

function titleOf(placards: readonly PlacardContent[], { words }: Speech): Fillable {
  const { id = "", group = "" } = placards[0] ?? {};
  return placards.length === 1
    ? fill(words.title.one, { id })
    : fill(words.title.other, { count: placards.length, group });
}

const DOCTYPE = html`<!doctype html>`;

function allText(content: PlacardContent): string {
  const { quotation = [], witnessed } = content;
  return visible(
    [
      content.headline,
      ...quotation.map((part) => ("text" in part ? part.text : "")),
      content.masked === true ? "" : content.postedBy,
      content.platform,
      content.postedAt,
      content.recordedAt,
      content.assessed,
      content.group,
      witnessed?.before,
      ...(witnessed?.names ?? []),
    ].join(" "),
  );
}

function placardPage(content: PlacardContent, sheet: Sheet, speech: Speech): Markup {
  const { headline, verifyUrl, mark } = content;
  const { words } = speech;
  // Without a site the code says the id, which a telephone shows and does nothing with.
  const leads = !verifyUrl.startsWith("PLACARD:");
  const framed = quoted(content) !== undefined || content.screenshot !== undefined;
  const heading = visible(headline).replace(/\s+/g, " ").trim();
  return html`<section class="page" data-id="${content.id}" data-least="${sheet.capHeight}">
${mark === undefined ? undefined : html`<p class="mark" aria-hidden="true">${words.marks[mark].word}</p>`}<header class="head"><bdi>${content.group}</bdi><span>${besideGroup(content, speech)}</span></header>
<h1 dir="${direction(heading, speech)}">${heading}</h1>
${framed ? frame(content, speech) : undefined}
<div class="facts">
${framed ? undefined : html`<p><b>${words.posted.label}</b>${postedOn(content, speech)}</p>`}
<p><b>${words.recorded.label}</b> ${recordedSentence(content, speech)}</p>
<p><b>${words.witnessed.label}</b> <bdi dir="${speech.direction}">${witnessedSentence(content, speech)}</bdi></p>
${content.assessed === undefined ? undefined : html`<p><b>${words.assessed.label}</b> <bdi>${content.assessed}</bdi></p>`}
<div class="key"><p class="mono id"><bdi>${content.id}</bdi></p><p class="scan">${leads ? words.check.scan : words.check.ask}</p><ol class="mono words">${content.words.map((word) => html`<li>${word}</li> `)}</ol></div>
</div>
<div class="code">${qrSvg(verifyUrl, leads ? words.check.code : words.check.codeOfId)}</div>
</section>
`;
}

function besideGroup({ mark, number }: PlacardContent, { words }: Speech): Fillable {
  const numbered = number === undefined ? [] : fill(words.number, { n: number.n, of: number.of });
  return [
    mark === undefined ? "" : words.marks[mark].note,
    mark !== undefined && number !== undefined ? " · " : "",
    numbered,
  ];
}

function frame(content: PlacardContent, speech: Speech): Markup {
  const { screenshot, mark, preview = false } = content;
  const { words } = speech;
  const quotation = quoted(content);
  const bars = (quotation ?? []).filter((part) => "mask" in part).length;
  const said = (quotation ?? []).map((part) => ("text" in part ? part.text : "")).join("");
  const kind = `frame${screenshot === undefined ? "" : " pictured"}${quotation === undefined ? " wordless" : ""}`;
  const whole = quotation === undefined ? words.frame.wordless : legend(bars, preview ? "preview" : "whole", speech);
  const [title, shortened] =
    mark === "sample" ? [words.invented, words.invented] : [whole, legend(bars, "shortened", speech)];
  return html`<fieldset class="${kind}" dir="${direction(said, speech)}">
<legend class="legend" dir="${speech.direction}" data-shortened="${shortened}">${title}</legend>
${quotation === undefined ? undefined : html`<blockquote class="quote" dir="${direction(said, speech)}" data-cut="${words.frame.cut}">${quotation.map((part) => quotedPart(part, speech))}</blockquote>`}
${screenshot === undefined ? undefined : picture(screenshot, speech)}
<p class="posted" dir="${speech.direction}">${words.posted.label}${postedOn(content, speech)}</p>
</fieldset>`;
}

function picture({ png, of = "page" }: NonNullable<PlacardContent["screenshot"]>, speech: Speech): Markup {
  const { width, height, cropped, url } = printedPicture(png);
  const { page, post, topOfPage, topOfPost } = speech.words.picture;
  const caption = of === "post" ? (cropped ? topOfPost : post) : cropped ? topOfPage : page;
  return html`<figure class="shot" dir="${speech.direction}"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption}"><image href="${url}" width="${width}" height="${height}"/></svg><figcaption>${caption}</figcaption></figure>`;
}
