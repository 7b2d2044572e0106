/**
 * What the sandbox says itself, in the language that the frame around it asks for (`?in=he`): it knows nobody, and so nobody's
 * language.
 */
const WORDS = {
  en: {
    tag: "en",
    direction: "ltr",
    replay: "As it was recorded",
    nothing: "There is nothing here, or not any more.",
  },
  he: { tag: "he", direction: "rtl", replay: "כפי שתועד", nothing: "אין כאן דבר, או שכבר אין." },
} as const;
type Speech = (typeof WORDS)[keyof typeof WORDS];

export function speechFor(asked: string | undefined): Speech {
  return asked === "he" ? WORDS.he : WORDS.en;
}

export const STYLE = "html,body,replay-web-page{margin:0;width:100%;height:100%;display:block}p{margin:1rem}";

function page(tag: string, direction: string, title: string, body: string): string {
  return `<!doctype html><html lang="${tag}" dir="${direction}"><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="/look.css">
${body}</html>`;
}

export function nothingPage({ tag, direction, nothing }: Speech): string {
  return page(tag, direction, nothing, `<p>${nothing}</p>`);
}

/** What is replayed has the direction of its own pages; only the title is ours. */
export function replayPage({ tag, replay }: Speech, url: string): string {
  const attribute = url.replace(/[&"<>']/g, (sign) => `&#${sign.codePointAt(0)};`);
  return page(
    tag,
    "ltr",
    replay,
    `<script src="/replay/ui.js"></script><replay-web-page source="archive.wacz" replaybase="/replay/" embed="replayonly" url="${attribute}"></replay-web-page>`,
  );
}
