/** Pages that look like walls and are none: each shows its post, at once or when something is pressed, and must be sealed. */
import { page } from "./forum-pages.ts";
import { bare, close, covered, drawnPost, POST, post, signInFields } from "./obstacle-pages.ts";

export interface Curtain {
  readonly html: string;
  /** What has to be pressed to see the post, in order: what was done, and the button's words. */
  readonly steps?: readonly (readonly [did: string, words: string])[];
}

const shown = (html: string): Curtain => ({ html });
const said = (text: string): Curtain => shown(page("Townsquare", post(text)));
const drawn = (text: string): Curtain => shown(bare("en", "Townsquare", `<div id="root">${drawnPost(text)}</div>`));
const beside = (html: string): Curtain => shown(page("Townsquare", `${post()}${html}`));
export const button = (label: string, more = ""): string => `<button type="button" ${more}>${label}</button>`;

function refusable(language: string, words: string, accept: string, refuse: string): Curtain {
  return {
    html: covered(language, `<p>${words}</p>${button(accept)}${button(refuse, close)}`),
    steps: [["refused-consent", refuse]],
  };
}

function pressed(did: "revealed" | "opened-more", label: string, before: string): Curtain {
  const html = page(
    "Townsquare",
    `<article><p><b>Marrow</b> @marrow</p><div>${before} ${button(label, `onclick="this.parentElement.textContent = this.dataset.post" data-post="${POST}"`)}</div><p>14 March 2026, 21:07</p></article>`,
  );
  return { html, steps: [[did, label]] };
}

const WORDS_IN_POSTS: Readonly<Record<string, Curtain>> = {
  "/quotes-gone": said("I wanted to answer, and all I get is “this post is not available”. Who took it down?"),
  "/says-gone": said("This page does not exist, they told me at the office. It does."),
  "/asks-gone": drawn("Does anyone know why the video was removed?"),
  "/says-login": said("Log in to see who is laughing, they wrote under it. So I did not."),
  "/talks-captcha": drawn("I failed to prove that I am not a robot four times today. Perhaps I am one."),
  "/talks-captcha-ja": said("ロボットではないことを何度も確認させられて、もう疲れました。"),
  "/talks-age": said(
    "You must be 18 to enter the hall on Saturday, the poster says. My nephew is twelve and he sings there.",
  ),
  "/talks-cookies": drawn("My grandmother's cookies are banned from the fair. Consent was not asked for."),
  "/talks-error": said("Something went wrong with the lamp on the corner, and nobody repairs it."),
  "/quotes-fr": said("On me répond « cette publication n'est plus disponible ». Elle l'était hier."),
  "/says-de": said("Mein Beitrag wurde gelöscht, und niemand sagt mir, weshalb."),
  "/says-ru": said("Вчера страница была удалена, а сегодня она снова здесь. Странные дела."),
  "/says-he": said("אמרו לי שהדף לא נמצא, והנה הוא כאן מולי."),
  "/says-ar": said("قالوا لي إن المنشور غير متاح، وها هو أمامي."),
  "/says-loading": drawn("Loading the van at six, who helps?"),
  "/says-maintenance": said("Scheduled maintenance of the well is on Monday, bring buckets."),
};

