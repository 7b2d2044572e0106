/** The style sheet of a site: ink on paper, a great deal of calm. */
import { fontRules } from "../fonts.ts";
import { SITE_SPEECHES } from "./words.ts";

/** With the typefaces within, so that a page asks for one file only. */
export function siteStyle(): string {
  return `${fontRules(JSON.stringify(SITE_SPEECHES))}\n${RULES}`;
}

const HEADING = `"Archivo","Noto Sans Hebrew","Heebo","Arial Narrow",sans-serif`;
const TEXT = `"Atkinson Hyperlegible Next","Heebo","Noto Sans Arabic",system-ui,sans-serif`;
const MONO = `"Atkinson Hyperlegible Mono",ui-monospace,monospace`;

const RULES = `:root{color-scheme:light dark;--ink:#14110f;--paper:#fbf9f4;--card:#fff;--quiet:#5b554c;--line:#d9d3c7}
@media (prefers-color-scheme:dark){:root{--ink:#fbf9f4;--paper:#14110f;--card:#1e1a17;--quiet:#b8b0a3;--line:#423b34}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1.0625rem/1.5 ${TEXT};overflow-wrap:break-word}
a{color:inherit;text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.skip{position:absolute;inset-inline-start:1rem;top:-9rem;background:var(--ink);color:var(--paper);padding:.75rem 1rem}
.skip:focus{top:.5rem}
h1,h2,h3,.mark{font-family:${HEADING};font-stretch:80%;font-weight:850;line-height:1.08;text-wrap:balance;word-spacing:.08em}
h1{font-size:clamp(2rem,6vw,3.5rem);margin:0 0 1rem}
h2{font-size:1.5rem;margin:2.5rem 0 .75rem}
h3{font-size:1.1875rem;margin:2rem 0 0}
p{margin:0 0 1rem;text-wrap:pretty}
.quiet,.above{color:var(--quiet)}
.above{margin:0 0 .25rem}
.lead{font-size:1.25rem;max-width:38em}
.bar{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 2rem;padding:.5rem clamp(1rem,4vw,2.5rem);border-bottom:2px solid var(--ink)}
.mark{margin:0;font-size:1.375rem}
.mark a{text-decoration:none}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;list-style:none;margin:0;padding:0}
.bar a,.foot a,.turning a{display:inline-block;padding:.625rem 0;min-height:2.75rem;min-width:2.75rem}
[aria-current]{font-weight:700;text-decoration-thickness:3px}
main{max-width:52rem;margin:0 auto;padding:clamp(1.5rem,5vw,3.5rem) clamp(1rem,4vw,2.5rem)}
.foot{border-top:1px solid var(--line);padding:1rem clamp(1rem,4vw,2.5rem);color:var(--quiet)}
.foot p{margin:0}
.counts{display:flex;flex-wrap:wrap;gap:.5rem 2rem;list-style:none;padding:0;margin:0}
.counts b{font-family:${HEADING};font-stretch:80%;font-weight:850;font-size:2rem}
.list{list-style:none;padding:0;margin:0 0 1.5rem;border-top:1px solid var(--line)}
.list li{padding:.875rem 0;border-bottom:1px solid var(--line)}
.list li>a{font-weight:700;padding-block:.375rem}
.list li>.quiet{display:block;font-size:.9375rem}
.list p{margin:.25rem 0}
.turning{display:flex;flex-wrap:wrap;gap:0 1.5rem;align-items:center}
.frame{margin:0 0 1rem;padding:0 1.5rem 1rem;border:3px solid var(--ink);border-inline-start-width:14px;background:var(--card)}
.legend{font-weight:700;padding:.75rem 0;border-bottom:1px solid var(--line)}
.said{white-space:pre-line;overflow-wrap:anywhere}
.posted{margin:.75rem 0 0;overflow-wrap:anywhere}
.part{display:inline-block;max-width:100%}
blockquote{margin:1rem 0;font-size:clamp(1.25rem,3vw,1.75rem);line-height:1.3;font-weight:600}
.bar.s,.bar.m,.bar.l,.bar.name{display:inline-block;height:0;padding:0;border:0 solid var(--ink);border-top-width:.92em;border-radius:.08em;vertical-align:-.13em}
.bar.s{width:2.4em}.bar.m{width:4em}.bar.l{width:6.5em}.bar.name{width:7em}
.cover{border-bottom:1px solid var(--line)}
.cover summary,.button{cursor:pointer;font-weight:700;min-height:2.75rem}
.cover summary{padding:.625rem 0}
.cover img{display:block;max-width:100%;height:auto;margin:.5rem 0 1rem;border:1px solid var(--line);background:#fff}
.facts{margin:0 0 1rem;border-top:1px solid var(--line)}
.facts div{display:grid;grid-template-columns:minmax(7rem,12rem) minmax(0,1fr);gap:.25rem 1rem;padding:.625rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
.mono{font-family:${MONO};overflow-wrap:anywhere}
.id{font-weight:700}
.button{display:inline-block;padding:.625rem 1rem;border:2px solid var(--ink);border-radius:6px;background:var(--ink);color:var(--paper);text-decoration:none;margin:0 0 .5rem}
.plain{background:none;color:var(--ink)}
.correction{border-inline-start:6px solid var(--line);padding-inline-start:1rem;margin:0 0 1rem}
.paper{display:none}
@media (max-width:30rem){.facts div{grid-template-columns:1fr}.frame{padding-inline:1rem}}
@media print{:root{color-scheme:light;--ink:#14110f;--paper:#fff;--card:#fff;--quiet:#333;--line:#999}
body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar nav,.skip,.foot,.button,.turning,.screen,.cover summary{display:none}
.paper{display:block}
main{max-width:none;padding:0}
.frame,.facts div,.list li,.correction{break-inside:avoid}
h2,h3{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto}
.cover:has(img)::details-content{content-visibility:hidden}}
`;
