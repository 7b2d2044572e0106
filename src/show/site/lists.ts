/** Lists, in pages: none is larger than a telephone on a bad line bears. */
import { type Fillable, html, type Markup, markupText } from "../markup.ts";
import { fill } from "../words.ts";
import { listPage } from "./addresses.ts";
import type { SiteSpeech } from "./words.ts";

const MOST_ITEMS = 50;
const MOST_CHARACTERS = 48_000;

export interface ListPage {
  readonly n: number;
  readonly of: number;
  readonly items: readonly Markup[];
}

/** At least one page, be it empty. */
export function inPages(items: readonly Markup[]): readonly ListPage[] {
  const pages: Markup[][] = [[]];
  let characters = 0;
  for (const item of items) {
    const { length } = markupText(item);
    const last = pages.at(-1) as Markup[];
    if (last.length > 0 && (last.length === MOST_ITEMS || characters + length > MOST_CHARACTERS)) {
      pages.push([item]);
      characters = length;
    } else {
      last.push(item);
      characters += length;
    }
  }
  return pages.map((page, i) => ({ n: i + 1, of: pages.length, items: page }));
}

/** What leads to the other pages; nothing where there is one. `folder`: the list's own, from the page's. */
export function turning({ n, of }: ListPage, here: string, speech: SiteSpeech, up: (path: string) => string): Markup {
  if (of === 1) return html``;
  const { list } = speech.site;
  const link = (to: number, words: string, rel: string): Fillable =>
    to < 1 || to > of
      ? undefined
      : html`<a rel="${rel}" href="${up(listPage(speech.folder + here, to))}">${words}</a> `;
  return html`<nav class="turning" aria-label="${list.pages}">${link(n - 1, list.newer, "prev")}<span>${fill(list.page, { n, of })}</span> ${link(n + 1, list.older, "next")}</nav>`;
}
