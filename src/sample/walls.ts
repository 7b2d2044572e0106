/** Pages that stand in the place of a post, as sites word them in many languages. Each must be refused, with its cause. */

import { page } from "./forum-pages.ts";
import { bare, covered, drawn, drawnPost, headed, post, signInFields, signInPage } from "./obstacle-pages.ts";
import { PLATFORM_WALLS } from "./platform-walls.ts";

export interface Wall {
  readonly cause: "login" | "captcha" | "age" | "consent" | "gone" | "site_error" | "blank" | "http_error";
  readonly html: string;
  /** 200 where left out. */
  readonly status?: number;
}

const login = (html: string): Wall => ({ cause: "login", html });
const captcha = (html: string): Wall => ({ cause: "captcha", html });
const age = (html: string): Wall => ({ cause: "age", html });
const consent = (html: string): Wall => ({ cause: "consent", html });
const gone = (html: string): Wall => ({ cause: "gone", html });
const failed = (html: string): Wall => ({ cause: "site_error", html });
const blank = (html: string): Wall => ({ cause: "blank", html });
const button = (label: string, more = ""): string => `<button type="button" ${more}>${label}</button>`;
const widget = `<div class="g-recaptcha" data-sitekey="invented"><iframe title="captcha" src="about:blank" width="300" height="80"></iframe></div>`;
const app = (inside: string): string =>
  bare("en", "Townsquare", `<div id="root">${inside}</div><script>void 0</script>`);

const LOGIN: Readonly<Record<string, Wall>> = {
  "/members-only": login(signInPage("Sign in to Townsquare", "You need to sign in to see this post.", "Sign in")),
  "/mitglieder": login(signInPage("Anmelden", "Melde dich an, um diesen Beitrag zu sehen.", "Anmelden")),
  "/login-fr": login(headed("Connectez-vous pour voir cette publication", "Vous n'avez pas de compte ? Créez-en un.")),
  "/login-es": login(drawn("es", "Debes iniciar sesión para ver este mensaje.", "¿No tienes cuenta?")),
  "/login-it": login(headed("Accedi per continuare", "Non hai un account? Registrati.")),
  "/login-pt": login(drawn("pt", "Faça login para ver esta publicação", "Esqueceu a senha?")),
  "/login-nl": login(headed("Log in om dit bericht te bekijken", "Nog geen account?")),
  "/login-pl": login(drawn("pl", "Zaloguj się, aby zobaczyć ten wpis", "Nie masz konta?")),
  "/login-ru": login(headed("Войдите, чтобы посмотреть запись", "Нет аккаунта?")),
  "/login-uk": login(drawn("uk", "Увійдіть, щоб переглянути допис")),
  "/login-tr": login(headed("Bu gönderiyi görmek için giriş yap", "Hesabın yok mu?")),
  "/login-he": login(drawn("he", "התחברו כדי לראות את הפוסט", "אין לכם חשבון?")),
  "/login-ar": login(headed("سجل الدخول لمشاهدة هذا المنشور", "ليس لديك حساب؟")),
  "/login-ja": login(drawn("ja", "この投稿を見るにはログインしてください", "アカウントをお持ちでない方")),
  "/login-zh": login(drawn("zh", "请先登录后查看该帖子", "没有账号？")),
  "/login-over": login(
    covered("en", `<h2>See more of Townsquare</h2><form>${signInFields}<button>Log in</button></form>`),
  ),
  "/login-over-words": login(
    covered("en", `<h2>Sign up to see what Marrow posts</h2>${button("Create account")}${button("Log in")}`),
  ),
  "/login-elsewhere": login(
    drawn("en", "Welcome to Townsquare", button("Continue with Google"), button("Continue with Apple")),
  ),
  "/login-private": login(drawn("en", "This account is private", "Follow it to see its photos and videos.")),
  "/login-forum": login(headed("Message", "You are not logged in or you do not have permission to access this page.")),
};