const ABOUT = "It is a matter of habit more than of law, and those who build such pages know it. ".repeat(8);
const BESIDE: Readonly<Record<string, Curtain>> = {
  "/banner-below": beside(
    `<div style="position:fixed;bottom:0;left:0;right:0;background:#eee"><p>We use cookies.</p>${button("Accept all")}${button("Reject all")}</div>`,
  ),
  "/banner-above": shown(
    bare("en", "T", `<div><p>We use cookies to count visits.</p>${button("OK")}</div><p>${POST} ${POST} ${POST}</p>`),
  ),
  "/login-to-reply": beside("<h3>Log in to reply</h3>"),
  "/login-below": beside("<p>Log in to see more replies.</p>"),
  "/login-bar": beside(
    `<div style="position:fixed;bottom:0;left:0;right:0;height:15%;background:#eee">Log in to see more of Townsquare ${button("Log in")}</div>`,
  ),
  "/login-box": beside(`<aside><form>${signInFields}</form></aside>`),
  "/captcha-on-form": beside(
    `<form><textarea></textarea><div class="g-recaptcha"><iframe title="captcha" src="about:blank" width="300" height="80"></iframe></div></form>`,
  ),
  "/parent-deleted": shown(page("Townsquare", `<div>This post was deleted by its author.</div>${post()}`)),
  "/reply-deleted": beside("<div>This comment is no longer available.</div>"),
  "/quoted-gone": beside("<blockquote>This post is unavailable.</blockquote>"),
  "/letter-over": shown(covered("en", `<h2>Our letter</h2><p>Once a month, news of the lane.</p>${button("Not now")}`)),
  "/picture-over": shown(covered("en", `<p>1 / 3</p>${button("Next")}`)),
  "/fixed-app": shown(bare("en", "T", `<div style="position:fixed;inset:0;overflow:auto">${drawnPost()}</div>`)),
  "/about-consent": shown(
    page("Cookie walls", `<h1>Cookie walls, and who may refuse</h1><p>${ABOUT}</p>${button("OK")}`),
  ),
  "/about-captchas": shown(
    page("Captchas", `<h1>Prove you are human: a history of captchas</h1><p>${ABOUT}${ABOUT}${ABOUT}</p>`),
  ),
  "/about-404": shown(page("404", `<h1>How to build a page that says “page not found”</h1><p>${ABOUT}</p>`)),
  "/only-picture": shown(
    bare("en", "", `<svg width="400" height="300"><rect width="400" height="300" fill="#678"/></svg>`),
  ),
  "/fills-late": shown(
    bare(
      "en",
      "T",
      `<div id="root">Loading…</div><script>setTimeout(() => { document.querySelector("#root").textContent = ${JSON.stringify(POST)} }, 700)</script>`,
    ),
  ),
  "/age-mark": beside("<p>Rated 18+ by its author.</p>"),
};

const PRESSED: Readonly<Record<string, Curtain>> = {
  "/refuse-en": refusable("en", "We use cookies for advertising.", "Accept all", "Reject all"),
  "/refuse-de": refusable("de", "Wir nutzen Cookies für Werbung.", "Alle akzeptieren", "Nur notwendige Cookies"),
  "/refuse-fr": refusable("fr", "Nous utilisons des cookies.", "Tout accepter", "Continuer sans accepter"),
  "/refuse-es": refusable("es", "Usamos cookies publicitarias.", "Aceptar todo", "Rechazar todo"),
  "/refuse-it": refusable("it", "Usiamo i cookie per la pubblicità.", "Accetta tutti", "Rifiuta tutti"),
  "/refuse-pl": refusable("pl", "Używamy plików cookie.", "Akceptuję wszystkie", "Odrzuć wszystkie"),
  "/refuse-ru": refusable("ru", "Мы используем файлы cookie.", "Принять все", "Отклонить все"),
  "/refuse-he": refusable("he", "אנחנו משתמשים בעוגיות.", "אישור הכל", "דחה הכל"),
  "/refuse-ja": refusable("ja", "クッキーを使用しています。", "すべて同意する", "すべて拒否する"),
  "/refuse-page": {
    html: bare(
      "en",
      "Before you go on",
      `<main><h1>Before you go on</h1><p>We use cookies for advertising.</p><form action="/quotes-gone">${button("Accept all")}<button>Reject all</button></form></main>`,
    ),
    steps: [["refused-consent", "Reject all"]],
  },
  "/reveal-en": pressed("revealed", "Show anyway", "This post may be hard to read."),
  "/reveal-de": pressed("revealed", "Trotzdem anzeigen", "Dieser Beitrag kann verstören."),
  "/reveal-fr": pressed("revealed", "Afficher le contenu", "Contenu sensible."),
  "/more-en": pressed("opened-more", "Show more", "The bins on Hollow Lane…"),
  "/more-de": pressed("opened-more", "Mehr anzeigen", "Die Tonnen in der Hollow Lane…"),
  "/more-fr": pressed("opened-more", "Lire la suite", "Les poubelles de Hollow Lane…"),
  "/more-ru": pressed("opened-more", "Показать ещё", "Баки на Холлоу-лейн…"),
  "/more-zh": pressed("opened-more", "展开全文", "霍洛巷的垃圾桶…"),
  "/refuse-then-more": {
    html: covered(
      "en",
      `<p>We use cookies.</p>${button("Accept")}${button("Decline", close)}`,
      `<article><p>Marrow · 3 h</p><div>The bins… ${button("Read more", `onclick="this.parentElement.textContent='${POST}'"`)}</div></article>`,
    ),
    steps: [
      ["refused-consent", "Decline"],
      ["opened-more", "Read more"],
    ],
  },
};

