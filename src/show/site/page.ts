/** What every page of a site has around its text. Nothing on it runs, and nothing comes from elsewhere. */
import { utf8 } from "../../lib/bytes.ts";
import type { Json } from "../../lib/json.ts";
import { dataBlock, type Fillable, html, type Markup, markupText } from "../markup.ts";
import { baseOf } from "./addresses.ts";
import type { SiteIdentity } from "./content.ts";
import { SITE_SPEECHES, type SiteSpeech } from "./words.ts";

export interface SiteFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is the same on all pages. */
export interface Frame {
  readonly identity: SiteIdentity;
  /** Path of the style sheet. */
  readonly style: string;
  /** Path of the picture that is shown where somebody shares a page: the group's name, and nothing of what was posted. */
  readonly card?: string | undefined;
}

export interface Page {
  /** Within its language's folder, with a slash at the end; empty for the home page. */
  readonly folder: string;
  readonly title: string;
  readonly description: string;
  readonly data?: Json | undefined;
  /** Search engines are asked to forget it. */
  readonly forget?: boolean;
  /** Shown in the place of pages that are not there, at any depth: nothing on it may depend on where it lies. */
  readonly isAnywhere?: boolean;
  readonly main: Markup;
}

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src data:; base-uri 'none'; form-action 'none'";
/** From a page to a path of the site. */
export type Up = (path: string) => string;

/** From a page in `folder`, so that the site may lie anywhere. */
export function upFrom(folder: string): Up {
  const up = "../".repeat(folder.split("/").length - 1);
  return (path) => `${up}${path}` || "./";
}

/** A site's own address of a page. */
export function absolute({ identity }: Frame, path: string): string {
  return baseOf(identity.address) + path;
}

export function writePage(frame: Frame, speech: SiteSpeech, page: Page): SiteFile {
  const { site, folder: language } = speech;
  const folder = language + page.folder;
  const up = page.isAnywhere === true ? (path: string) => absolute(frame, path) : upFrom(folder);
  const text = html`${DOCTYPE}<html lang="${speech.tag}" dir="${speech.direction}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">${page.forget === true ? html`<meta name="robots" content="noindex">` : undefined}
<title>${page.title} · ${frame.identity.name}</title>
<link rel="stylesheet" href="${up(frame.style)}">
<link rel="canonical" href="${absolute(frame, folder)}">${alternates(frame, page)}
<link rel="alternate" type="application/atom+xml" title="${site.feed.atom}" href="${up(`${language}feed.atom`)}">
<link rel="alternate" type="application/feed+json" title="${site.feed.json}" href="${up(`${language}feed.json`)}">
${card(frame, page, folder)}${page.data === undefined ? undefined : dataBlock("application/ld+json", page.data)}
</head><body><a class="skip" href="#text">${site.skip}</a>
<header class="bar"><p class="mark"><a href="${up(language)}"><bdi>${frame.identity.name}</bdi></a></p>${navigation(page, speech, up)}</header>
<main id="text">
${page.main}
</main>
<footer class="foot">${others(page, speech, up)}<p><a href="${up(`${language}feed.atom`)}">${site.feed.atom}</a> · <a href="${up(`${language}feed.json`)}">${site.feed.json}</a></p><p>${site.foot}</p></footer>
</body></html>
`;
  return { path: `${folder}index.html`, bytes: utf8(markupText(text)) };
}

const DOCTYPE = html`<!doctype html>`;

function alternates(frame: Frame, { folder }: Page): Fillable {
  return SITE_SPEECHES.map(
    (other) =>
      html`
<link rel="alternate" hreflang="${other.tag}" href="${absolute(frame, other.folder + folder)}">`,
  );
}

/** Our own words only: a card is shown to people who have not asked to see anything. */
function card(frame: Frame, { title, description }: Page, folder: string): Markup {
  return html`<meta name="description" content="${description}"><meta property="og:type" content="website"><meta property="og:site_name" content="${frame.identity.name}"><meta property="og:title" content="${title}"><meta property="og:description" content="${description}"><meta property="og:url" content="${absolute(frame, folder)}">${frame.card === undefined ? undefined : html`<meta property="og:image" content="${absolute(frame, frame.card)}"><meta property="og:image:alt" content="${frame.identity.name}">`}<meta name="twitter:card" content="summary">
`;
}

const ROOMS = ["cases", "questions", "method", "corrections"] as const;

function navigation(page: Page, { site, folder }: SiteSpeech, up: Up): Markup {
  const rooms = ROOMS.map((room) => {
    const isHere = page.folder.startsWith(`${room}/`);
    return html`<li><a href="${up(`${folder}${room}/`)}"${isHere ? html` aria-current="${page.folder === `${room}/` ? "page" : "true"}"` : undefined}>${site.nav[room]}</a></li>`;
  });
  return html`<nav aria-label="${site.nav.label}"><ul>${rooms}<li><a href="${up("verify/index.html")}">${site.nav.verify}</a></li></ul></nav>`;
}

function others(page: Page, speech: SiteSpeech, up: Up): Markup {
  const links = SITE_SPEECHES.filter(({ language }) => language !== speech.language).map(
    (other) =>
      html`<a href="${up(other.folder + page.folder)}" lang="${other.tag}" hreflang="${other.tag}">${other.site.language}</a>`,
  );
  return html`<p>${links}</p>`;
}
