/**
 * What a page is: something to seal, or something that stands in its place. It never guesses towards success: a wall,
 * a captcha, an error or a blank page is "not captured", with the reason. Nor does a sign-in box in the header refuse a
 * page that shows its post: what decides is what stands where a page has its content.
 */
import { type Told, textOf, toldBeside } from "../../lib/told.ts";
import type { NotCaptured, Step } from "../capture.ts";
import type { FrameOver } from "../page/frame-data.ts";
import type { PageData } from "../page/page-data.ts";
import { readerOf } from "../page/visible.ts";
import { say } from "../said.ts";
import { asksForTracking } from "./consent-buttons.ts";
import {
  isLabel,
  isLoading,
  namesPost,
  namesProvider,
  type Statement,
  saysOf,
  speaksOfTracking,
} from "./wall-statements.ts";

export interface ServedPage {
  readonly status: number;
  /** The answer's `Retry-After`, as it was sent. */
  readonly retryAfter?: string;
  /** Media type of the answer, without parameters. */
  readonly mediaType: string;
  /** What was asked for. */
  readonly url: string;
  readonly finalUrl: string;
  readonly data: PageData;
  /** Texts of posts that the page's own metadata tells of. */
  readonly postTexts: readonly string[];
  /** What was pressed before the page was read. */
  readonly steps: readonly Step[];
}

/** What says more than this beside its form or its words, in code units, is no wall (or captcha). */
const WALL = {
  withPassword: 600,
  atSignInAddress: 1500,
  wordsOnly: 400,
  captcha: 400,
  underHeading: 1500,
  cover: 1500,
  besideConsent: 200,
};
/** Next to nothing: a page whose only content is in its margins. */
const NOTHING = 40;
/** What is longer is no name of a site. */
const LONGEST_NAME = 30;
/** As much as bars of links say. */
const BARS = 120;
const SIGN_IN_PATH = /\/(log[-_]?in|sign[-_]?(in|up)|auth|auth[-_]?wall|sso)(\/|\.|$)/i;
const CONSENT_FRAME = /sp_message|consent|\bcmp\b|cookie|privacy-?(?:mgmt|center|manager)|gdpr/i;
const CAPTCHA_FRAME = /captcha|turnstile|challenge|arkose|geetest|datadome/i;
/** Lines in which a frame that asks for consent says what for. */
const FIRST_LINES = 4;
/** As much of a post as a page must show for us to believe that it shows the post. */
const ENOUGH_OF_A_POST = 80;
/** A line with a date or an age in it, as stands beside a post. */
const DATED =
  /\b20\d\d[-./]\d\d?[-./]\d\d?\b|\b\d\d?[-./]\d\d?[-./](?:20)?\d\d\b|\b\d{1,2}\.? (?:de |di )?\p{L}{3,12}\.?,? (?:de |del )?20\d\d\b|\p{L}{3,12}\.? \d{1,2},? 20\d\d\b|20\d\d年|(?:^|[^\d.,])\d{1,2}[:.]\d\d(?: ?[ap]m)?(?:$|[^\d%])|\b\d+ ?(?:min|hrs?|hours?|days?|weeks?|months?|years?|minutes?|h|d|w|m|y)(?: ago)?(?:$| ?·)|\bvor \d+ |il y a \d+|hace \d+|\d+ (?:ore|giorni|minuti) fa|há \d+|\d+ (?:uur|dagen|minuten) geleden|\d+ \p{L}+ temu|\d+ \p{L}+ (?:назад|тому)|\d+ \p{L}+ önce|לפני \S+|منذ \S+|\d+(?:時間|分|日)前|\d+ ?(?:小时|小時|分钟|分鐘|天)前/iu;
const HANDLE = /(?:^|\s)@[\p{L}\p{N}_.-]{3,}/u;
const LONGEST_DATED = 160;
/** Shorter than this are names; and what explains why a post is not shown is longer than what a short post says. */
const SPOKEN = 15;
const EXPLAINED = 18;
/** In this order where a page says several. */
const CAUSES = ["captcha", "age", "login", "gone", "failed"] as const;

/** Answers of which it is known what they mean. */
const MEANINGS = [
  "answered_401",
  "answered_403",
  "answered_404",
  "answered_410",
  "answered_429",
  "answered_451",
] as const;

