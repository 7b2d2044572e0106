/** Pages in the shapes in which sites build them; the words come from the tables that use them. */
import { page } from "./forum-pages.ts";

/** A document without the forum's own frame around it. */
export function bare(language: string, title: string, body: string, head = ""): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}

export const signInFields = `<label>E-mail <input type="email" name="email" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label>`;

export function signInPage(title: string, lead: string, button: string): string {
  return page(
    title,
    `<h1>${title}</h1><p>${lead}</p><form class="wall" method="post" action="/login">${signInFields}<button>${button}</button></form>`,
  );
}

export function headed(title: string, ...paragraphs: readonly string[]): string {
  return page(title, `<h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}`);
}

/** As an application draws it: no element says what it is. */
export function drawn(language: string, ...lines: readonly string[]): string {
  return bare(
    language,
    "Townsquare",
    `<div id="app"><div><div>${lines.map((text) => `<div>${text}</div>`).join("")}</div></div></div>`,
  );
}

export const POST =
  "The bins on Hollow Lane were knocked over again last night, and the same three laughed about it at the shop.";

export function post(text = POST, when = "14 March 2026, 21:07"): string {
  return `<article><p><b>Marrow &amp; Sons</b> @marrowandsons</p><p>${text}</p><p>${when} · Reply · Report</p></article>`;
}

/** A post as drawn by an application, without metadata or elements that tell what it is. */
export function drawnPost(text = POST, when = "3 h"): string {
  return `<div><div><span>Old Fence Post</span> <span>@oldfencepost</span> <span>·</span> <span>${when}</span></div><div>${text}</div></div>`;
}

/** Lies over the whole window, before whatever the page has. */
export function covered(language: string, layer: string, behind = post()): string {
  return bare(
    language,
    "Townsquare",
    `<main>${behind}</main><div style="position:fixed;inset:0;background:#0009"></div>
<div role="dialog" aria-modal="true" id="layer" style="position:fixed;left:20%;top:15%;width:60%;background:#fff;padding:2rem">${layer}</div>`,
  );
}

export const close = `onclick="document.querySelector('#layer').previousElementSibling.remove();document.querySelector('#layer').remove()"`;
