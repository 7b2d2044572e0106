/** Home, the cases, all exhibits, and what was put right. Nothing is listed by who wrote it. */
import { type Fillable, html, type Markup } from "../markup.ts";
import { postedTime, writtenTime } from "../wording.ts";
import { fill } from "../words.ts";
import { caseFolder, exhibitFolder, listPage } from "./addresses.ts";
import type { PublishedEntry, SiteCase } from "./content.ts";
import { siteData } from "./data.ts";
import { correction } from "./exhibit-page.ts";
import { inPages, turning } from "./lists.ts";
import { type Frame, type SiteFile, type Up, upFrom, writePage } from "./page.ts";
import { type Change, corrected, type Survey } from "./survey.ts";
import { fillPlainly, type SiteSpeech } from "./words.ts";

const LATEST = 10;

export function homePage(frame: Frame, speech: SiteSpeech, survey: Survey): SiteFile {
  const { home, cases } = speech.site;
  const { published, withdrawn, content } = survey;
  const up = upFrom(speech.folder);
  const counts: readonly (readonly [number, { readonly one: string; readonly other: string }])[] = [
    [published.length, home.counts.exhibits],
    [content.cases.length, home.counts.cases],
    [content.questions.length, home.counts.questions],
    [withdrawn.length, home.counts.withdrawn],
  ];
  const latest = published.slice(0, LATEST).map((entry) => listed(entry, speech, up));
  const main = html`<h1><bdi>${frame.identity.name}</bdi></h1>
<p class="lead">${home.lead}</p>
<ul class="counts">${counts.filter(([count], i) => count > 0 || i === 0).map(([count, words]) => html`<li><b>${counted(count, speech)}</b> ${count === 1 ? words.one : words.other}</li>`)}</ul>
<section><h2>${home.latest}</h2>
${latest.length === 0 ? html`<p>${home.none}</p>` : html`<ul class="list">${latest}</ul><p><a href="${up(`${speech.folder}exhibits/`)}">${home.all}</a></p>`}</section>
${content.cases.length === 0 ? undefined : html`<section><h2>${cases.title}</h2><ul class="list">${content.cases.slice(0, LATEST).map((one) => listedCase(one, survey, speech, up))}</ul></section>`}`;
  const title = fillPlainly(home.title, { name: frame.identity.name });
  return writePage(frame, speech, { folder: "", title, description: home.lead, data: siteData(frame), main });
}

export function casePages(frame: Frame, speech: SiteSpeech, survey: Survey): readonly SiteFile[] {
  const { cases } = speech.site;
  return pagesOf(frame, speech, {
    folder: "cases/",
    title: cases.title,
    heading: cases.title,
    lead: cases.lead,
    none: cases.none,
    items: survey.content.cases.map((one) => (up) => listedCase(one, survey, speech, up)),
  });
}

export function casePage(frame: Frame, speech: SiteSpeech, one: SiteCase, survey: Survey): readonly SiteFile[] {
  return pagesOf(frame, speech, {
    folder: caseFolder(one.key),
    title: one.name,
    heading: html`<bdi>${one.name}</bdi>`,
    lead: one.about === undefined ? undefined : html`<bdi class="said">${one.about}</bdi>`,
    description: speech.site.cases.lead,
    none: speech.site.home.none,
    items: (survey.within.get(one.key) ?? []).map((entry) => (up) => listed(entry, speech, up)),
  });
}

export function exhibitList(frame: Frame, speech: SiteSpeech, survey: Survey): readonly SiteFile[] {
  const { all, home } = speech.site;
  return pagesOf(frame, speech, {
    folder: "exhibits/",
    title: all.title,
    heading: all.title,
    lead: all.lead,
    none: home.none,
    items: survey.published.map((entry) => (up) => listed(entry, speech, up)),
  });
}

export function correctionPages(frame: Frame, speech: SiteSpeech, survey: Survey): readonly SiteFile[] {
  const words = speech.site.corrections;
  return pagesOf(frame, speech, {
    folder: "corrections/",
    title: words.title,
    heading: words.title,
    lead: words.lead,
    none: words.none,
    items: corrected(survey).map((change) => (up) => html`<li>${putRight(change, speech, up)}</li>\n`),
  });
}

