/**
 * What a page is: something to seal, or something that stands in its place. It never guesses towards success: a wall,
 * a captcha, an error or a blank page is "not captured", with the reason. Nor does a sign-in box in the header refuse a
 * page that shows its post: what decides is what stands where a page has its content.
 */
import type { NotCaptured } from "./capture.ts";
import type { PageData } from "./page-data.ts";
import { readerOf } from "./visible.ts";

export interface ServedPage {
  readonly status: number;
  /** Media type of the answer, without parameters. */
  readonly mediaType: string;
  readonly finalUrl: string;
  readonly data: PageData;
  /** Texts of posts that the page's own metadata tells of. */
  readonly postTexts: readonly string[];
}

/** What says more than this beside its form, in code units, is no wall (or captcha). */
const WALL = { withPassword: 600, atSignInAddress: 1500, wordsOnly: 400, captcha: 400 };
/** Next to nothing: a page whose only content is in its margins. */
const NOTHING = 40;
/** What a wall says; believed only of a page whose content is little else. */
const WALL_WORDS =
  /\b(sign in|log ?in|sign up|create an account|register|join) to (see|view|continue|read|follow)|you (must|need to|have to) (be )?(logged in|log in|sign in|signed in|register)|(melde dich|melden sie sich) an|(connectez-vous|se connecter) pour|(inicia|iniciar) sesión para|accedi per|(faça|fazer) login para|log in om|zaloguj się|войдите, чтобы|התחברו? כדי|سجل الدخول ل|ログインして/iu;
const CAPTCHA_WORDS =
  /\b(verify(ing)?|checking|confirm|prove) (that |if )?you('| a)?re (a )?(human|not a robot)|i('| a)m not a robot|unusual traffic|checking your browser|bist du ein mensch|vérifi\w+ que vous (êtes|n'êtes)|לא רובוט/iu;
const SIGN_IN_PATH = /\/(log[-_]?in|sign[-_]?in|auth|sso)(\/|\.|$)/i;
/** As much of a post as a page must show for us to believe that it shows the post. */
const ENOUGH_OF_A_POST = 80;

/** Undefined where the page is something to seal. */
export function whyNotCaptured(served: ServedPage): NotCaptured | undefined {
  const { status, mediaType, data } = served;
  if (isError(status)) return whyRefused(served);
  if (!/^(text\/html|application\/xhtml\+xml|text\/plain)$/.test(mediaType)) {
    return notCaptured("not_a_page", `It is not a web page but ${mediaType === "" ? "something else" : mediaType}.`);
  }
  if (isCaptcha(served)) return CAPTCHA;
  if (isWall(served)) return LOGIN;
  if (isBlank(data)) return notCaptured("blank", "The page stayed blank.");
  return undefined;
}

/** Whether a reader would see nothing. */
export function isBlank({ text, largeMedia }: Pick<PageData, "text" | "largeMedia">): boolean {
  return text.trim().length === 0 && largeMedia === 0;
}

const CAPTCHA = notCaptured("captcha", "It asks to prove that a person is looking (a captcha).");
const LOGIN = notCaptured("login", "It asks for a sign-in.");

/** An error says more where it comes with a captcha or a sign-in: there is something one can do. */
function whyRefused(served: ServedPage): NotCaptured {
  if (isCaptcha(served)) return CAPTCHA;
  if ((served.status === 401 || served.status === 403) && isWall(served)) return LOGIN;
  return notCaptured("http_error", `The server answered ${served.status}${meaning(served.status)}.`);
}

function isError(status: number): boolean {
  return status >= 400 || status === 204 || status === 0;
}

function isCaptcha(served: ServedPage): boolean {
  const { captchaMarks, contentText } = served.data;
  if (showsPost(served) || contentText.length > WALL.captcha) return false;
  return captchaMarks.length > 0 || CAPTCHA_WORDS.test(contentText);
}

function isWall(served: ServedPage): boolean {
  const { signIn, contentText, largeMedia, text } = served.data;
  if (signIn.covers) return true;
  if (showsPost(served)) return false;
  const said = contentText.length;
  if (signIn.passwords > 0 && said < NOTHING) return true;
  if (signIn.passwords > signIn.passwordsInMargins && said < WALL.withPassword && largeMedia <= 1) return true;
  if (SIGN_IN_PATH.test(URL.parse(served.finalUrl)?.pathname ?? "") && said < WALL.atSignInAddress) {
    return signIn.passwords + signIn.names > 0 || WALL_WORDS.test(text.slice(0, WALL.atSignInAddress));
  }
  return said < WALL.wordsOnly && WALL_WORDS.test(`${contentText}\n${signIn.text}`);
}

/** The page tells of a post, and what it tells stands where a reader sees it. */
function showsPost({ data, postTexts }: ServedPage): boolean {
  const isVisible = readerOf(data.text);
  return postTexts.some((text) => text.length >= 8 && isVisible(text.slice(0, ENOUGH_OF_A_POST)));
}

function meaning(status: number): string {
  const known: Readonly<Record<number, string>> = {
    401: " (it asks for a sign-in)",
    403: " (it does not let us see this)",
    404: " (there is nothing at this address)",
    410: " (it was removed)",
    429: " (too many requests)",
    451: " (withheld for legal reasons)",
  };
  return known[status] ?? (status >= 500 ? " (the site itself failed)" : "");
}

export function notCaptured(cause: string, reason: string): NotCaptured {
  return { outcome: "not-captured", cause, reason };
}
