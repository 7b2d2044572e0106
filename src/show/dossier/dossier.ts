/** A report of a case as one HTML document that needs nothing but itself, has no script, and prints as A4. */
import { fontRules } from "../fonts.ts";
import { type Fillable, html, type Markup, markupText, rawElement } from "../markup.ts";
import { hashOf } from "../policy.ts";
import { writtenTime } from "../wording.ts";
import { fill, type PlacardLanguage } from "../words.ts";
import { charts, lookedAgain } from "./charts.ts";
import type { DossierContent, DossierNumbers, ListedExhibit } from "./content.ts";
import { exhibitSection } from "./exhibit.ts";
import { dossierStyle } from "./style.ts";
import { type DossierSpeech, dossierSpeech } from "./words.ts";

const DOCTYPE = html`<!doctype html>`;
const PARTS = ["short", "method", "charts", "exhibits", "list", "check"] as const;

export function dossierHtml(content: DossierContent, language: PlacardLanguage = "en"): string {
  const speech = dossierSpeech(language);
  const { dossier, direction, tag } = speech;
  const body = html`${front(content, speech)}
<main>
${section("short", counts(content.numbers, speech), speech)}
${section("method", method(content, speech), speech)}
${section("charts", charts(content.numbers, speech), speech)}
${section("exhibits", exhibits(content, speech), speech)}
${section("list", list(content, speech), speech)}
${section("check", check(content, speech), speech)}
</main>
<footer><p>${dossier.foot}</p></footer>`;
  const head = `${content.group} · ${content.caseName}`;
  const fonts = fontRules(`${head} ${dossier.page} ${markupText(body).replace(/data:[^"]*/g, "")}`);
  const style = dossierStyle(fonts, head, speech);
  const policy = `default-src 'none';base-uri 'none';form-action 'none';font-src data:;img-src data:;style-src ${hashOf(style)}`;
  return markupText(html`${DOCTYPE}<html lang="${tag}" dir="${direction}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${fill(dossier.title, { name: content.caseName })}</title>${rawElement("style", style)}</head><body>
${body}
</body></html>
`);
}

function section(part: (typeof PARTS)[number], text: Markup, { dossier }: DossierSpeech): Markup {
  const kind = part === "exhibits" || part === "list" ? html` class="own-page"` : undefined;
  return html`<section aria-labelledby="part-${part}"><h2 id="part-${part}"${kind}>${dossier.parts[part]}</h2>
${text}</section>`;
}

function front({ group, caseName, about, record }: DossierContent, speech: DossierSpeech): Markup {
  const { dossier, number } = speech;
  const stands = fill(dossier.stands, { time: writtenTime(record.at, speech), size: number(record.size) });
  const parts = PARTS.map((part) => html`<li><a href="#part-${part}">${dossier.parts[part]}</a></li>`);
  return html`<header><p class="kind">${dossier.kind} · <bdi>${group}</bdi></p>
<h1 dir="auto">${caseName}</h1>
${about === undefined ? undefined : html`<p class="lead said" dir="auto">${about}</p>`}
<p class="quiet">${stands}</p>
<nav aria-label="${dossier.parts.label}"><ul>${parts}</ul></nav></header>`;
}

function counts(numbers: DossierNumbers, { dossier, number }: DossierSpeech): Markup {
  const { counts: said, share } = dossier;
  const { total, passed, standings } = numbers;
  const looked = lookedAgain(numbers);
  const up = standings.unchanged + standings.edited + standings["page-changed"];
  const of = (sentence: string, count: number, whole: number): Fillable =>
    fill(sentence, { count: number(count), of: number(whole) });
  const row = (name: keyof typeof said, value: Fillable, isInner = false): Markup =>
    html`<div id="n-${name}"${isInner ? html` class="inner"` : undefined}><dt>${said[name]}</dt><dd>${value}</dd></div>
`;
  return html`<dl class="facts counts">
${row("total", number(total))}${row("captured", of(share.exhibits, numbers.captured, total))}${row("received", of(share.exhibits, numbers.received, total))}${row("looked", of(share.exhibits, looked, total))}${row("up", of(share.looked, up, looked), true)}${row("gone", of(share.looked, standings.gone, looked), true)}${row("lost", of(share.looked, standings["not-reachable"], looked), true)}${row("passed", of(share.exhibits, passed, total))}${row("isPublic", of(share.passed, numbers.isPublic, passed), true)}${row("wasPublic", of(share.exhibits, numbers.wasPublic, total))}${row("erased", number(numbers.erased))}</dl>`;
}

