/** The sheet a steward holds: who carries what. It is printed before the placards, on A4 whatever their size. */
import { toBase64 } from "../lib/bytes.ts";
import type { PlacardContent } from "./content.ts";
import { html, type Markup, visible } from "./markup.ts";
import { TEXT } from "./style.ts";
import { fill, type PlacardLanguage, type Speech, speechOf } from "./words.ts";

export interface StewardRow {
  readonly content: PlacardContent;
  /** A small PNG. */
  readonly picture?: Uint8Array | undefined;
}

/** What stands before the placards in one document. */
export interface FirstSheet {
  readonly markup: Markup;
  readonly style: string;
  /** All that is said on it, for the choice of typefaces. */
  readonly text: string;
}

const LONGEST_WORDS = 160;

export function stewardSheet(rows: readonly StewardRow[], group: string, language?: PlacardLanguage): FirstSheet {
  const said = rows.map(({ content }) => wordsOf(content));
  const speech = speechOf(language);
  const { title, one, other, lead, columns } = speech.words.steward;
  const counted = fill(rows.length === 1 ? one : other, { group: html`<bdi>${group}</bdi>`, count: rows.length });
  const markup = html`<aside class="steward"><h2>${title}</h2>
<p>${counted} ${lead}</p>
<table><thead><tr><th>${columns.number}</th><th>${columns.placard}</th><th>${columns.picture}</th><th>${columns.carriedBy}</th></tr></thead><tbody>
${rows.map((row, i) => tableRow(row, i, said[i] ?? "", speech))}</tbody></table></aside>
`;
  return {
    markup,
    style: STYLE,
    text: visible([group, ...said, ...rows.map(({ content }) => content.headline)].join(" ")),
  };
}

function wordsOf({ quotation = [] }: PlacardContent): string {
  const text = quotation.map((part) => ("text" in part ? part.text : "▇▇▇")).join("");
  const flat = visible(text).replace(/\s+/g, " ").trim();
  return flat.length > LONGEST_WORDS ? `${flat.slice(0, LONGEST_WORDS).toWellFormed()}…` : flat;
}

function tableRow({ content, picture }: StewardRow, i: number, said: string, { words }: Speech): Markup {
  const image =
    picture === undefined ? undefined : html`<img alt="" src="${`data:image/png;base64,${toBase64(picture)}`}">`;
  return html`<tr><td>${i + 1}</td><td><b dir="auto">${content.headline}</b>${said === "" ? undefined : html`<q dir="auto">${said}</q>`}<span class="said">${content.mark === undefined ? "" : `${words.marks[content.mark].note} · `}<bdi class="id">${content.id}</bdi> · <bdi>${content.words.join(" ")}</bdi></span></td><td>${image}</td><td class="who"></td></tr>
`;
}

const STYLE = `
@page steward{size:210mm 297mm;margin:14mm}
.steward{page:steward;width:182mm;font:500 11pt/1.35 ${TEXT};break-after:page}
.steward h2{font:850 26pt/1.1 "Archivo",${TEXT};font-stretch:80%;margin-bottom:3mm}
.steward p{margin-bottom:5mm}
.steward table{width:100%;border-collapse:collapse}
.steward th{text-align:start;border-bottom:.6mm solid;padding:1mm 2mm}
.steward td{border-bottom:.2mm solid;padding:2mm;vertical-align:top;overflow-wrap:anywhere}
.steward tr{break-inside:avoid}
.steward td:first-child{font-weight:750;font-size:14pt}
.steward img{display:block;width:34mm;max-height:26mm;object-fit:cover;object-position:top;filter:grayscale(1)}
.steward b,.steward q{display:block}
.steward q:lang(he){quotes:"\u05f4" "\u05f4"}
.steward .id{white-space:nowrap}
.steward .said{display:block;font-family:"Atkinson Hyperlegible Mono",${TEXT};font-size:9pt}
.steward .who{width:44mm}
`;
