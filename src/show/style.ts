import type { Sheet } from "./sheet.ts";

/**
 * The style sheet of a placard. Lengths are in rem, which is a millimetre on A3 and grows with the sheet. Ink on
 * paper: rules, bars and the heavy edge are borders, which every printer draws even where it is told to leave
 * backgrounds out.
 */
export function placardStyle(sheet: Sheet, modules: number, quietZone: number): string {
  const quiet = (sheet.symbol / modules) * quietZone;
  return `
@page{size:${sheet.width}mm ${sheet.height}mm;margin:0}
*{box-sizing:border-box;margin:0;padding:0}
html{font-size:${sheet.scale}mm;color:#14110F;background:#FFF;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{width:${sheet.width}mm;font:500 5rem/1.32 ${TEXT};hyphens:manual;font-synthesis:none}
.ruler{position:absolute;width:100mm;height:0;visibility:hidden}
.page{--text:10rem;--qr:${sheet.symbol}mm;--quiet:${quiet}mm;position:relative;overflow:hidden;width:${sheet.width}mm;height:${sheet.height - 0.1}mm;
padding:10rem 13rem 13rem;display:grid;grid-template:auto minmax(0,1fr) auto auto/minmax(0,1fr) calc(var(--qr) + var(--quiet));
grid-template-areas:"head head" "line line" "frame frame" "facts code";break-after:page;break-inside:avoid}
.page:last-of-type{break-after:auto}
.head{grid-area:head;display:flex;justify-content:space-between;gap:8rem;border-bottom:1.1rem solid;padding-bottom:3rem;font-weight:700}
.head>:last-child{white-space:nowrap}
.mark{position:absolute;z-index:1;left:50%;top:50%;translate:-50% -50%;rotate:-32deg;font:850 74rem/1 ${HEADLINE};text-transform:uppercase;white-space:nowrap;color:#8C8A88;mix-blend-mode:difference;opacity:.55;pointer-events:none}
h1{grid-area:line;margin:8rem 0 9rem;min-height:0;font:850 20rem ${HEADLINE};font-kerning:normal}
.line{display:block;line-height:0;white-space:nowrap}
.frame{grid-area:frame;min-width:0;border:1.1rem solid;border-inline-start-width:6rem;padding:3rem 8rem 5.5rem;margin-bottom:9rem;display:grid;grid-template-columns:minmax(0,1fr);column-gap:8rem}
.legend{font-weight:700;padding:0 3rem;margin-inline:2rem;line-height:1}
.quote{font-size:var(--text);line-height:1.22;font-weight:600;white-space:pre-line;overflow-wrap:anywhere;text-wrap:pretty}
.cut{font-weight:500;white-space:nowrap}
.posted{font-size:5rem;margin-top:3.5rem;overflow-wrap:anywhere}
.part{display:inline-block;max-width:100%}
.bar{display:inline-block;height:0;border-top:.92em solid;border-radius:.08em;vertical-align:-.13em}
.bar.s{width:2.4em}.bar.m{width:4em}.bar.l{width:6.5em}.bar.name{width:7em}
.pictured{grid-template-columns:minmax(0,1fr) 68rem}
.pictured .posted{grid-column:1/-1}
.shot{font-size:4.2rem;line-height:1.1;margin-top:2rem}
.pictured.wordless{grid-template-columns:minmax(0,1fr)}
.wordless .shot{width:calc(var(--text)*16);max-width:100%}
.shot svg{display:block;width:100%;outline:.5rem solid;outline-offset:-.25rem}
.shot figcaption{margin-top:1.5rem}
.bare .pictured{grid-template-columns:minmax(0,1fr)}
.bare .shot{display:none}
.facts{grid-area:facts;align-self:end;overflow-wrap:anywhere;font-size:5.3rem;line-height:1.3}
.facts b{font-weight:750}
.key{margin-top:4rem;border-top:.5rem solid;padding-top:3rem;font-size:4.4rem}
.mono{font-family:${MONO};white-space:nowrap}
.id{font-size:7.4rem;font-weight:750;line-height:1.3}
.words{font-size:6rem;font-weight:600;line-height:1;display:grid;grid-template-columns:repeat(3,max-content);gap:2.2rem 7rem;padding-top:1.2rem;list-style:none}
[dir=rtl] .words{direction:ltr;justify-content:end}
.code{grid-area:code;align-self:end;justify-self:end;padding-block-start:var(--quiet);padding-inline-start:var(--quiet)}
.qr{display:block;width:var(--qr);height:var(--qr);fill:currentColor}
.beside{grid-template-areas:"head head" "line line" "frame code" "facts code"}
.beside .since,.facts .since{display:none}
.beside h1{margin:5rem 0 4.5rem}
.beside .frame{margin-bottom:3.5rem;padding-inline:6rem;padding-bottom:3rem}
.beside .posted{margin-top:1.5rem}
.beside .facts{font-size:5rem;line-height:1.2}
.beside .key{margin-top:2.5rem;padding-top:2rem}
.beside .scan{display:none}
.beside .words{grid-template-columns:repeat(6,max-content);gap:0 4rem;font-size:4.9rem}
.beside .id{line-height:1.1}
`;
}

const FALLBACK = `"Heebo","Noto Sans Arabic","Noto Color Emoji"`;
/** Heebo has one width; a line of Hebrew is filled by a narrower or a wider cut as one of Latin is. */
const HEADLINE = `"Archivo","Noto Sans Hebrew",${FALLBACK}`;
export const TEXT = `"Atkinson Hyperlegible Next","Archivo",${FALLBACK}`;
const MONO = `"Atkinson Hyperlegible Mono","Atkinson Hyperlegible Next"`;
