/** Atom (RFC 4287) and JSON Feed 1.1: what was published, put right and taken back, in our own words. */
import { utf8 } from "../../lib/bytes.ts";
import { html, type Markup, markupText } from "../markup.ts";
import { exhibitFolder, questionFolder } from "./addresses.ts";
import { absolute, type Frame, type SiteFile } from "./page.ts";
import { type Change, changes, later, type Survey } from "./survey.ts";
import { fillPlainly, type SiteSpeech } from "./words.ts";

const MOST_ENTRIES = 50;
/** Of a feed in which there is nothing yet: a feed must name a time, and none of ours came to pass. */
const NEVER = "1970-01-01T00:00:00Z";

interface Entry {
  /** An address that is this entry's alone, and stays. */
  readonly id: string;
  readonly url: string;
  readonly at: string;
  readonly title: string;
  readonly text: string;
}

export function feeds(frame: Frame, speech: SiteSpeech, survey: Survey): readonly SiteFile[] {
  const asked = survey.content.questions.map(({ key, title, askedAt, status }): Entry => {
    const url = absolute(frame, speech.folder + questionFolder(key));
    return {
      id: `${url}#asked`,
      url,
      at: askedAt,
      title: fillPlainly(speech.site.feed.question, { title }),
      text: status[speech.language],
    };
  });
  const told = changes(survey, MOST_ENTRIES).map((change) => entryOf(frame, speech, change));
  const entries = [...told, ...asked]
    .toSorted((a, b) => later(a.at, b.at) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_ENTRIES);
  return [
    { path: `${speech.folder}feed.atom`, bytes: utf8(atom(frame, speech, entries)) },
    { path: `${speech.folder}feed.json`, bytes: utf8(json(frame, speech, entries)) },
  ];
}

function entryOf(frame: Frame, { folder, site }: SiteSpeech, change: Change): Entry {
  const { feed, home, withdrawn, correction } = site;
  const url = absolute(frame, folder + ("id" in change ? exhibitFolder(change.id) : "corrections/"));
  const { at } = change;
  switch (change.kind) {
    case "published":
      return {
        id: `${url}#published`,
        url,
        at,
        title: fillPlainly(feed.published, { id: change.id }),
        text: home.lead,
      };
    case "withdrawn": {
      const text = `${fillPlainly(withdrawn.why, { why: withdrawn.because[change.because] })}\n${withdrawn.rest}`;
      return { id: `${url}#withdrawn`, url, at, title: fillPlainly(feed.withdrawn, { id: change.id }), text };
    }
    case "corrected":
    case "site": {
      const title = change.kind === "site" ? feed.site : fillPlainly(feed.corrected, { id: change.id });
      const { what, why } = change.correction;
      return { id: `${url}#corrected-${at}`, url, at, title, text: `${what}\n${fillPlainly(correction.why, { why })}` };
    }
  }
}

function atom(frame: Frame, speech: SiteSpeech, entries: readonly Entry[]): string {
  const { identity } = frame;
  const own = absolute(frame, `${speech.folder}feed.atom`);
  const feed = html`${DECLARATION}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${speech.tag}">
<id>${own}</id>
<title>${fillPlainly(speech.site.feed.title, { name: identity.name })}</title>
<updated>${entries[0]?.at ?? NEVER}</updated>
<author><name>${identity.name}</name></author>
<link rel="self" type="application/atom+xml" href="${own}"/>
<link rel="alternate" type="text/html" href="${absolute(frame, speech.folder)}"/>
${entries.map(atomEntry)}</feed>
`;
  return markupText(feed);
}

const DECLARATION = html`<?xml version="1.0" encoding="utf-8"?>`;

function atomEntry({ id, url, at, title, text }: Entry): Markup {
  return html`<entry><id>${id}</id><title>${title}</title><updated>${at}</updated><published>${at}</published><link rel="alternate" type="text/html" href="${url}"/><content type="text">${text}</content></entry>
`;
}

function json(frame: Frame, speech: SiteSpeech, entries: readonly Entry[]): string {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: fillPlainly(speech.site.feed.title, { name: frame.identity.name }),
    home_page_url: absolute(frame, speech.folder),
    feed_url: absolute(frame, `${speech.folder}feed.json`),
    language: speech.tag,
    authors: [{ name: frame.identity.name }],
    items: entries.map(({ id, url, at, title, text }) => ({
      id,
      url,
      title,
      content_text: text,
      date_published: at,
    })),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}