const CAPTCHA: Readonly<Record<string, Wall>> = {
  "/checking": captcha(
    page("Just a moment", `<h1>Checking that you are human</h1><p>This takes a moment.</p>${widget}`),
  ),
  "/captcha-widget": captcha(bare("en", "", widget)),
  "/captcha-hold": captcha(drawn("en", "Press and hold to confirm you are a human", "Reference 88213")),
  "/captcha-traffic": captcha(headed("Unusual traffic from your network", "Enter the characters you see below.")),
  "/captcha-de": captcha(drawn("de", "Bitte bestätige, dass du ein Mensch bist.")),
  "/captcha-fr": captcha(headed("Vérifions que vous êtes humain", "Cela ne prend qu'un instant.")),
  "/captcha-es": captcha(drawn("es", "Confirma que no eres un robot")),
  "/captcha-ru": captcha(headed("Подтвердите, что вы не робот", "Введите символы с картинки.")),
  "/captcha-he": captcha(drawn("he", "אנא אשרו שאתם לא רובוט")),
  "/captcha-ar": captcha(drawn("ar", "يرجى التأكد من أنك لست روبوت")),
  "/captcha-ja": captcha(
    headed("ロボットではないことを確認してください", "通常と異なるトラフィックが検出されました。"),
  ),
  "/captcha-over": captcha(covered("en", `<h2>Security check</h2>${widget}`)),
};

const AGE: Readonly<Record<string, Wall>> = {
  "/age-yes-no": age(drawn("en", "Are you over 18?", button("Yes"), button("No"))),
  "/age-over": age(
    covered(
      "en",
      `<h2>Age-restricted post</h2><p>You must be 18 or older to see this.</p>${button("View")}${button("Leave")}`,
    ),
  ),
  "/age-born": age(
    page(
      "Age",
      `<h1>When were you born?</h1><form><label>Year of birth <input name="year"></label><button>Go on</button></form>`,
    ),
  ),
  "/age-sign-in": age(drawn("en", "Sign in to confirm your age", "This video may be inappropriate for some users.")),
  "/age-de": age(headed("Altersprüfung", "Dieser Inhalt ist erst ab 18 Jahren freigegeben.")),
  "/age-fr": age(drawn("fr", "Vous devez avoir 18 ans ou plus pour voir ce contenu.")),
  "/age-es": age(headed("Contenido para adultos", "Confirma que eres mayor de edad.")),
  "/age-pl": age(drawn("pl", "Czy masz ukończone 18 lat?", button("Tak"), button("Nie"))),
  "/age-ru": age(drawn("ru", "Подтвердите свой возраст", "Этот материал предназначен только для взрослых.")),
  "/age-he": age(drawn("he", "התוכן מיועד למבוגרים מעל גיל 18")),
  "/age-ja": age(headed("年齢確認", "あなたは18歳以上ですか？")),
};

const COOKIES = "We and our partners use cookies to measure and to show advertising.";
const CONSENT: Readonly<Record<string, Wall>> = {
  "/consent-only-yes": consent(covered("en", `<h2>Your choice</h2><p>${COOKIES}</p>${button("Accept all")}`)),
  "/consent-deaf": consent(
    covered("en", `<h2>Cookies</h2><p>${COOKIES}</p>${button("Accept all")}${button("Reject all")}`),
  ),
  "/consent-elsewhere": consent(
    covered("en", `<p>${COOKIES}</p>${button("Agree")}<a href="/subscribe">Reject and subscribe</a>`),
  ),
  "/consent-page": consent(page("Before you go on", `<h1>Before you go on</h1><p>${COOKIES}</p>${button("I agree")}`)),
  "/consent-de": consent(
    covered(
      "de",
      `<h2>Mit Werbung weiterlesen</h2><p>Mit Cookies und Tracking kostenlos lesen, oder ein Abo nehmen.</p>${button("Akzeptieren und weiter")}`,
    ),
  ),
  "/consent-fr": consent(
    covered("fr", `<p>Nos partenaires utilisent des cookies pour mesurer l'audience.</p>${button("Tout accepter")}`),
  ),
  "/consent-tr": consent(covered("tr", `<p>Çerezleri reklam için kullanıyoruz.</p>${button("Tümünü kabul et")}`)),
  "/consent-frame": consent(
    covered(
      "en",
      `<iframe id="sp_message_iframe_1" title="Consent" src="about:blank" width="600" height="400"></iframe>`,
    ),
  ),
};

