/** Pages on which a press would say something for whoever is signed in, send something, or reach what lies elsewhere: nothing is pressed on them. */
import type { Curtain } from "./curtains.ts";
import { bare, covered, post } from "./obstacle-pages.ts";

const TOLD = "top.postMessage('pressed', '*')";
const button = (label: string, more = `onclick="${TOLD}"`): string => `<button type="button" ${more}>${label}</button>`;
/** What was pressed in the page, or in a frame in it, stands on it. */
const LISTEN = `<script>addEventListener("message", ({ data }) => {
  if (data === "pressed") document.querySelector("main").append("Something else was pressed.");
})</script>`;
const LINKS = `<div>© Townsquare · <a href="/about">About</a> · <a href="/cookies">Cookie policy</a></div>`;
const PETITION = "The council is to mend the lamp at the corner before winter, and to say what it costs. ".repeat(10);

const untouched = (main: string): Curtain => ({
  html: `${bare("en", "Townsquare", `<main>${main}</main>`)}${LISTEN}`,
  steps: [],
});
const inPost = (more: string): Curtain => untouched(`${post()}${more}`);
const wide = `style="width:300px;height:60px;display:inline-block"`;

export const PRESS_TRAPS: Readonly<Record<string, Curtain>> = {
  "/trap-petition": untouched(`<h1>A lamp</h1><p>${PETITION}</p>${button("Agree")}${button("Disagree")}${LINKS}`),
  "/trap-petition-he": untouched(
    `<h1 dir="rtl">פנס לפינה</h1><p>${"המועצה תתקן את הפנס בפינה לפני החורף ותאמר כמה זה עולה. ".repeat(10)}</p>${button("מסכים")}${button("לא מסכים")}<div>טאונסקוור · <a href="/cookies">מדיניות עוגיות</a></div>`,
  ),
  "/trap-asks-to-join": untouched(
    `<h1>Requests</h1><p>${PETITION}</p><div>Old Fence Post asks to join the choir. ${button("Accept")}${button("Decline")}</div>${LINKS}`,
  ),
  "/trap-bar-above": untouched(
    `<div><p>This site uses cookies.</p>${button("OK", "")}</div><h1>A lamp</h1><p>${PETITION}</p>${button("Agree")}${button("Disagree")}`,
  ),
  "/trap-bar-accept": untouched(
    `<div><p>This site uses cookies.</p>${button("Accept", "")}</div><h1>A lamp</h1><p>${PETITION}</p>${button("Yes")}${button("No")}`,
  ),
  "/trap-dialog": {
    html: `${covered("en", `<p>Old Fence Post asks to follow you.</p>${button("Accept")}${button("Decline")}<p><a href="/cookies">Cookies</a></p>`)}${LISTEN}`,
    steps: [],
  },
  "/trap-frame-asks": {
    html: `${covered("en", `<iframe src="/in-frame/asks-to-follow" width="600" height="400"></iframe>`)}${LISTEN}`,
    steps: [],
  },
  "/trap-sends": inPost(
    `<form method="post" action="/sent"><input type="hidden" name="delete" value="1"><button>Show more</button></form>`,
  ),
  "/trap-sends-from-afar": inPost(
    `<form id="say" method="post" action="/sent"><textarea name="words">All are welcome.</textarea></form><button form="say">Show more</button>`,
  ),
  "/trap-nested": inPost(
    `<div role="button" aria-label="Show more" ${wide}><input type="submit" value="" ${wide} onclick="${TOLD}"></div>`,
  ),
  "/trap-nested-link": inPost(
    `<div role="button" aria-label="Show more" ${wide}><a href="/about-consent" ${wide}></a></div>`,
  ),
  "/trap-through": inPost(
    `<div ${wide} onclick="${TOLD}"><span role="button" style="pointer-events:none">Show more</span></div>`,
  ),
  "/trap-frame-in-button": inPost(
    `<div role="button" aria-label="Show more" ${wide}><iframe src="/in-frame/pressed" ${wide}></iframe></div>`,
  ),
  "/trap-frame-hidden": inPost(
    `<div role="button" aria-label="Show more" ${wide}><span id="host"></span></div><script>document.querySelector("#host").attachShadow({ mode: "closed" }).innerHTML = '<iframe src="/in-frame/pressed" width="300" height="60"></iframe>'</script>`,
  ),
  "/trap-ticks": inPost(`<label><input type="checkbox" onclick="${TOLD}"> <a>Show more</a></label>`),
};

export const TRAP_DOCUMENTS: Readonly<Record<string, string>> = {
  "/in-frame/asks-to-follow": bare(
    "en",
    "Follow",
    `<p>Old Fence Post asks to follow you.</p>${button("Accept")}${button("Decline")}<p><a href="/cookies">Cookies</a></p>`,
  ),
};