/** Written after the words were, as the walls of that name. */
const WRITTEN_LATER: Readonly<Record<string, Curtain>> = {
  "/tells-deleted": shown(
    bare(
      "en",
      "T",
      "<h1>Hollow Lane notes</h1><p>The baker says the page in the town register was deleted by mistake, and that it will be written anew by Friday.</p>",
    ),
  ),
  "/tells-register": said("To see the fair you have to register at the town hall before noon."),
  "/tells-birth": said("Enter your date of birth, said the machine, and then it ate the ticket."),
  "/tells-login": shown(
    bare(
      "en",
      "T",
      "<main><h2>Reader's letter</h2><p>Please log in to continue, it told her, so she turned the thing off and walked home along the canal.</p><p>A neighbour</p></main>",
    ),
  ),
  "/sign-up-below": beside(`<div>Sign up to see more from Marrow</div>${button("Sign up")}`),
  "/says-404": shown(page("T", "<article><p>@marrow · 14 March 2026</p><p>404</p></article>")),
  "/tells-suspended": drawn("Account suspended for three days because I called the mayor a turnip."),
  "/comments-removed": shown(page("T", `<div>[deleted]</div><div>Comment removed by moderator</div>${post()}`)),
  "/market-closed": shown(
    bare(
      "fr",
      "T",
      "<article><h1>Accès interdit au marché</h1><p>La mairie a fermé la place ce matin ; les marchands attendent devant les grilles depuis six heures.</p><time>14 mars 2026</time></article>",
    ),
  ),
  "/youth-centre": shown(
    bare(
      "de",
      "T",
      `<h1>Kein Zutritt unter 18 Jahren</h1><p>Das steht nun am Jugendzentrum. ${"Der Vorstand schweigt dazu, und die Jugendlichen sitzen auf der Treppe. ".repeat(8)}</p>`,
    ),
  ),
  "/asks-robot": said("Are you a robot? asked the child, and I said yes."),
  "/loading-post": said("Loading…"),
  "/told-ja": shown(
    bare(
      "ja",
      "T",
      "<div><div>野良猫</div><div>@noraneko · 3時間前</div><div>このページは存在しませんと言われたけど、ちゃんとある。</div></div>",
    ),
  ),
  "/post-over": shown(
    covered("en", `<p>Marrow &amp; Sons</p><p>${POST}</p><p>We sell cookies too.</p>${button("Close")}`),
  ),
  "/sauna-members": said("Members only, it says on the door of the sauna, and the members are four."),
  "/mill-page": shown(
    bare(
      "en",
      "T",
      "<p>The page about the old mill is no longer in the guide book. We put it up here instead, with the drawings of the wheel and the names of those who built it.</p>",
    ),
  ),
  "/outing": said("Bitte melden Sie sich bis Freitag an, sonst wird der Ausflug abgesagt."),
  "/ticket-machine": drawn("Try again later, says the ticket machine. Every day."),
  "/some-replies": beside("<p>Some replies are not available.</p>"),
  "/bar-age": said("Verifica la tua età, dice il bar, e poi ti serve il latte."),
  "/well-closed": said("Внимание: доступ к колодцу закрыт до понедельника."),
  "/parking": shown(
    bare(
      "en",
      "T",
      "<h1>Access to the lane</h1><p>You must be registered to park here from May, and the register opens on Monday at the library.</p>",
    ),
  ),
  "/age-to-reply": shown(page("T", `<div>Sensitive topic</div>${post()}<div>You must be 13 to reply.</div>`)),
  "/app-over": shown(covered("en", `<h2>Install the Townsquare app</h2>${button("Not now")}`)),
  "/parade-video": said("The video of the parade has been removed from the library's shelf."),
  "/kermesse": shown(
    bare(
      "fr",
      "T",
      "<article><p>Jeanne · il y a 2 h</p><p>Le compte de la kermesse n'est pas bon, il manque douze euros.</p></article>",
    ),
  ),
  "/banner-tall": shown(
    bare(
      "en",
      "T",
      `<div style="position:fixed;top:0;left:0;right:0;height:30%;background:#eee">This site uses cookies ${button("Accept")}</div><p style="margin-top:40vh">The well is dry since Tuesday and the pump has no part that fits.</p>`,
    ),
  ),
};

