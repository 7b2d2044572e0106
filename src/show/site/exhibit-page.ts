/** The page of an exhibit. What was posted is covered until it is asked for, and never stands without its frame. */
import { PlacardError } from "../../lib/error.ts";
import { type Fillable, html, type Markup } from "../markup.ts";
import { cutQuotation, direction, postedOn, quoted, quotedPart } from "../quotation.ts";
import { legend, recordedSentence, witnessedSentence, writtenTime } from "../wording.ts";
import { fill } from "../words.ts";
import { caseFolder, exhibitFolder, picturePath, proofPath } from "./addresses.ts";
import type { Correction, ExhibitDetail, PublishedEntry, WithdrawnEntry } from "./content.ts";
import { exhibitData, withdrawnData } from "./data.ts";
import { type Exhibit, titleOf } from "./exhibit.ts";
import { type Frame, type SiteFile, type Up, upFrom, writePage } from "./page.ts";
import { plainPictureSize } from "./picture.ts";
import { fillPlainly, plainTime, type SiteSpeech } from "./words.ts";

const LONGEST_TEXT = 5_000;
const MOST_CORRECTIONS = 20;

/** Throws `too_large`. */
export function exhibitPage(frame: Frame, speech: SiteSpeech, exhibit: Exhibit): SiteFile {
  const { entry, detail, within } = exhibit;
  checkLengths(entry, detail);
  const { site, folder: language } = speech;
  const folder = exhibitFolder(entry.id);
  const up = upFrom(language + folder);
  const heading = fill(entry.platform === undefined ? site.list.somewhere : site.list.on, {
    platform: html`<bdi>${entry.platform}</bdi>`,
  });
  const main = html`<article>
${within === undefined ? undefined : html`<p class="above"><a href="${up(language + caseFolder(within.key))}"><bdi>${within.name}</bdi></a></p>`}
<h1>${heading}</h1>
${quotation(exhibit, speech, up)}
<section><h2>${site.exhibit.because}</h2><p dir="auto" class="said">${detail.publicInterest}</p></section>
${proof(frame, exhibit, speech, up)}
${corrections(entry.corrections, speech)}
</article>`;
  return writePage(frame, speech, {
    folder,
    title: titleOf(entry, speech),
    description: site.home.lead,
    data: exhibitData(frame, speech, exhibit),
    main,
  });
}

export function withdrawnPage(frame: Frame, speech: SiteSpeech, entry: WithdrawnEntry): SiteFile {
  const { withdrawn } = speech.site;
  const { at, because } = entry.withdrawn;
  return writePage(frame, speech, {
    folder: exhibitFolder(entry.id),
    title: withdrawn.title,
    description: fillPlainly(withdrawn.at, { time: plainTime(at, speech) }),
    data: withdrawnData(frame, speech, entry),
    forget: true,
    main: html`<h1>${withdrawn.title}</h1>
<p class="mono id"><bdi>${entry.id}</bdi></p>
<p>${fill(withdrawn.at, { time: writtenTime(at, speech) })}</p>
<p>${fill(withdrawn.why, { why: withdrawn.because[because] })}</p>
<p class="quiet">${withdrawn.rest}</p>`,
  });
}

function checkLengths({ id, corrections }: PublishedEntry, { publicInterest }: ExhibitDetail): void {
  const texts = [publicInterest, ...corrections.flatMap(({ what, why }) => [what, why])];
  if (corrections.length <= MOST_CORRECTIONS && texts.every((text) => text.length <= LONGEST_TEXT)) return;
  throw new PlacardError(
    "too_large",
    `What is told of ${id} is more than a page holds: texts of ${LONGEST_TEXT} characters, ${MOST_CORRECTIONS} corrections.`,
  );
}

