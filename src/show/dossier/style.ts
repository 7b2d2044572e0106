/** The style sheet of a dossier: on a screen a long page, light or dark; in print A4 with a running head and numbered pages. */
import { visible } from "../markup.ts";
import { TEXT } from "../style.ts";
import type { DossierSpeech } from "./words.ts";

const HEADING = `"Archivo","Noto Sans Hebrew","Heebo"`;
const MONO = `"Atkinson Hyperlegible Mono","Atkinson Hyperlegible Next","Heebo"`;
const LONGEST_HEAD = 70;

/** `fonts`: rules that carry the typefaces. `head`: stands over each printed page but the first. */
export function dossierStyle(fonts: string, head: string, speech: DossierSpeech): string {
  const [start, end] = speech.direction === "rtl" ? ["right", "left"] : ["left", "right"];
  const box = `font:500 9pt ${TEXT};color:#5b554c;white-space:nowrap`;
  return `${fonts}
@page{size:210mm 297mm;margin:23mm 18mm 20mm;
@top-${start}{content:${cssText(shortened(head))};${box}}
@bottom-${end}{content:${numbered(speech.dossier.page)};${box}}}
@page:first{@top-${start}{content:none}}
${RULES}`;
}

function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length <= LONGEST_HEAD ? text : `${letters.slice(0, LONGEST_HEAD).join("")}…`;
}