const GONE: Readonly<Record<string, Wall>> = {
  "/gone-en": gone(headed("This post is not available", "It may have been removed, or the link may be wrong.")),
  "/gone-drawn": gone(drawn("en", "Hmm… this page doesn’t exist. Try searching for something else.", button("Search"))),
  "/gone-among-others": gone(
    page(
      "Townsquare",
      `<h1>Sorry, this post was deleted by its author.</h1><h2>Others read</h2>${post()}${post("The market opens at eight.", "12 March 2026, 08:00")}`,
    ),
  ),
  "/gone-suspended": gone(drawn("en", "Account suspended", "Townsquare suspends accounts that break its rules.")),
  "/gone-404": gone(headed("404", "Page not found")),
  "/gone-de": gone(headed("Dieser Beitrag ist nicht mehr verfügbar", "Zur Startseite")),
  "/gone-fr": gone(drawn("fr", "Désolé, cette publication a été supprimée.")),
  "/gone-es": gone(headed("Esta página no está disponible", "Es posible que el enlace no funcione.")),
  "/gone-it": gone(drawn("it", "Il post che cerchi non esiste più.")),
  "/gone-pt": gone(headed("Conteúdo indisponível", "A publicação foi removida pelo autor.")),
  "/gone-nl": gone(drawn("nl", "Dit bericht is verwijderd.")),
  "/gone-pl": gone(headed("Strona nie istnieje", "Sprawdź adres.")),
  "/gone-ru": gone(drawn("ru", "Запись удалена или скрыта")),
  "/gone-uk": gone(headed("Сторінку не знайдено")),
  "/gone-tr": gone(drawn("tr", "Üzgünüz, bu sayfa mevcut değil.")),
  "/gone-he": gone(headed("הדף לא נמצא", "ייתכן שהקישור שגוי.")),
  "/gone-ar": gone(drawn("ar", "عذرًا، هذا المحتوى غير متاح حاليًا")),
  "/gone-ja": gone(headed("ページが見つかりません", "削除された可能性があります。")),
  "/gone-zh": gone(drawn("zh", "抱歉，该内容已被作者删除")),
};

const OTHERS: Readonly<Record<string, Wall>> = {
  "/failed-en": failed(drawn("en", "Something went wrong. Try reloading.", button("Retry"))),
  "/failed-script": failed(drawn("en", "JavaScript is not available.", "Please enable JavaScript to use Townsquare.")),
  "/failed-denied": failed(headed("Access denied", "You have been blocked.")),
  "/failed-limit": failed(headed("Too many requests", "Slow down a little.")),
  "/failed-de": failed(drawn("de", "Etwas ist schiefgelaufen.")),
  "/failed-fr": failed(headed("Une erreur est survenue", "Réessayez plus tard.")),
  "/failed-ru": failed(drawn("ru", "Что-то пошло не так", button("Обновить"))),
  "/failed-ja": failed(drawn("ja", "問題が発生しました。")),
  "/empty": blank(app("")),
  "/blank-loading": blank(app("<p>Loading…</p>")),
  "/blank-loading-ru": blank(app("<p>Идёт загрузка…</p>")),
  "/blank-spinner": blank(
    app(`<svg class="spinner" width="200" height="200"><circle cx="100" cy="100" r="90"/></svg>`),
  ),
  "/blank-frame": blank(page("Townsquare", "")),
  "/blank-skeleton": blank(
    app(`<div style="height:80px;background:#eee"></div><div style="height:80px;background:#eee"></div>`),
  ),
  "/blank-unseen": blank(app(`<div style="visibility:hidden">${drawnPost()}</div>`)),
  "/broken": { status: 500, cause: "http_error", html: headed("Error", "Something went wrong.") },
  "/missing": { status: 404, cause: "http_error", html: headed("Nothing here") },
  "/removed": { status: 410, cause: "http_error", html: headed("This post was removed") },
  "/forbidden": { status: 403, cause: "http_error", html: headed("Forbidden", "You may not see this.") },
  "/legal": { status: 451, cause: "http_error", html: headed("Withheld for legal reasons") },
  "/busy": { status: 503, cause: "http_error", html: headed("Down for maintenance") },
  "/forbidden-sign-in": { status: 403, cause: "login", html: signInPage("Sign in", "Members only.", "Sign in") },
  "/forbidden-check": { status: 403, cause: "captcha", html: bare("en", "Just a moment", widget) },
};

