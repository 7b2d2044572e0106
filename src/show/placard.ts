import { createHash } from "node:crypto";
import { PlacardError } from "../lib/error.ts";
import { checkContent, type PlacardContent, type QuotedPart } from "./content.ts";
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
import { html, type Markup, markupText, rawElement, visible } from "./markup.ts";
import { missingGlyphs } from "./missing-glyphs.ts";
import { QUIET_ZONE, qrModules, qrSvg } from "./qr.ts";
import { say } from "./said.ts";
import { printedPicture } from "./screenshot.ts";
import { type PlacardSize, SHEETS, type Sheet } from "./sheet.ts";
import type { FirstSheet } from "./steward.ts";
import { placardStyle } from "./style.ts";
import { legend, recordedSentence, sincePosted, WORDS, witnessedSentence, writtenTime } from "./wording.ts";

export type { PlacardContent, PlacardSize };

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
 * `first`: a sheet that comes before them and is none.
 *
 * Throws `usage` (headline of more than seven words, and the like), `malformed` or `too_large`.
 */
export function placardHtml(
  placards: readonly PlacardContent[],
  options: { readonly size: PlacardSize; readonly first?: FirstSheet },
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
  const fonts = fontRules([...placards.map(allText), sheetBefore?.text ?? ""].join(" "));
  // The coarsest code needs the widest quiet zone.
  const modules = Math.min(...placards.map((content) => qrModules(content.verifyUrl).length));
  const style = `${fonts}${placardStyle(sheet, modules, QUIET_ZONE)}${sheetBefore?.style ?? ""}`;
  const policy = `default-src 'none';base-uri 'none';form-action 'none';font-src data:;img-src data:;script-src ${hashOf(SCRIPT)};style-src ${hashOf(style)}`;
  const first = placards[0];
  return markupText(html`${DOCTYPE}<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${placards.length === 1 ? `Placard ${first?.id}` : `${placards.length} placards, ${first?.group}`}</title>${rawElement("style", style)}</head><body><div class="ruler"></div>
${sheetBefore?.markup}${placards.map((content) => placardPage(content, sheet))}
${rawElement("script", SCRIPT)}</body></html>
`);
}

const DOCTYPE = html`<!doctype html>`;

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

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

/** The direction of the first letter that has one (UAX #9, P2 and P3, for the scripts we carry). */
function direction(text: string): "ltr" | "rtl" {
  const first = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(first) ? "rtl" : "ltr";
}

function placardPage(content: PlacardContent, sheet: Sheet): Markup {
  const { number, headline, verifyUrl, sample = false } = content;
  // Without a site the code says the id, which a telephone shows and does nothing with.
  const leads = !verifyUrl.startsWith("PLACARD:");
  const framed = quoted(content) !== undefined || content.screenshot !== undefined;
  const heading = visible(headline).replace(/\s+/g, " ").trim();
  return html`<section class="page" data-id="${content.id}" data-least="${sheet.capHeight}">
${sample ? html`<p class="sample" aria-hidden="true">${WORDS.sample}</p>` : undefined}<header class="head"><bdi>${content.group}</bdi><span>${[sample ? WORDS.sampleNote : [], number === undefined ? [] : WORDS.number(number.n, number.of)].flat().join(" · ")}</span></header>
<h1 dir="${direction(heading)}">${heading}</h1>
${framed ? frame(content) : undefined}
<div class="facts">
${framed ? undefined : html`<p><b>${WORDS.posted}</b>${postedOn(content)}</p>`}
<p><b>${WORDS.recorded}</b> ${recordedSentence(content)}</p>
<p><b>${WORDS.witnessed}</b> <bdi>${witnessedSentence(content)}</bdi></p>
${content.assessed === undefined ? undefined : html`<p><b>${WORDS.assessed}</b> <bdi>${content.assessed}</bdi></p>`}
<div class="key"><p class="mono id">${content.id}</p><p class="scan">${leads ? WORDS.scan : WORDS.ask}</p><ol class="mono words">${content.words.map((word) => html`<li>${word}</li> `)}</ol></div>
</div>
<div class="code">${qrSvg(verifyUrl, leads ? WORDS.code : WORDS.codeOfId)}</div>
</section>
`;
}

/** The quotation, where it says anything. */
function quoted({ quotation = [] }: PlacardContent): readonly QuotedPart[] | undefined {
  return quotation.some((part) => "mask" in part || part.text.trim() !== "") ? quotation : undefined;
}

function frame(content: PlacardContent): Markup {
  const { screenshot } = content;
  const quotation = quoted(content);
  const bars = (quotation ?? []).filter((part) => "mask" in part).length;
  const said = (quotation ?? []).map((part) => ("text" in part ? part.text : "")).join("");
  const kind = `frame${screenshot === undefined ? "" : " pictured"}${quotation === undefined ? " wordless" : ""}`;
  const { sample = false } = content;
  const whole =
    quotation === undefined ? "Posted in public" : legend(bars, content.preview === true ? "preview" : "whole");
  const [title, shortened] = sample ? [WORDS.sampleLegend, WORDS.sampleLegend] : [whole, legend(bars, "shortened")];
  return html`<fieldset class="${kind}" dir="${direction(said)}">
<legend class="legend" dir="ltr" data-shortened="${shortened}">${title}</legend>
${quotation === undefined ? undefined : html`<blockquote class="quote" dir="${direction(said)}">${quotation.map(quotedPart)}</blockquote>`}
${screenshot === undefined ? undefined : picture(screenshot)}
<p class="posted" dir="ltr">${WORDS.posted}${postedOn(content)}</p>
</fieldset>`;
}

function quotedPart(part: QuotedPart): Markup {
  if ("text" in part) return html`${part.text}`;
  // Three widths only: a bar as wide as what it hides would give it away.
  return bar(part.mask <= 4 ? "s" : part.mask <= 8 ? "m" : "l");
}

function bar(kind: "s" | "m" | "l" | "name"): Markup {
  return html`<span class="bar ${kind}" role="img" aria-label="${WORDS.masked}"></span>`;
}

function postedOn(content: PlacardContent): Markup {
  const { postedBy, platform, postedAt } = content;
  const by = content.masked === true ? bar("name") : postedBy === undefined ? undefined : html`<bdi>${postedBy}</bdi>`;
  return html`${by === undefined ? undefined : html` ${WORDS.by} ${by}`}${platform === undefined ? undefined : html` ${WORDS.on} <bdi>${platform}</bdi>`}${postedAt === undefined ? undefined : html`, <bdi>${writtenTime(postedAt)}</bdi>`}${sincePosted(content).map((part) => html`<span class="since">\u00a0·</span> <span class="since part">${part}</span>`)}`;
}

function picture({ png, of = "page" }: NonNullable<PlacardContent["screenshot"]>): Markup {
  const { width, height, cropped, url } = printedPicture(png);
  const caption = of === "post" ? (cropped ? WORDS.topOfPost : WORDS.post) : cropped ? WORDS.topOfPage : WORDS.page;
  return html`<figure class="shot" dir="ltr"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption}"><image href="${url}" width="${width}" height="${height}"/></svg><figcaption>${caption}</figcaption></figure>`;
}