/** As web components draw it: nothing of it is in the document itself, and its margins are not in the component. */
const inShadow = (tag: string, inside: string): string =>
  `<${tag}></${tag}><script>customElements.define("${tag}", class extends HTMLElement {
  constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = ${JSON.stringify(inside).replaceAll("</", "<\\/")}; }
})</script>`;

const IN_SHADOW: Readonly<Record<string, Curtain>> = {
  "/in-shadow": shown(
    bare("en", "T", inShadow("x-post", `<style>p { color: teal }</style><p hidden>Draft</p>${drawnPost()}`)),
  ),
  "/in-shadow-banner": shown(
    bare("en", "T", `<header>${inShadow("x-bar", "<p>Sign in to see more</p>")}</header>${drawnPost()}`),
  ),
};

const picture = `<img width="500" height="400" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">`;
/** Short, odd, or about walls. */
const SMALL: Readonly<Record<string, Curtain>> = {
  "/story-login": shown(
    bare("en", "T", `<h1>Log in to continue: how walls took over the web</h1><p>14 March 2026</p><p>${ABOUT}</p>`),
  ),
  "/story-gone": shown(
    bare("en", "T", `<h1>This page is no longer available: what the archive lost</h1><p>${ABOUT}</p>`),
  ),
  "/tent-age": shown(
    page("Notes", "<h1>Hollow Lane notes</h1><p>Age verification for the beer tent starts at noon.</p>"),
  ),
  "/says-unavailable": said("It says this post is not available. I saved it. Ask me."),
  "/says-gone-only": said("Gone"),
  "/says-sign-in": said("Sign in."),
  "/says-denied": said("ACCESS DENIED"),
  "/says-thumb": said("👍"),
  "/says-404-lanterns": said("404 lanterns were counted. None is missing."),
  "/says-private": said("This account is private, and so is my garden gate. Ring the bell."),
  "/says-join": drawn("Join us to see the lanterns on Friday!"),
  "/says-group": shown(
    bare("en", "T", "<div>Marrow · 14 March 2026</div><div>The group was removed from the hall, the roof leaks.</div>"),
  ),
  "/says-rules": said("Violates the rules of the fair, they said. It was a turnip."),
  "/only-photo": shown(page("T", `<article><p><b>Marrow</b> @marrow</p>${picture}</article>`)),
  "/only-photo-drawn": shown(
    bare("en", "T", `<div><a href="/m">@marrow</a> <span>3h</span></div><div>${picture}</div>`),
  ),
  "/only-address": shown(
    bare("en", "T", `<article><a href="/m">Marrow</a><p><a href="/x">https://hollow.example/x</a></p></article>`),
  ),
  "/only-tag": shown(bare("en", "T", `<div><a href="/m">@marrow</a></div><div><a href="/t">#lanterns</a></div>`)),
  "/lost-goose": shown(bare("en", "Lost goose", "<h1>Lost goose</h1><p>Grey, answers to nothing.</p>")),
  "/rail-failed": shown(
    bare("en", "T", `${drawnPost()}<div><div>Something went wrong. Try reloading.</div>${button("Retry")}</div>`),
  ),
  "/embed-gone": shown(
    page(
      "T",
      `<article><p><b>Marrow</b> @marrow</p><p>They took it down:</p><div>Video unavailable</div><p>14 March 2026, 21:07</p></article>`,
    ),
  ),
  "/banner-sv": shown(
    bare(
      "sv",
      "T",
      `<div style="position:fixed;bottom:0;left:0;right:0;height:20%">Vi använder cookies ${button("Godkänn")}</div>${drawnPost("Brunnen är torr.")}`,
    ),
  ),
  "/privacy-over": shown(
    covered("en", `<h2>Quiet at the fair</h2><p>Marrow · 3 h</p><p>${POST}</p>${button("Close")}`),
  ),
};

export const CURTAINS: Readonly<Record<string, Curtain>> = {
  ...WORDS_IN_POSTS,
  ...BESIDE,
  ...PRESSED,
  ...WRITTEN_LATER,
  ...IN_SHADOW,
  ...SMALL,
};
