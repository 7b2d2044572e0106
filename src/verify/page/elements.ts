/** Elements made from text only: nothing of a file is ever read as markup. */

import type { Saying } from "./speech.ts";

/** `<tag class="className">` around texts and elements. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** Text that a file brought along: its direction is its own. */
export function foreign<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const made = element(tag, className, text);
  made.dir = "auto";
  return made;
}

/** A sentence of ours; marked where it is English on a page that is not. */
export function spoken<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  { text, lang }: Saying,
): HTMLElementTagNameMap[K] {
  const made = foreign(tag, className, text);
  if (lang !== undefined) made.lang = lang;
  return made;
}

/** The element of index.html with this id. */
export function part<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`index.html has no ${id}`);
}
