/** Consent that is asked for in a frame over the page, as those who sell such walls build them; and frames that only look so. */
import type { Curtain } from "./curtains.ts";
import { bare, covered, drawnPost, POST, post } from "./obstacle-pages.ts";
import type { Wall } from "./walls.ts";

const button = (label: string, more = ""): string => `<button type="button" ${more}>${label}</button>`;
/** What a frame tells the page when consent was refused. */
const REFUSE = `onclick="top.postMessage('refused', '*')"`;
/** The page takes away what lies over it when that is told, and says so if anything else was pressed. */
const LISTEN = `<script>addEventListener("message", ({ data }) => {
  if (data === "pressed") document.querySelector("main").append("Something else was pressed.");
  if (data === "refused") for (const each of document.querySelectorAll("#layer, #over, [style*=inset]")) each.remove();
})</script>`;

interface Document {
  readonly language: string;
  readonly words: string;
  readonly accept?: string;
  readonly refuse?: string;
  readonly more?: string;
}

const asks = ({ language, words, accept = "", refuse = "", more = "" }: Document): string =>
  bare(
    language,
    "Privacy",
    `<p>${words}</p>${more}<footer style="position:sticky;bottom:0">${accept && button(accept)}${refuse && button(refuse, REFUSE)}</footer>`,
  );

const en = (more: Partial<Document> = {}): string =>
  asks({
    language: "en",
    words: "We and our partners use cookies to show you advertising.",
    accept: "Accept all",
    refuse: "Reject all",
    ...more,
  });

/** A frame from the page's own site. */
const here = (path: string, more = `style="border:3px solid;padding:7px"`): string =>
  `<iframe id="there" src="/in-frame/${path}" width="600" height="400" ${more}></iframe>`;
/** … and from another: the page is on a number, the frame on a name. */
const elsewhere = (path: string, more = ""): string =>
  `<iframe id="there" width="600" height="400" ${more}></iframe><script>document.querySelector("#there").src = "http://localhost:" + location.port + "/in-frame/${path}"</script>`;
const over = (language: string, frame: string, behind = post()): string => covered(language, frame, behind) + LISTEN;
/** Nothing but the frame itself lies over the page. */
const alone = (frame: string): string => `${bare("en", "Townsquare", `<main>${post()}</main>${frame}`)}${LISTEN}`;
const FILLS = `style="position:fixed;inset:0;width:100%;height:100%;border:0;z-index:9"`;

const refused = (html: string, label = "Reject all"): Curtain => ({ html, steps: [["refused-consent", label]] });
const untouched = (html: string): Curtain => ({ html, steps: [] });
const consent = (html: string): Wall => ({ cause: "consent", html });

/** Offers no refusal but behind its settings: these take the place of what was there. */
const LAYERED = (
  language: string,
  words: string,
  labels: readonly [accept: string, settings: string],
  second: string,
): string =>
  `<div id="first"><p>${words}</p>${button(labels[0])}${button(labels[1], `onclick="document.querySelector('#first').hidden = true; document.querySelector('#second').hidden = false"`)}</div><div id="second" lang="${language}" hidden>${second}</div>`;
const CHOICES = `<h2>Cookies by purpose</h2><label><input type="checkbox" checked> Measuring</label><label><input type="checkbox"> Advertising</label>`;

/** In as many words, each the document of a frame. */
const WORDED: Readonly<Record<string, Document & { readonly refuse: string }>> = {
  de: {
    language: "de",
    words: "Wir und unsere 158 Partner verwenden Cookies und Tracking.",
    accept: "Alle akzeptieren",
    refuse: "Alle ablehnen",
  },
  fr: {
    language: "fr",
    words: "Nos partenaires et nous utilisons des cookies.",
    accept: "Tout accepter",
    refuse: "Continuer sans accepter",
  },
  es: {
    language: "es",
    words: "Almacenamos información en un dispositivo, como las cookies.",
    accept: "Aceptar todo",
    refuse: "Rechazar todo",
  },
  pl: { language: "pl", words: "Szanujemy Twoją prywatność.", accept: "Zgadzam się", refuse: "Odrzuć wszystkie" },
  he: { language: "he", words: "אנחנו משתמשים בעוגיות לפרסום.", accept: "אישור הכל", refuse: "דחה הכל" },
  ja: {
    language: "ja",
    words: "当社とパートナーはクッキーを使用します。",
    accept: "すべて同意する",
    refuse: "すべて拒否する",
  },
};

