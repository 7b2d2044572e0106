/**
 * What a page is: something to seal, or something that stands in its place. It never guesses towards success: a wall,
 * a captcha, an error or a blank page is "not captured", with the reason. Nor does one password field refuse a page
 * that shows its post.
 */
import type { NotCaptured } from "./capture.ts";
import type { PageData } from "./page-data.ts";

export interface ServedPage {
  readonly status: number;
  /** Media type of the answer, without parameters. */
  readonly mediaType: string;
  readonly data: PageData;
  /** Texts of posts that the page's own metadata tells of. */
  readonly postTexts: readonly string[];
}

/** Longer texts than these are more than a wall or a captcha has to say, in code units. */
const WALL_TEXT = 1500;
const CAPTCHA_TEXT = 1200;
/** What a wall says where no password field stands on it: only believed of a page that says little else. */
const WALL_WORDS =
  /\b(sign in|log ?in|sign up|create an account|join) to (see|view|continue|read|follow)|you (must|need to|have to) (be )?(logged in|log in|sign in|signed in)|(melde dich|melden sie sich) an|(connectez-vous|se connecter) pour|(inicia|iniciar) sesión para|accedi per|(faça|fazer) login para|log in om|zaloguj się|войдите, чтобы|התחברו? כדי|سجل الدخول ل|ログインして/iu;
const CAPTCHA_WORDS =
  /\b(verify|checking|confirm|prove) (that )?you('| a)?re (a )?(human|not a robot)|i('| a)m not a robot|unusual traffic|checking your browser|bist du ein mensch|vérifi\w+ que vous (êtes|n'êtes)|לא רובוט/iu;
const SHORT_WALL_TEXT = 700;

/** Undefined where the page is something to seal. */
export function whyNotCaptured(served: ServedPage): NotCaptured | undefined {
  const { status, mediaType, data } = served;
  if (status >= 400 || status === 204 || status === 0)
    return notCaptured("http_error", `The server answered ${status}${meaning(status)}.`);
  if (!/^(text\/html|application\/xhtml\+xml|text\/plain)$/.test(mediaType)) {
    return notCaptured("not_a_page", `It is not a web page but ${mediaType === "" ? "something else" : mediaType}.`);
  }
  if (isCaptcha(served)) return notCaptured("captcha", "It asks to prove that a person is looking (a captcha).");
  if (isWall(served)) return notCaptured("login", "It asks for a sign-in.");
  if (data.text.trim().length === 0 && data.largeMedia === 0) return notCaptured("blank", "The page stayed blank.");
  return undefined;
}

function isCaptcha(served: ServedPage): boolean {
  const { data } = served;
  if (showsPost(served) || data.text.trim().length > CAPTCHA_TEXT) return false;
  return data.captchaMarks.length > 0 || CAPTCHA_WORDS.test(data.text);
}

function isWall(served: ServedPage): boolean {
  const { data } = served;
  if (showsPost(served)) return false;
  const length = data.text.trim().length;
  if (data.passwordFields > 0) return length < WALL_TEXT && data.largeMedia <= 1;
  return length < SHORT_WALL_TEXT && WALL_WORDS.test(data.text);
}

/** The page tells of a post, and what it tells stands where a reader sees it. */
function showsPost({ data, postTexts }: ServedPage): boolean {
  const visible = squeeze(data.text);
  return postTexts.some((text) => {
    const start = squeeze(text).slice(0, 80);
    return start.length >= 8 && visible.includes(start);
  });
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
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