/** Written after the words were, to see whether these hold beyond what they were made from. */
const WRITTEN_LATER: Readonly<Record<string, Wall>> = {
  "/gone-moved": gone(headed("Whoops, nothing lives at this address", "Perhaps it moved away.")),
  "/gone-hidden": gone(drawn("en", "The author has hidden this thread from the public.")),
  "/gone-sought": gone(drawn("de", "Der gesuchte Inhalt steht nicht mehr zur Verfügung.")),
  "/gone-vanished": gone(headed("Le message que vous cherchez a disparu")),
  "/login-read-on": login(drawn("en", "Got an account? Log in and keep reading.", "New here? It is free.")),
  "/login-friends": login(headed("Nur für Freunde sichtbar", "Diese Person teilt ihre Beiträge nur mit Freunden.")),
  "/login-registered": login(drawn("es", "Contenido exclusivo para usuarios registrados")),
  "/captcha-tick": captcha(
    headed("Quick check before we let you in", "Tick the box to show that you are not a machine."),
  ),
  "/captcha-it": captcha(drawn("it", "Controlliamo che tu sia una persona reale")),
  "/age-grown": age(headed("Grown-ups only", "Enter only if you have turned eighteen.")),
  "/age-nl": age(drawn("nl", "Deze inhoud is niet geschikt voor personen jonger dan 18 jaar")),
  "/consent-sv": consent(covered("sv", `<p>Vi använder cookies för annonser.</p>${button("Godkänn alla")}`)),
  "/failed-rest": failed(drawn("en", "Our hamsters are having a rest. We will be back shortly.", "Error 88-213")),
  "/failed-pl": failed(drawn("pl", "Ojej, coś się zepsuło. Spróbuj ponownie później.")),
  "/gone-looked": gone(drawn("en", "We looked everywhere, but that page could not be located.")),
  "/gone-rules": gone(headed("Beitrag entfernt", "Er verstieß gegen unsere Regeln.")),
  "/gone-not-found": gone(drawn("es", "Ups, no hemos encontrado lo que buscas.")),
  "/gone-by-author": gone(drawn("ru", "Автор удалил эту запись")),
  "/login-to-read": login(drawn("fr", "Pour lire la suite de la discussion, identifiez-vous.")),
  "/login-group": login(headed("Restricted to members of this group")),
  "/login-topic": login(drawn("pt", "É preciso estar cadastrado para acessar este tópico.")),
  "/captcha-short": captcha(drawn("de", "Kurze Prüfung: Sind Sie ein Mensch?")),
  "/captcha-think": captcha(headed("Our systems think you may be a bot")),
  "/age-it": age(drawn("it", "Devi essere maggiorenne per entrare.", button("Entra"), button("Esci"))),
  "/consent-settings": consent(
    covered(
      "nl",
      `<h2>Jouw keuze</h2><p>Wij en onze partners plaatsen cookies.</p>${button("Alles accepteren")}${button("Instellingen")}`,
    ),
  ),
  "/failed-now": failed(headed("This page isn't working right now", "Reload the page.")),
  "/blank-fetching": blank(app("<div>Fetching posts…</div>")),
};

const spread = `<div style="position:absolute;top:0;left:0;width:100%;height:100vh;background:#fff;z-index:9">`;
/** In shapes that were passed over once. */
const SHAPES: Readonly<Record<string, Wall>> = {
  "/login-spread": login(
    bare("en", "T", `<main>${post()}</main>${spread}<h2>Log in to see this post</h2>${button("Log in")}</div>`),
  ),
  "/gone-shadow": gone(
    bare(
      "en",
      "T",
      `<x-app></x-app><script>customElements.define("x-app", class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = "<h1>This post is not available</h1>"; } })</script>`,
    ),
  ),
  "/age-layer": age(covered("en", `<p>This community may contain mature content.</p>${button("Yes, I'm over 18")}`)),
  "/consent-device": consent(
    covered(
      "en",
      `<h2>We value your privacy</h2><p>We and our 842 partners store and access information on a device, such as unique identifiers.</p>${button("AGREE")}${button("MORE OPTIONS")}`,
    ),
  ),
  "/consent-device-pl": consent(
    covered(
      "pl",
      `<p>Szanujemy Twoją prywatność. Przechowujemy informacje na urządzeniu.</p>${button("Przejdź do serwisu")}`,
    ),
  ),
  "/blank-bars": blank(
    app(
      `<div><a href="/">Home</a><a href="/e">Explore</a></div><div></div><div><a href="/t">Terms</a> <span>© 2026 Townsquare</span></div>`,
    ),
  ),
  "/blank-undefined": blank(app("undefined")),
  "/blank-percent": blank(app("<p>Loading your feed…</p><p>0%</p>")),
  "/blank-name": blank(app("<div>Townsquare</div>")),
  "/blank-sign": blank(
    app(`<svg width="180" height="180" aria-label="Townsquare"><rect width="180" height="180"/></svg>`),
  ),
  "/blank-placeholder": blank(
    bare("en", "T", `<div id="placeholder"><svg width="300" height="300"><rect width="300" height="300"/></svg></div>`),
  ),
};

export const WALLS: Readonly<Record<string, Wall>> = {
  ...LOGIN,
  ...CAPTCHA,
  ...AGE,
  ...CONSENT,
  ...GONE,
  ...OTHERS,
  ...WRITTEN_LATER,
  ...SHAPES,
  ...PLATFORM_WALLS,
};