function quotation({ entry, detail }: Exhibit, speech: SiteSpeech, up: Up): Markup {
  const { words, site } = speech;
  const quote = quoted(detail);
  const { parts, isCut } = cutQuotation(quote ?? []);
  const said = parts.map((part) => ("text" in part ? part.text : "")).join("");
  const bars = parts.filter((part) => "mask" in part).length;
  const whole = isCut ? "shortened" : detail.preview === true ? "preview" : "whole";
  const title =
    entry.sample === true ? words.invented : quote === undefined ? words.frame.wordless : legend(bars, whole, speech);
  const posted = { ...entry, postedBy: detail.postedBy, masked: detail.postedBy === undefined };
  return html`<figure class="frame">
<figcaption class="legend">${title}</figcaption>
${
  quote === undefined
    ? undefined
    : html`<details class="cover"><summary>${site.exhibit.showWords}</summary><blockquote dir="${direction(said, speech)}" class="said">${parts.map((part) => quotedPart(part, speech))}${isCut ? html` <span class="quiet">${words.frame.cut}</span>` : undefined}</blockquote></details>`
}
${picture(entry.id, detail.picture, speech, up)}
<p class="posted">${words.posted.label}${postedOn(posted, speech)}</p>
</figure>
${quote === undefined && detail.picture === undefined ? undefined : html`<p class="quiet screen">${site.exhibit.covered}</p>`}`;
}

/** Behind a closed door a browser does not even ask for it. */
function picture(id: string, png: Uint8Array | undefined, { site }: SiteSpeech, up: Up): Fillable {
  if (png === undefined) return undefined;
  const { width, height } = plainPictureSize(png);
  return html`<details class="cover"><summary>${site.exhibit.showPicture}</summary><img src="${up(picturePath(id))}" width="${width}" height="${height}" loading="lazy" alt="${site.exhibit.picture}"></details>`;
}

function proof(frame: Frame, { entry, detail }: Exhibit, speech: SiteSpeech, up: Up): Markup {
  const { words, site } = speech;
  const { id } = entry;
  const posted = { ...entry, witnessed: detail.witnessed };
  const short = `${frame.identity.address.replace(/\/+$/, "")}/${exhibitFolder(id)}`;
  return html`<section><h2>${site.exhibit.proof}</h2>
<dl class="facts">
<div><dt>${words.recorded.label}</dt><dd>${recordedSentence(entry, speech)}</dd></div>
<div><dt>${words.witnessed.label}</dt><dd><bdi dir="${speech.direction}">${witnessedSentence(posted, speech)}</bdi></dd></div>
${detail.assessed === undefined ? undefined : html`<div><dt>${words.assessed.label}</dt><dd><bdi>${detail.assessed}</bdi></dd></div>`}
<div><dt>${site.list.published}</dt><dd>${writtenTime(entry.publishedAt, speech)}</dd></div>
<div><dt>${site.exhibit.id}</dt><dd class="mono id"><bdi dir="ltr">${id}</bdi></dd></div>
<div><dt>${site.exhibit.check}</dt><dd class="mono"><bdi dir="ltr" lang="en">${detail.words.join(" · ")}</bdi></dd></div>
</dl>
<p class="paper mono"><bdi dir="ltr">${short}</bdi></p>
<p><a class="button" href="${up(proofPath(id))}" download>${site.exhibit.download}</a> <a class="button plain" href="${up("verify/index.html")}">${site.nav.verify}</a></p>
<p class="quiet screen">${site.exhibit.how}</p>
<p class="quiet">${site.exhibit.limits}</p>
</section>`;
}

function corrections(all: readonly Correction[], speech: SiteSpeech): Fillable {
  if (all.length === 0) return undefined;
  const newest = all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return html`<section><h2>${speech.site.exhibit.corrections}</h2>${newest.map((one) => html`<div class="correction">${correction(one, speech)}</div>`)}</section>`;
}

export function correction({ at, what, why }: Correction, speech: SiteSpeech): Markup {
  const words = speech.site.correction;
  return html`<p><b>${fill(words.at, { time: writtenTime(at, speech) })}</b></p><p dir="auto">${what}</p><p class="quiet">${fill(words.why, { why: html`<bdi>${why}</bdi>` })}</p>`;
}