const ARTICLE = "They met about the hedge in Hollow Lane again, and nobody brought the map. ".repeat(12);
/** What stands in frames, by path. */
export const FRAME_DOCUMENTS: Readonly<Record<string, string>> = {
  "/in-frame/en": en(),
  ...Object.fromEntries(Object.entries(WORDED).map(([name, words]) => [`/in-frame/${name}`, asks(words)])),
  "/in-frame/layered": bare(
    "en",
    "P",
    LAYERED(
      "en",
      "We value your privacy.",
      ["Agree", "More options"],
      `${CHOICES}${button("Accept all")}${button("Reject all", REFUSE)}${button("Save and exit")}`,
    ),
  ),
  "/in-frame/only-yes": en({ refuse: "" }),
  "/in-frame/deaf": bare("en", "P", `<p>We use cookies.</p>${button("Accept all")}${button("Reject all")}`),
  "/in-frame/leads": en({ refuse: "", more: `<a href="/subscribe">Reject all</a>` }),
  "/in-frame/long": en({ more: `<p>${"Each of them says what it keeps, and for how long. ".repeat(60)}</p>` }),
  "/in-frame/late": `<script>setTimeout(() => document.write(${JSON.stringify(en()).replaceAll("</", "<\\/")}), 300)</script>`,
  "/in-frame/around": bare(
    "en",
    "P",
    `<div style="padding:20px"><iframe src="en" width="500" height="300"></iframe></div>`,
  ),
  "/in-frame/quotes": bare(
    "en",
    "Post",
    `${drawnPost("They wrote: we use cookies to show you advertising. And I said no.")}${button("Accept all")}${button("Reject all", `onclick="top.postMessage('pressed', '*')"`)}`,
  ),
  "/in-frame/letter": bare(
    "en",
    "Letter",
    `<h2>Our letter</h2><form><input type="email" placeholder="E-mail"></form><p>I consent to being written to.</p>${button("I agree")}${button("No thanks", `onclick="top.postMessage('pressed', '*')"`)}`,
  ),
  "/in-frame/article": bare(
    "en",
    "Article",
    `<h1>The hedge</h1><p>14 March 2026</p><p>${ARTICLE}</p><div><p>This site uses cookies.</p>${button("Accept all")}</div>`,
  ),
  "/in-frame/pressed": bare("en", "P", button("Like", `style="width:100%;height:300px"`)).replace(
    "<body",
    `<body onpointerdown="top.postMessage('pressed', '*')"`,
  ),
  "/in-frame/relabelled": en({
    refuse: "",
    more: button(
      "Reject all",
      `onpointerover="this.textContent = 'Accept all'" onclick="top.postMessage('pressed', '*')"`,
    ),
  }),
  "/in-frame/touched": `${en()}<script>addEventListener("pointermove", () => top.postMessage("touched", "*"))</script>`,
  "/in-frame/sign-in": bare(
    "en",
    "A",
    `<h2>Sign in to continue</h2><form><input type="email" placeholder="E-mail"><input type="password"></form>${button("Sign in")}`,
  ),
  "/in-frame/sign-in-de": bare(
    "de",
    "A",
    `<h2>Melde dich an, um fortzufahren</h2><p>Noch kein Konto?</p>${button("Anmelden")}`,
  ),
  "/in-frame/age": bare(
    "en",
    "A",
    `<h2>Please confirm your age</h2><p>You must be 18 or over to see this.</p>${button("I am 18 or over")}${button("Leave")}`,
  ),
  "/in-frame/age-he": bare("he", "A", `<p>יש לאשר שגילך מעל 18 כדי לצפות בתוכן זה</p>${button("אני מעל גיל 18")}`),
  "/in-frame/person": bare("en", "A", `<h2>Confirm that you are human</h2><p>This takes a moment.</p>`),
  "/in-frame/person-fr": bare("fr", "A", `<p>Vérifions que vous êtes humain</p>`),
  "/in-frame/speaks-of-it": bare(
    "en",
    "A",
    drawnPost("It said: sign in to continue, and confirm your age. I closed it."),
  ),
  "/in-frame/hangs": `${en()}<script>addEventListener("load", () => setTimeout(() => { for (;;); }))</script>`,
  "/in-frame/hangs-touched": `${en()}<script>addEventListener("pointermove", () => { for (;;); })</script>`,
};