/** Undefined where the page is something to seal. */
export function whyNotCaptured(served: ServedPage): NotCaptured | undefined {
  const { status, mediaType, data } = served;
  if (isError(status)) return whyRefused(served);
  if (!/^(text\/html|application\/xhtml\+xml|text\/plain)$/.test(mediaType)) {
    return notCaptured("not_a_page", say("not_a_page", { kind: mediaType === "" ? "something else" : mediaType }));
  }
  const wall = wallOf(served);
  if (wall !== undefined) return wall;
  // A post of a few words may be all there is to read, and its page's title as well.
  if (!isBlank(data) || showsPost(served, data.text)) return undefined;
  if (!data.complete) return notCaptured("timeout", say("not_loaded_in_time"));
  return notCaptured("blank", say("stayed_blank"));
}

/** Whether a reader would see nothing of a page's own: nothing at all, margins alone, or word that more is to come. */
export function isBlank(data: PageData): boolean {
  const { title, contentText, signIn, largeMedia, cover, buttons } = data;
  if (largeMedia > 0 || signIn.text.trim() !== "" || signIn.passwords > 0 || cover !== undefined) return false;
  const known = [title.length <= LONGEST_NAME ? title.trim() : "", ...buttons.map(({ label }) => label)];
  const lines = linesOf(contentText);
  return lines.every((line) => isLoading(line) || known.includes(line)) || isBars(data, lines);
}