interface List {
  readonly folder: string;
  readonly title: string;
  readonly heading: Fillable;
  readonly lead?: Fillable;
  /** In our words; the lead unless told. */
  readonly description?: string;
  readonly none: string;
  /** Its items are paragraphs, and no list. */
  readonly isText?: boolean;
  /** Each for a page that lies where `up` leads away from. */
  readonly items: readonly ((up: Up) => Markup)[];
}

/** Its pages lie a folder deeper but for the first, and what they lead to is as far away from all that follow. */
export function pagesOf(frame: Frame, speech: SiteSpeech, list: List): readonly SiteFile[] {
  const deep = upFrom(speech.folder + listPage(list.folder, 2));
  const pages = inPages(list.items.map((item) => item(deep)));
  const shallow = upFrom(speech.folder + list.folder);
  const first = list.items.slice(0, pages[0]?.items.length).map((item) => item(shallow));
  return pages.map((each) => {
    const page = each.n === 1 ? { ...each, items: first } : each;
    const folder = listPage(list.folder, page.n);
    const up = upFrom(speech.folder + folder);
    const numbered = page.n === 1 ? "" : ` · ${fillPlainly(speech.site.list.page, { n: page.n, of: page.of })}`;
    return writePage(frame, speech, {
      folder,
      title: `${list.title}${numbered}`,
      description: list.description ?? (typeof list.lead === "string" ? list.lead : list.title),
      main: html`<h1>${list.heading}</h1>
${page.n > 1 || list.lead === undefined ? undefined : html`<p class="lead">${list.lead}</p>`}
${page.items.length === 0 ? html`<p>${list.none}</p>` : list.isText === true ? page.items : html`<ul class="list">${page.items}</ul>`}
${turning(page, list.folder, speech, up)}`,
    });
  });
}

function listed(entry: PublishedEntry, speech: SiteSpeech, up: Up): Markup {
  const { list } = speech.site;
  const { platform, postedAt, corrections } = entry;
  const what = platform === undefined ? list.somewhere : fill(list.on, { platform: html`<bdi>${platform}</bdi>` });
  const latest = corrections.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
  return html`<li><a href="${up(speech.folder + exhibitFolder(entry.id))}">${what}</a> <span class="mono id"><bdi dir="ltr">${entry.id}</bdi></span>
<span class="quiet">${entry.sample === true ? html`${speech.words.invented} · ` : undefined}${postedAt === undefined ? undefined : html`${list.posted} ${postedTime(entry, speech)} · `}${list.recorded} ${writtenTime(entry.recordedAt, speech)} · ${list.published} ${writtenTime(entry.publishedAt, speech)}${latest === undefined ? undefined : html` · ${fill(list.corrected, { time: writtenTime(latest.at, speech) })}`}</span></li>
`;
}

function listedCase(one: SiteCase, survey: Survey, speech: SiteSpeech, up: Up): Markup {
  const { cases } = speech.site;
  const count = survey.within.get(one.key)?.length ?? 0;
  return html`<li><a href="${up(speech.folder + caseFolder(one.key))}"><bdi>${one.name}</bdi></a> <span class="quiet">${fill(count === 1 ? cases.one : cases.other, { count: counted(count, speech) })}</span></li>
`;
}

function putRight(change: Change, speech: SiteSpeech, up: Up): Markup {
  const { corrections, withdrawn } = speech.site;
  if (change.kind === "published") return html``;
  const page =
    "id" in change
      ? html`<a href="${up(speech.folder + exhibitFolder(change.id))}"><bdi dir="ltr">${change.id}</bdi></a>`
      : undefined;
  if (change.kind === "withdrawn")
    return html`<p><b>${fill(corrections.withdrawn, { id: page })}</b></p><p>${fill(withdrawn.at, { time: writtenTime(change.at, speech) })}</p><p class="quiet">${fill(withdrawn.why, { why: withdrawn.because[change.because] })}</p>`;
  const heading = change.kind === "site" ? corrections.site : fill(corrections.corrected, { id: page });
  return html`<p><b>${heading}</b></p>${correction(change.correction, speech)}`;
}

const NUMBERS = new Map<string, Intl.NumberFormat>();

export function counted(count: number, { tag }: SiteSpeech): string {
  const format = NUMBERS.get(tag) ?? new Intl.NumberFormat(tag);
  NUMBERS.set(tag, format);
  return format.format(count);
}