function method({ method: own, numbers }: DossierContent, { dossier, number }: DossierSpeech): Markup {
  const { method: said } = dossier;
  const { total, timed } = numbers;
  const times = fill(said.times, { untimed: number(total - timed), total: number(total) });
  const { counted, sample, gone, shown, erased, limits } = said;
  const ours = [sample, counted, said.captured, said.received, times, gone, shown, erased, limits];
  const theirs =
    own.length === 0
      ? undefined
      : html`<h3>${said.own}</h3>${own.map((text) => html`<p dir="auto" class="said">${text}</p>`)}`;
  return html`${ours.map((text) => html`<p>${text}</p>`)}${theirs}`;
}

function exhibits({ exhibits: all, numbers }: DossierContent, speech: DossierSpeech): Markup {
  const { dossier, number } = speech;
  const { exhibits: said } = dossier;
  if (all.length === 0) return html`<p>${said.none}</p>`;
  const shown = fill(said.shown, { count: number(all.length), of: number(numbers.passed) });
  const cut = all.length === numbers.passed ? undefined : fill(said.cut, { count: number(all.length) });
  return html`<p>${shown} ${cut}</p>
<p><b>${said.warning}</b> <span class="screen">${said.covered}</span></p>
${all.map((exhibit, i) => exhibitSection(exhibit, i + 1, speech))}`;
}

function list({ listed, numbers, exhibits: shown }: DossierContent, speech: DossierSpeech): Markup {
  const { dossier, number } = speech;
  const { list: said } = dossier;
  const all = numbers.total + numbers.erased;
  const erased = listed.filter(({ erasedAt }) => erasedAt !== undefined).length;
  const lead = fill(said.lead, { count: number(listed.length), of: number(all), erased: number(erased) });
  const cut =
    listed.length === all
      ? undefined
      : fill(said.cut, { count: number(listed.length), left: number(all - listed.length) });
  const leads = new Set(shown.map(({ id }) => id));
  return html`<p>${lead} ${cut}</p><p class="quiet">${said.explained}</p>
<table class="list"><thead><tr><th scope="col">${said.number}</th><th scope="col">${said.place}</th><th scope="col">${said.sealed}</th><th scope="col">${said.print}</th></tr></thead><tbody>
${listed.map((one) => listedRow(one, leads, speech))}</tbody></table>`;
}

function listedRow(
  { id, position, sealedAt, leaf, erasedAt }: ListedExhibit,
  leads: ReadonlySet<string>,
  speech: DossierSpeech,
): Markup {
  const named = html`<bdi dir="ltr">${id}</bdi>`;
  const print =
    erasedAt === undefined
      ? html`<td class="mono"><bdi dir="ltr">${leaf}</bdi></td>`
      : html`<td>${fill(speech.dossier.list.erased, { time: writtenTime(erasedAt, speech) })}</td>`;
  return html`<tr><th scope="row" class="mono id">${leads.has(id) ? html`<a href="#${id}">${named}</a>` : named}</th><td>${position}</td><td>${writtenTime(sealedAt, speech)}</td>${print}</tr>
`;
}

function check({ record }: DossierContent, { dossier }: DossierSpeech): Markup {
  const { check: said } = dossier;
  const { vkey, keyWords, checkpoint, root, site } = record;
  const page = site === undefined ? undefined : `${site.replace(/\/+$/, "")}/verify/`;
  const command = html`<code><bdi dir="ltr">placard verify FILE</bdi></code>`;
  return html`<ol><li>${said.get}</li><li>${fill(said.drop, { command })}${page === undefined ? undefined : html` ${said.page} <code><bdi dir="ltr">${page}</bdi></code>`}</li><li>${said.compare}</li></ol>
<div class="together"><p>${said.key}</p><pre>${vkey}</pre><p>${said.keyWords} <span class="mono"><bdi dir="ltr" lang="en">${keyWords.join(" · ")}</bdi></span></p></div>
<div class="together"><p>${said.state}</p><pre>${checkpoint}</pre><p>${said.root}</p><pre>${root}</pre></div>`;
}
