/** A letter as HTML: in an e-mail, or on paper (`printIn` prints it). It fetches nothing, so that nobody learns when it is read. */
import type { Block, LetterText } from "../../ask/writing/letter.ts";
import { fontRules } from "../../show/fonts.ts";
import { html, type Markup, markupText, rawElement } from "../../show/markup.ts";

const STYLE = `
body{font:16px/1.5 sans-serif;color:#111;background:#fff;max-width:38em;margin:0 auto;padding:1em}
.lines{white-space:pre-line;margin:0 0 1.5em}
blockquote{margin:1em 0;padding-inline-start:1em;border-inline-start:3px solid #555}
ul{list-style:none;margin:1em 0;padding-inline-start:1em}
li{overflow-wrap:anywhere}
`;
const PAPER = `
h1{font-size:1.1em}
@page{size:A4;margin:20mm 22mm}
body{font:11pt/1.4 "Atkinson Hyperlegible Next",Heebo,"Noto Sans Arabic",sans-serif;max-width:none;padding:0}
blockquote,ul,.end{break-inside:avoid}
`;

export function letterAsMail(letter: LetterText): string {
  return page(letter, STYLE, html``);
}

/** Carries its typefaces. For `printIn`, which waits until what it prints says that all of it fits: a letter always does. */
export function letterAsPaper(letter: LetterText): string {
  return page(letter, `${fontRules(JSON.stringify(letter))}${STYLE}${PAPER}`, html`<h1>${letter.subject}</h1>`);
}

function page(letter: LetterText, style: string, heading: Markup): string {
  const { language, subject, address, date, blocks } = letter;
  const direction = language === "he" ? "rtl" : "ltr";
  const markup = html`<!doctype html><html lang="${language}" dir="${direction}" data-fits="[]"><head><meta charset="utf-8"><title>${subject}</title>${rawElement("style", style)}</head><body><p class="lines">${address.join("\n")}</p><p>${date}</p>${heading}${blocks.slice(0, -2).map(drawn)}<div class="end">${blocks.slice(-2).map(drawn)}</div></body></html>`;
  return markupText(markup);
}

function drawn(block: Block): Markup {
  if (block.kind === "line") return html`<p dir="auto">${block.text}</p>`;
  if (block.kind === "quote")
    return html`<blockquote>${block.lines.map((one) => html`<p dir="auto">${one}</p>`)}</blockquote>`;
  return html`<ul>${block.lines.map((one) => html`<li>${one}</li>`)}</ul>`;
}
