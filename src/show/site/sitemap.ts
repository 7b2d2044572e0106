/** sitemap.xml (sitemaps.org) and robots.txt. */
import { utf8 } from "../../lib/bytes.ts";
import { html, type Markup, markupText } from "../markup.ts";
import { caseFolder, exhibitFolder, questionFolder } from "./addresses.ts";
import { absolute, type Frame, type SiteFile } from "./page.ts";
import { later, type Survey } from "./survey.ts";
import { SITE_SPEECHES } from "./words.ts";

/** Of 50,000 that one file may name. */
const MOST_ADDRESSES = 40_000;
const NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";
const DECLARATION = html`<?xml version="1.0" encoding="utf-8"?>`;

interface Address {
  readonly path: string;
  readonly changed?: string | undefined;
}

/** What was withdrawn is left out: a page that says so is there for whoever has its address. */
export function sitemap(frame: Frame, survey: Survey): readonly SiteFile[] {
  const all = SITE_SPEECHES.flatMap(({ folder }) =>
    addressesOf(survey).map(({ path, changed }) => ({ path: folder + path, changed })),
  );
  const parts: Address[][] = [];
  for (let from = 0; from < all.length; from += MOST_ADDRESSES) parts.push(all.slice(from, from + MOST_ADDRESSES));
  const robots = utf8(`User-agent: *\nAllow: /\n\nSitemap: ${absolute(frame, "sitemap.xml")}\n`);
  const maps =
    parts.length === 1
      ? [file("sitemap.xml", addresses(frame, all))]
      : [
          ...parts.map((part, i) => file(`sitemap-${i + 1}.xml`, addresses(frame, part))),
          file(
            "sitemap.xml",
            html`<sitemapindex xmlns="${NAMESPACE}">${parts.map((_, i) => html`<sitemap><loc>${absolute(frame, `sitemap-${i + 1}.xml`)}</loc></sitemap>`)}</sitemapindex>`,
          ),
        ];
  return [...maps, { path: "robots.txt", bytes: robots }];
}

function addressesOf({ content, published }: Survey): readonly Address[] {
  return [
    ...["", "cases/", "exhibits/", "questions/", "method/", "corrections/"].map((path) => ({ path })),
    ...content.cases.map(({ key }) => ({ path: caseFolder(key) })),
    ...content.questions.map(({ key }) => ({ path: questionFolder(key) })),
    ...published.map(({ id, publishedAt, corrections }) => ({
      path: exhibitFolder(id),
      changed: [publishedAt, ...corrections.map(({ at }) => at)].toSorted(later)[0],
    })),
  ];
}

function addresses(frame: Frame, all: readonly Address[]): Markup {
  return html`<urlset xmlns="${NAMESPACE}">${all.map(
    ({ path, changed }) => html`
<url><loc>${absolute(frame, path)}</loc>${changed === undefined ? undefined : html`<lastmod>${changed}</lastmod>`}</url>`,
  )}
</urlset>`;
}

function file(path: string, root: Markup): SiteFile {
  return { path, bytes: utf8(`${markupText(html`${DECLARATION}\n${root}`)}\n`) };
}