/** A few links, and no word, date or name besides. */
function isBars({ onlyLinks, contentText, timeAt }: PageData, lines: readonly string[]): boolean {
  const isSaid = (line: string): boolean => isDated(line) || /[@#]\p{L}|https?:/u.test(line);
  return onlyLinks && contentText.length < BARS && timeAt < 0 && !lines.some(isSaid);
}

const WHY: Readonly<Record<Statement, NotCaptured>> = {
  captcha: notCaptured("captcha", say("asks_person")),
  login: notCaptured("login", say("asks_sign_in")),
  age: notCaptured("age", say("asks_age")),
  gone: notCaptured("gone", say("says_gone")),
  failed: notCaptured("site_error", say("site_error")),
};

const TO_FRONT = notCaptured("gone", say("to_front_page"));

/** An error says more where it comes with a captcha or a sign-in: there is something one can do. */
function whyRefused(served: ServedPage): NotCaptured {
  const wall = wallOf(served);
  if (wall?.cause === "captcha" || (wall?.cause === "login" && [401, 403].includes(served.status))) return wall;
  const { status, retryAfter } = served;
  const answer = { status, ...(retryAfter === undefined ? {} : { retryAfter }) };
  return { ...notCaptured("http_error", answered(status)), ...answer };
}

function isError(status: number): boolean {
  return status >= 400 || status === 204 || status === 0;
}

function wallOf(served: ServedPage): NotCaptured | undefined {
  if (isAtSettings(served)) return noConsent(served);
  const over = coverOf(served);
  if (over !== undefined) return over;
  if (showsPost(served, served.data.text) && !ledToFront(served)) return undefined;
  if (isCaptcha(served.data)) return WHY.captcha;
  const said = whatContentSays(served.data);
  if (isSignIn(served)) return said === "age" ? WHY.age : WHY.login;
  if (asksConsent(served.data) || asksInFrame(served)) return noConsent(served);
  const framed = said ?? saidInFrame(served);
  if (framed !== undefined) return WHY[framed];
  return ledToFront(served) ? TO_FRONT : undefined;
}

/** What lies over the page stands in its place, unless the post is in it. */
function coverOf(served: ServedPage): NotCaptured | undefined {
  const { cover, signIn, buttons } = served.data;
  if (signIn.covers) return WHY.login;
  if (cover === undefined || showsPost(served, cover.text)) return undefined;
  if (CAPTCHA_FRAME.test(cover.frames)) return WHY.captcha;
  const accepts = buttons.some(
    ({ place, label, besides }) => place === "cover" && besides >= 0 && isLabel("accept", label),
  );
  if ((accepts && speaksOfTracking(cover.text)) || CONSENT_FRAME.test(cover.frames)) return noConsent(served);
  if (asksInFrame(served)) return noConsent(served);
  const lines = linesOf(cover.text);
  const { said, besides } = readLines(lines);
  const first = CAUSES.find((cause) => said.has(cause)) ?? saidInFrame(served);
  if (first !== undefined && besides < WALL.cover) return WHY[first];
  return lines.slice(0, 2).some(speaksOfTracking) || lines.filter(speaksOfTracking).length > 1
    ? noConsent(served)
    : undefined;
}

function noConsent({ steps }: ServedPage): NotCaptured {
  const tried = steps.some(({ did }) => did === "refused-consent");
  return notCaptured("consent", tried ? say("consent_refused") : say("consent_no_refusal"));
}

/** Settings for consent were opened, and no refusal was found there: what stands there now is not what was asked for. */
function isAtSettings({ steps }: ServedPage): boolean {
  const last = steps.findLast(({ did }) => did === "opened-settings" || did === "refused-consent");
  return last?.did === "opened-settings";
}

/** A page that is nothing but a question for consent: it has a button to accept, and hardly anything besides. */
export function asksConsent(data: PageData): boolean {
  if (looksLikePost(data)) return false;
  return data.buttons.some((button) => button.besides < WALL.besideConsent && asksForTracking(button, data.buttons));
}

/** What lies over the page asks for consent, offers to accept, and is no post that speaks of such things. */
export function coverAsksConsent({ cover, buttons }: PageData): boolean {
  if (cover === undefined || !speaksOfTracking(cover.text)) return false;
  const accepts = buttons.some((button) => button.place === "cover" && asksForTracking(button, buttons));
  return accepts && !looksLikePost({ contentText: cover.text, timeAt: -1 });
}

function asksInFrame(served: ServedPage): boolean {
  return (served.data.frames ?? []).some((frame) => frameAsksConsent(frame) && !showsPost(served, frame.text));
}

/** What stands in a frame over the page in the post's place, and says little else. */
function saidInFrame(served: ServedPage): Statement | undefined {
  for (const { text, isTimed } of served.data.frames ?? []) {
    if (showsPost(served, text) || looksLikePost({ contentText: text, timeAt: isTimed ? 0 : -1 })) continue;
    const { said, besides } = readLines(linesOf(text));
    const first = CAUSES.find((cause) => said.has(cause));
    if (first !== undefined && besides < WALL.wordsOnly) return first;
  }
  return undefined;
}

/** A frame over the page that asks for consent and shows nothing else: it says so at once, or hardly says more. */
export function frameAsksConsent({ text, isTimed, asksForWords, buttons }: FrameOver): boolean {
  const first = linesOf(text).slice(0, FIRST_LINES);
  if (asksForWords || !speaksOfTracking(text) || looksLikePost({ contentText: text, timeAt: isTimed ? 0 : -1 }))
    return false;
  return buttons.some(
    (button) =>
      asksForTracking(button, buttons) && (first.some(speaksOfTracking) || button.besides < WALL.besideConsent),
  );
}

function isCaptcha(data: PageData): boolean {
  return data.captchaMarks.length > 0 && data.contentText.length <= WALL.captcha && !looksLikePost(data);
}

function isSignIn({ data, url, finalUrl }: ServedPage): boolean {
  const { signIn, contentText, largeMedia, buttons } = data;
  const said = contentText.length;
  if (signIn.passwords > 0 && said < NOTHING) return true;
  if (signIn.passwords > signIn.passwordsInMargins && said < WALL.withPassword && largeMedia <= 1) return true;
  const providers = buttons.filter(({ label }) => namesProvider(label)).length;
  if (providers > 1 && said < WALL.withPassword && !looksLikePost(data)) return true;
  if (!isSignInAddress(finalUrl) || said >= WALL.atSignInAddress) return false;
  // A site that leads there from elsewhere means to be signed in to, whatever its words.
  if (!isSignInAddress(url)) return true;
  return signIn.passwords + signIn.names > 0 || readLines(linesOf(data.text)).said.has("login");
}

function isSignInAddress(url: string): boolean {
  return SIGN_IN_PATH.test(URL.parse(url)?.pathname ?? "");
}

/** From the address of one thing to the site's front page: what was asked for is not there. */
function ledToFront({ url, finalUrl }: ServedPage): boolean {
  const [from, to] = [URL.parse(url), URL.parse(finalUrl)];
  if (from === null || to === null || to.pathname !== "/" || from.hash.length > 1 || to.hash.length > 1) return false;
  const isOneSite = siteOf(from) === siteOf(to);
  const asked = from.pathname.split("/").filter((part) => part !== "");
  return isOneSite && (asked.length > 1 || /\d{3}/.test(asked.join("")));
}

function siteOf({ hostname }: URL): string {
  return hostname.replace(/^(?:www|m|mobile)\./, "");
}

/**
 * What a page says in the place of its content: in the heading over everything else, or where it says little else and
 * shows no sign of a post. Words within a post, or beside it, say nothing of the page.
 */
function whatContentSays(data: PageData): Statement | undefined {
  const lines = [...linesOf(data.contentText), ...linesOf(data.signIn.text)];
  const { said, besides } = readLines(lines);
  const heading = data.headings.find((line) => line !== "");
  const under =
    heading === undefined ||
    besides > (isHeadline(heading) ? WALL.wordsOnly : WALL.underHeading) ||
    isDatedBefore(data, lines, heading)
      ? undefined
      : saysOf(heading);
  // "Access denied" may head a story; what fails altogether shows no post below.
  const first = CAUSES.find((cause) => under?.has(cause) && !(cause === "failed" && looksLikePost(data)));
  if (first !== undefined) return first;
  if (looksLikePost(data) || besides >= WALL.wordsOnly) return undefined;
  const inTitle = lines.length > 0 && besides < WALL.wordsOnly / 4 ? saysOf(data.title) : new Set<Statement>();
  return CAUSES.find((cause) => said.has(cause)) ?? CAUSES.find((cause) => inTitle.has(cause));
}

/** "Log in to continue: how walls took over the web" heads a story, where there is one. */
function isHeadline(heading: string): boolean {
  const behind = /[:：]\s*(.{15,})$/u.exec(heading)?.[1];
  return behind !== undefined && saysOf(behind).size === 0;
}

function isDatedBefore({ timeAt }: PageData, lines: readonly string[], heading: string): boolean {
  const at = lines.indexOf(heading.trim());
  const dated = [timeAt, lines.findIndex(isDated)].filter((line) => line >= 0);
  return dated.some((line) => line < at);
}

/** A time, and something that is said at it; or the handle of who says it, unless in the place of what they said the site says why it is not there. */
function looksLikePost({ contentText, timeAt }: Pick<PageData, "contentText" | "timeAt">): boolean {
  const lines = linesOf(contentText);
  if (timeAt < 0 && !lines.some(isDated)) return false;
  const spoken = lines.filter((line) => !isDated(line) && saysOf(line).size === 0);
  if (spoken.some((line) => line.length >= SPOKEN)) return true;
  const isWithheld = lines.some((line) => line.length >= EXPLAINED && saysOf(line).size > 0 && namesPost(line));
  // Beside it a name, and no word of theirs.
  const besides = spoken.filter((line) => !HANDLE.test(line));
  const handles = lines.filter((line) => HANDLE.test(line)).length;
  return handles > 1 || (handles > 0 && !(isWithheld && besides.length <= 1));
}

function isDated(line: string): boolean {
  return line.length <= LONGEST_DATED && DATED.test(line) && saysOf(line).size === 0;
}

/** What the lines say, and how many code units the others have. */
function readLines(lines: readonly string[]): { readonly said: ReadonlySet<Statement>; readonly besides: number } {
  const read = lines.map((line) => ({ line, says: saysOf(line) }));
  return {
    said: new Set(read.flatMap(({ says }) => [...says])),
    besides: read.filter(({ says }) => says.size === 0).reduce((sum, { line }) => sum + line.length, 0),
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, 3000)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The page tells of a post, and what it tells stands in the text. */
function showsPost({ postTexts }: ServedPage, where: string): boolean {
  const isVisible = readerOf(where);
  return postTexts.some((text) => text.length >= 8 && isVisible(text.slice(0, ENOUGH_OF_A_POST)));
}

function answered(status: number): Told {
  const meaning = MEANINGS.find((code) => code === `answered_${status}`);
  return meaning === undefined ? say(status >= 500 ? "answered_5xx" : "answered", { status }) : say(meaning);
}

export function notCaptured(cause: string, said: string | Told): NotCaptured {
  return { outcome: "not-captured", cause, reason: textOf(said), ...toldBeside(said) };
}
