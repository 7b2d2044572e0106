/** The method, the questions, and what is shown where there is no page. */
import { type Fillable, html, type Markup } from "../markup.ts";
import { writtenTime } from "../wording.ts";
import { exhibitFolder, questionFolder } from "./addresses.ts";
import type { SiteQuestion } from "./content.ts";
import { pagesOf } from "./list-pages.ts";
import { type Frame, type SiteFile, type Up, upFrom, writePage } from "./page.ts";
import type { Survey } from "./survey.ts";
import { SITE_SPEECHES, type SiteSpeech } from "./words.ts";

/** A piece of text that is longer is set as several, so that a list of them can be cut into pages. */
const LONGEST_PIECE = 8_000;

export function methodPage(frame: Frame, speech: SiteSpeech, { content }: Survey): SiteFile {
  const { method, home } = speech.site;
  const up = upFrom(`${speech.folder}method/`);
  return writePage(frame, speech, {
    folder: "method/",
    title: method.title,
    description: home.lead,
    main: html`<h1>${method.title}</h1>
${content.method.flatMap(pieces).map(paragraph)}
<h2>${method.seal}</h2><p>${method.sealed}</p><p>${method.limits}</p>
<h2>${method.masks}</h2><p>${method.masked}</p>
<h2>${method.people}</h2><p>${method.decided}</p>
<h2>${method.wrong}</h2><p>${method.mended}</p>
<h2>${method.check}</h2><p>${method.checked}</p>
<p>${method.key}</p><p class="mono"><bdi dir="ltr">${frame.identity.vkey}</bdi></p>
<p><a href="${up("ledger/checkpoint")}">${method.ledger}</a></p>`,
  });
}

export function questionPages(frame: Frame, speech: SiteSpeech, { content }: Survey): readonly SiteFile[] {
  const { questions } = speech.site;
  const index = pagesOf(frame, speech, {
    folder: "questions/",
    title: questions.title,
    heading: questions.title,
    lead: questions.lead,
    none: questions.none,
    items: content.questions.map((question) => (up) => listed(question, speech, up)),
  });
  return [...index, ...content.questions.flatMap((question) => questionPage(frame, speech, question))];
}

function listed({ key, title, askedOf, askedAt, status }: SiteQuestion, speech: SiteSpeech, up: Up): Markup {
  const { questions } = speech.site;
  return html`<li><a href="${up(speech.folder + questionFolder(key))}"><bdi>${title}</bdi></a>
<span class="quiet">${questions.askedOf}: <bdi>${askedOf}</bdi> · ${questions.askedAt} ${writtenTime(askedAt, speech)}</span>
<span>${status[speech.language]}</span></li>
`;
}

function questionPage(frame: Frame, speech: SiteSpeech, question: SiteQuestion): readonly SiteFile[] {
  const { questions } = speech.site;
  return pagesOf(frame, speech, {
    folder: questionFolder(question.key),
    title: question.title,
    heading: html`<bdi>${question.title}</bdi>`,
    lead: question.status[speech.language],
    description: questions.lead,
    none: questions.none,
    isText: true,
    items: [
      ...asked(question, speech).map(fixed),
      ...standsOn(question, speech),
      ...thread(question, speech).map(fixed),
    ],
  });
}

function asked(question: SiteQuestion, speech: SiteSpeech): readonly Markup[] {
  const { questions } = speech.site;
  const facts = html`<dl class="facts"><div><dt>${questions.askedOf}</dt><dd><bdi>${question.askedOf}</bdi></dd></div>
<div><dt>${questions.askedAt}</dt><dd>${writtenTime(question.askedAt, speech)}</dd></div>
${question.by === undefined ? undefined : html`<div><dt>${questions.by}</dt><dd>${writtenTime(question.by, speech)}</dd></div>`}</dl>
<h2>${questions.text}</h2>
`;
  return [facts, ...question.text.flatMap(pieces).map(paragraph)];
}

/** The same from everywhere. */
function fixed(markup: Markup): () => Markup {
  return () => markup;
}

function standsOn({ exhibits }: SiteQuestion, speech: SiteSpeech): readonly ((up: Up) => Markup)[] {
  if (exhibits.length === 0) return [];
  const link = (id: string, up: Up): Markup =>
    html`<a href="${up(speech.folder + exhibitFolder(id))}"><bdi dir="ltr">${id}</bdi></a> `;
  return [
    (up) => html`<h2>${speech.site.questions.exhibits}</h2><p class="mono id">${exhibits.map((id) => link(id, up))}</p>
`,
  ];
}

/** Replies are published whole, over as many pages as they take. */
function thread({ thread: entries }: SiteQuestion, speech: SiteSpeech): readonly Markup[] {
  return entries.flatMap(({ at, what, text = [] }, i) => [
    html`${i === 0 ? html`<h2>${speech.site.questions.thread}</h2>` : undefined}<h3>${what[speech.language]}</h3><p class="quiet">${writtenTime(at, speech)}</p>\n`,
    ...text.flatMap(pieces).map(paragraph),
  ]);
}

function paragraph(text: string): Markup {
  return html`<p dir="auto" class="said">${text}</p>
`;
}

function pieces(text: string): readonly string[] {
  const cut: string[] = [];
  for (let from = 0; from < text.length || cut.length === 0; ) {
    const space = text.length - from > LONGEST_PIECE ? text.lastIndexOf(" ", from + LONGEST_PIECE) : text.length;
    const end = space > from ? space : from + LONGEST_PIECE;
    cut.push(text.slice(from, end));
    from = end;
  }
  return cut;
}

/** In each language, one after the other: who comes here has told us none. */
export function missingPage(frame: Frame): SiteFile {
  const [speech] = SITE_SPEECHES as readonly [SiteSpeech];
  const said: Fillable = SITE_SPEECHES.map(
    ({ site, tag, direction }) =>
      html`<div lang="${tag}" dir="${direction}"><h1>${site.missing.title}</h1><p>${site.missing.lead}</p></div>`,
  );
  const { bytes } = writePage(frame, speech, {
    folder: "",
    title: speech.site.missing.title,
    description: speech.site.missing.lead,
    forget: true,
    isAnywhere: true,
    main: html`${said}`,
  });
  return { path: "404.html", bytes };
}
