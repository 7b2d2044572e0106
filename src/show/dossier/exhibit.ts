/** An exhibit in a dossier: what was posted in its frame, never bare, and what proves it. */
import { type Fillable, html, type Markup } from "../markup.ts";
import { qrSvg } from "../qr.ts";
import { cutQuotation, direction, postedOn, quoted, quotedPart } from "../quotation.ts";
import { legend, recordedSentence, witnessedSentence, writtenTime } from "../wording.ts";
import { fill } from "../words.ts";
import type { ShownExhibit } from "./content.ts";
import type { DossierSpeech } from "./words.ts";

export function exhibitSection(exhibit: ShownExhibit, n: number, speech: DossierSpeech): Markup {
  const { exhibits: said } = speech.dossier;
  const { id, platform, note } = exhibit;
  const heading = fill(platform === undefined ? said.somewhere : said.heading, {
    n: speech.number(n),
    platform: html`<bdi>${platform}</bdi>`,
  });
  return html`<article id="${id}"><h3>${heading}</h3>
${frame(exhibit, speech)}
${proof(exhibit, speech)}
<div class="together"><p><b>${said.because}</b></p><p dir="auto" class="said">${note}</p></div>
${corrections(exhibit, speech)}</article>
`;
}

function frame(exhibit: ShownExhibit, speech: DossierSpeech): Markup {
  const { words, dossier } = speech;
  const { exhibits: said } = dossier;
  const quote = quoted(exhibit);
  const { parts, isCut } = cutQuotation(quote ?? []);
  const text = parts.map((part) => ("text" in part ? part.text : "")).join("");
  const bars = parts.filter((part) => "mask" in part).length;
  const whole = isCut ? "shortened" : exhibit.preview === true ? "preview" : "whole";
  const posted = { ...exhibit, masked: exhibit.postedBy === undefined };
  const title = exhibit.isReceived
    ? said.received
    : quote === undefined
      ? words.frame.wordless
      : legend(bars, whole, speech);
  const blockquote =
    quote === undefined
      ? undefined
      : html`<blockquote dir="${direction(text, speech)}" class="said">${parts.map((part) => quotedPart(part, speech))}${isCut ? html` <span class="quiet">${words.frame.cut}</span>` : undefined}</blockquote>`;
  const shown = picture(exhibit, speech);
  return html`<figure class="frame"><figcaption class="legend">${title}</figcaption>
${blockquote === undefined && shown === undefined ? undefined : html`<details class="cover"><summary>${said.show}</summary>${blockquote}${shown}</details>`}
${exhibit.picture === "too-large" ? html`<p class="quiet">${said.tooLarge}</p>` : undefined}
<p class="posted">${words.posted.label}${postedOn(posted, speech)}</p></figure>`;
}

function picture({ picture: of }: ShownExhibit, { words }: DossierSpeech): Fillable {
  if (of === undefined || of === "too-large") return undefined;
  const { width, height, url, cropped } = of;
  const { page, post, topOfPage, topOfPost } = words.picture;
  const alt = of.of === "post" ? (cropped ? topOfPost : post) : cropped ? topOfPage : page;
  return html`<img src="${url}" width="${width}" height="${height}" alt="${alt}"><p class="quiet">${alt}</p>`;
}

function proof(exhibit: ShownExhibit, speech: DossierSpeech): Markup {
  const { words, dossier } = speech;
  const { exhibits: said } = dossier;
  const { id, verifyUrl, publishedAt } = exhibit;
  const leads = !verifyUrl.startsWith("PLACARD:");
  return html`<div class="proof"><dl class="facts">
<div><dt>${words.recorded.label}</dt><dd>${recordedSentence(exhibit, speech)}</dd></div>
<div><dt>${words.witnessed.label}</dt><dd><bdi dir="${speech.direction}">${witnessedSentence({ ...exhibit }, speech)}</bdi></dd></div>
<div><dt>${said.published}</dt><dd>${publishedAt === undefined ? said.notPublished : writtenTime(publishedAt, speech)}</dd></div>
<div><dt>${said.withheld}</dt><dd>${withheld(exhibit, speech)}</dd></div>
<div><dt>${said.id}</dt><dd class="mono id"><bdi dir="ltr">${id}</bdi></dd></div>
<div><dt>${said.check}</dt><dd class="mono"><bdi dir="ltr" lang="en">${exhibit.words.join(" · ")}</bdi></dd></div>
</dl><div class="code">${qrSvg(verifyUrl, leads ? words.check.code : words.check.codeOfId)}</div></div>`;
}

function withheld({ withheld: of }: ShownExhibit, { dossier, number, tag }: DossierSpeech): string {
  const { exhibits: said } = dossier;
  const tiles = (): string => said.tiles.replace("{count}", number(of.tiles)).replace("{of}", number(of.ofTiles));
  const all = [
    ...of.facts.map((name) => said.facts[name]),
    ...(of.picture ? [said.picture] : of.tiles > 0 ? [tiles()] : []),
  ];
  return all.length === 0 ? said.nothing : new Intl.ListFormat(tag, { type: "unit" }).format(all);
}

function corrections({ corrections: all }: ShownExhibit, speech: DossierSpeech): Fillable {
  const { exhibits: said } = speech.dossier;
  return all.map(
    ({ at, what, why }) =>
      html`<div class="correction"><p><b>${fill(said.corrected, { time: writtenTime(at, speech) })}</b></p><p dir="auto" class="said">${what}</p><p dir="auto" class="said">${fill(said.why, { why })}</p></div>
`,
  );
}