export const FRAMED_CURTAINS: Readonly<Record<string, Curtain>> = {
  "/framed-here": refused(over("en", here("en"))),
  "/framed-elsewhere": refused(over("en", elsewhere("en"))),
  ...Object.fromEntries(
    Object.entries(WORDED).map(([name, { refuse }], i) => [
      `/framed-${name}`,
      refused(over(name, i % 2 === 0 ? elsewhere(name) : here(name)), refuse),
    ]),
  ),
  "/framed-within": refused(over("en", elsewhere("around"))),
  "/framed-alone": refused(alone(elsewhere("en", FILLS).replace('id="there"', 'id="over"').replace("#there", "#over"))),
  "/framed-long": refused(over("en", elsewhere("long"))),
  "/framed-late": refused(over("en", here("late"))),
  "/framed-in-shadow": refused(
    over(
      "en",
      `<x-wall></x-wall><script>document.querySelector("x-wall").attachShadow({ mode: "open" }).innerHTML = '<iframe src="/in-frame/en" width="600" height="400"></iframe>'</script>`,
    ),
  ),
  "/framed-whole": refused(
    `${bare("en", "T", `<main><p>Before you go on</p></main><iframe id="over" src="/in-frame/en" style="width:100%;height:700px;border:0"></iframe>`)}<script>addEventListener("message", () => { document.querySelector("#over").remove(); document.querySelector("main").textContent = ${JSON.stringify(POST)}; })</script>`,
  ),
  "/framed-layered": {
    html: over("en", elsewhere("layered")),
    steps: [
      ["opened-settings", "More options"],
      ["refused-consent", "Reject all"],
    ],
  },
  "/layered-de": {
    html: over(
      "de",
      LAYERED(
        "de",
        "Wir nutzen Cookies.",
        ["Alle akzeptieren", "Einstellungen"],
        `<p>Cookies nach Zweck</p>${button("Alle akzeptieren")}${button("Alle ablehnen", REFUSE)}`,
      ),
    ),
    steps: [
      ["opened-settings", "Einstellungen"],
      ["refused-consent", "Alle ablehnen"],
    ],
  },
  "/layered-post": untouched(
    over(
      "en",
      `<p>Marrow · 3 h</p><p>${POST}</p><p>They use cookies, too.</p>${button("Like")}${button("Options", `onclick="top.postMessage('pressed', '*')"`)}`,
    ),
  ),
  "/framed-quotes": untouched(over("en", here("quotes"))),
  "/framed-letter": untouched(over("en", elsewhere("letter"))),
  "/framed-speaks-of-it": untouched(over("en", here("speaks-of-it"))),
  "/framed-article": untouched(alone(here("article", FILLS))),
  "/framed-beside": untouched(
    alone(
      `<div style="position:fixed;right:0;bottom:0;width:320px;height:260px">${here("en", `style="width:300px;height:240px"`)}</div>`,
    ),
  ),
  "/framed-faint": untouched(alone(here("en", `style="position:fixed;inset:0;width:100%;height:100%;opacity:0.02"`))),
};

/** What is left where settings were opened, and no refusal was there. */
const LAYERED_WALLS: Readonly<Record<string, Wall>> = {
  "/layered-save": consent(
    over(
      "en",
      LAYERED(
        "en",
        "We use cookies.",
        ["Accept all", "Manage options"],
        `${CHOICES}${button("Save and exit", `onclick="top.postMessage('pressed', '*')"`)}`,
      ),
    ),
  ),
  "/layered-away": consent(
    over(
      "en",
      `<p>We use cookies.</p>${button("Accept all")}${button("Cookie settings", `onclick="location = '/about-consent'"`)}`,
    ),
  ),
};

/** Puts another frame over the one that asks, as soon as that tells that the pointer came. */
const SWAP = `<script>
  addEventListener("message", ({ data }) => {
    if (data !== "touched") return;
    const { x, y, width, height } = document.querySelector("#there").getBoundingClientRect();
    const other = document.createElement("iframe");
    other.src = "/in-frame/pressed";
    other.style.cssText = "position:fixed;z-index:99;left:" + x + "px;top:" + y + "px;width:" + width + "px;height:" + height + "px";
    document.body.append(other);
  });
</script>`;
const MOVE = `<script>
  let top0 = 40;
  addEventListener("message", () => setInterval(() => { document.querySelector("#layer").style.top = ((top0 += 9) % 300) + "px"; }, 10));
</script>`;

export const FRAMED_WALLS: Readonly<Record<string, Wall>> = {
  ...LAYERED_WALLS,
  "/framed-sign-in": { cause: "login", html: over("en", elsewhere("sign-in")) },
  "/framed-sign-in-de": { cause: "login", html: over("de", here("sign-in-de")) },
  "/framed-sign-in-alone": { cause: "login", html: bare("en", "Townsquare", elsewhere("sign-in", FILLS)) },
  "/framed-age": { cause: "age", html: over("en", here("age")) },
  "/framed-age-he": { cause: "age", html: over("he", elsewhere("age-he")) },
  "/framed-person": { cause: "captcha", html: over("en", elsewhere("person")) },
  "/framed-person-fr": { cause: "captcha", html: bare("fr", "Place", elsewhere("person-fr", FILLS)) },
  "/framed-only-yes": consent(over("en", elsewhere("only-yes"))),
  "/framed-deaf": consent(over("en", here("deaf"))),
  "/framed-leads": consent(over("en", elsewhere("leads"))),
  "/framed-relabelled": consent(over("en", elsewhere("relabelled"))),
  "/framed-swapped": consent(over("en", elsewhere("touched")) + SWAP),
  "/framed-turned": consent(over("en", here("en", `class="turned"`)) + "<style>.turned { rotate: 180deg }</style>"),
  "/framed-shrunk": consent(over("en", here("en", `class="shrunk"`)) + "<style>.shrunk { scale: 0.8 }</style>"),
};

/** Runs away from the pointer, where the machine lets it: it is refused, or not touched. */
export const FLEEING_FRAMES: Readonly<Record<string, string>> = {
  "/framed-moves": over("en", elsewhere("touched")) + MOVE,
};

/** Only where a frame of another site has a process of its own; else the page hangs with it. */
export const HANGING_FRAMES: Readonly<Record<string, string>> = {
  "/framed-hangs": over("en", elsewhere("hangs")),
  "/framed-hangs-touched": over("en", elsewhere("hangs-touched")),
};