/** As a CSS string; every sign but plain letters and digits by its number, so that none can end it. */
function cssText(text: string): string {
  const signs = Array.from(visible(text).replace(/\s+/g, " "), (sign) =>
    /[A-Za-z0-9]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16).padStart(6, "0")}`,
  );
  return `"${signs.join("")}"`;
}

function numbered(sentence: string): string {
  const counters: Readonly<Record<string, string>> = { n: "counter(page)", of: "counter(pages)" };
  return sentence
    .split(/\{(\w+)\}/)
    .map((piece, i) => (i % 2 === 0 ? cssText(piece) : counters[piece]))
    .join(" ");
}

const RULES = `:root{color-scheme:light dark;--ink:#14110f;--paper:#fbf9f4;--card:#fff;--quiet:#5b554c;--line:#d9d3c7}
@media (prefers-color-scheme:dark){:root{--ink:#fbf9f4;--paper:#14110f;--card:#1e1a17;--quiet:#b8b0a3;--line:#423b34}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1.0625rem/1.5 ${TEXT};overflow-wrap:break-word}
a{color:inherit;text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
header,main,footer{max-width:52rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
header{padding-top:clamp(2rem,7vw,5rem)}
h1,h2,h3{font-family:${HEADING};font-stretch:80%;font-weight:850;line-height:1.08;text-wrap:balance;word-spacing:.08em}
h1{font-size:clamp(2.25rem,7vw,4rem);margin:0 0 1rem}
h2{font-size:1.75rem;margin:3.5rem 0 1rem;padding-top:1rem;border-top:3px solid var(--ink)}
h3{font-size:1.25rem;margin:2.25rem 0 .75rem}
p{margin:0 0 1rem;text-wrap:pretty}
.kind{font-weight:700;margin:0 0 .5rem}
.lead{font-size:1.25rem}
.quiet{color:var(--quiet)}
.said{white-space:pre-line;overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;list-style:none;margin:1.5rem 0 0;padding:0}
nav a{display:inline-block;padding:.625rem 0;min-height:2.75rem}
.facts{margin:0 0 1rem;border-top:1px solid var(--line)}
.facts>div{display:grid;grid-template-columns:minmax(8rem,18rem) minmax(0,1fr);gap:.25rem 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
.counts dd{font-weight:700}
.inner dt{padding-inline-start:1.25rem}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem;font-variant-numeric:tabular-nums}
th,td{text-align:start;padding:.375rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
thead th,thead td{border-bottom:2px solid var(--ink)}
.count{text-align:end;white-space:nowrap}
.chart{display:block;width:100%;height:auto;fill:var(--ink);direction:ltr;margin:0 0 .25rem}
.chart .edge{fill:none;stroke:var(--line)}
.chart .ground{stroke:var(--ink)}
.chart text{font:500 13px ${TEXT}}
.ends{display:flex;justify-content:space-between;gap:1rem;margin:0 0 1rem;color:var(--quiet)}
.line{display:block;width:100%;min-width:5rem;height:1em;margin:.25em 0;fill:var(--ink)}
.drawn{width:45%}
.tight th,.tight td{padding:.125rem .375rem}
#weeks table{width:auto;min-width:min(26rem,100%)}
.frame{margin:0 0 1rem;padding:0 1.25rem 1rem;border:3px solid var(--ink);border-inline-start-width:12px;background:var(--card);box-decoration-break:clone;-webkit-box-decoration-break:clone}
.legend{font-weight:700;padding:.625rem 0;border-bottom:1px solid var(--line)}
.cover{border-bottom:1px solid var(--line)}
.cover summary{cursor:pointer;font-weight:700;min-height:2.75rem;padding:.625rem 0}
.cover img{display:block;max-width:100%;height:auto;margin:.5rem 0 1rem;border:1px solid var(--line);background:#fff}
blockquote{margin:1rem 0;font-size:1.25rem;line-height:1.3;font-weight:600}
.posted{margin:.75rem 0 0;overflow-wrap:anywhere}
.part{display:inline-block;max-width:100%}
.bar{display:inline-block;height:0;border:0 solid var(--ink);border-top-width:.92em;border-radius:.08em;vertical-align:-.13em}
.bar.s{width:2.4em}.bar.m{width:4em}.bar.l{width:6.5em}.bar.name{width:7em}
.proof{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1.5rem;align-items:start}
.proof .facts>div{grid-template-columns:7.5rem minmax(0,1fr)}
.code{background:#fff;padding:14px;line-height:0;justify-self:start}
.qr{width:30mm;height:30mm;fill:#14110f}
.correction{border-inline-start:6px solid var(--line);padding-inline-start:1rem;margin:0 0 1rem}
.mono,pre,code{font-family:${MONO};overflow-wrap:anywhere}
pre{direction:ltr;white-space:pre-wrap;font-size:.875rem;margin:0 0 1rem;padding:.75rem 1rem;border:1px solid var(--line);background:var(--card)}
.id{font-weight:700;white-space:nowrap}
.list{font-size:.875rem}
.list .mono{overflow-wrap:anywhere}
footer{padding-block:2rem 3rem;color:var(--quiet)}
@media (max-width:40rem){table{font-size:.875rem}th,td{padding-inline:.25rem}.tight th,.tight td{padding-inline:.125rem}#hours thead .count{white-space:normal}.drawn{width:25%}.line{min-width:2rem}.facts>div,.proof .facts>div{grid-template-columns:1fr}.id{white-space:normal}.proof{grid-template-columns:1fr}.list thead{display:none}.list tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}.list td,.list th{display:block;border:0;padding:0}}
@media print{:root{color-scheme:light;--ink:#14110f;--paper:#fff;--card:#fff;--quiet:#4a453e;--line:#999}
body{font-size:10.5pt;line-height:1.4;print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,footer,.cover summary,.screen{display:none}
header,main{max-width:none;padding-inline:0}
header{padding-top:30mm}
h1{font-size:34pt}
h2{font-size:18pt;margin-top:9mm}
h3{font-size:13pt;margin-top:6mm}
h1,h2,h3,thead,.lead{break-after:avoid}
.own-page{break-before:page;margin-top:0}
p{orphans:3;widows:3}
.frame,.facts>div,tr,.correction,.proof,.together{break-inside:avoid}
article,#standings,#platforms,#hours{break-inside:avoid}
blockquote{font-size:13pt}
.cover{border:0}
.cover img{max-height:60mm;width:auto}
details::details-content{content-visibility:visible;block-size:auto}
.list{font-size:8.5pt}
.facts .mono{font-size:9.5pt}
.code{padding:2mm 0}
.qr{width:27mm;height:27mm}
a{text-decoration:none}}
`;
