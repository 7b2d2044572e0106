import assert from "node:assert/strict";
import { test } from "node:test";
import { blankPage } from "../../../test/blank-page.ts";
import type { PageData } from "../page/page-data.ts";
import { type ServedPage, whyNotCaptured } from "./what-page.ts";

const post = "The Hollow Lane lot should pack up and leave before we make them.";
const one = { ...blankPage.signIn, passwords: 1 };

/** Text is content unless told otherwise. */
function cause(data: Partial<PageData>, more: Partial<ServedPage> = {}): string | undefined {
  return whyNotCaptured({
    status: 200,
    mediaType: "text/html",
    url: "https://townsquare.example/p/1",
    finalUrl: "https://townsquare.example/p/1",
    postTexts: [],
    steps: [],
    ...more,
    data: { ...blankPage, contentText: data.text ?? "", ...data },
  })?.cause;
}

test("a post is a post", () => {
  assert.equal(cause({ text: `Townsquare\n${post}\nReply` }), undefined);
  assert.equal(cause({ text: "x" }), undefined);
  assert.equal(cause({ largeMedia: 1 }), undefined, "a picture without words");
});

test("a sign-in box in the header refuses no page that says something", () => {
  const inHeader = { ...one, passwordsInMargins: 1 };
  assert.equal(cause({ text: `Sign in\n${post}`, contentText: post, signIn: inHeader }), undefined);
  assert.equal(cause({ text: `Log in to follow this\n${post}`, contentText: post }), undefined, "words in a footer");
});

test("a page that shows its post is not refused for a sign-in or a captcha beside it", () => {
  const shown = { postTexts: [post] };
  assert.equal(cause({ text: `Sign in\n${post}`, signIn: one }, shown), undefined);
  assert.equal(cause({ text: `${post}\nLog in to view replies` }, shown), undefined);
  assert.equal(cause({ text: post, captchaMarks: ["g-recaptcha"] }, shown), undefined);
  assert.equal(cause({ text: "An ordinary page with much to say. ".repeat(30), signIn: one }), undefined);
  const newsletter = { ...blankPage.signIn, names: 1, text: "Our letter, once a month" };
  assert.equal(cause({ text: post, signIn: newsletter }), undefined);
});

test("a sign-in that lies over the page is a wall, whatever is behind it", () => {
  const data = { text: post, signIn: { ...one, covers: true } };
  assert.equal(cause(data, { postTexts: [post] }), "login");
});

test("walls by their structure", () => {
  assert.equal(cause({ text: "Townsquare\nE-mail\nPassword", signIn: one }), "login");
  assert.equal(cause({ text: "名前\nパスワード", signIn: one }), "login", "no word of it need be known");
  const asksName = { ...blankPage.signIn, names: 1, text: "E-mail\nNext" };
  const finalUrl = "https://townsquare.example/login?next=%2Fp%2F1";
  assert.equal(
    cause({ text: "Welcome back", signIn: asksName }, { finalUrl }),
    "login",
    "the name first, then the rest",
  );
  assert.equal(cause({ text: `${post} More of it at the /login` }), undefined);
});

test("walls by their words, in several languages", () => {
  for (const text of [
    "Log in to see this post",
    "You must be logged in to view this page.",
    "Melde dich an, um diesen Beitrag zu sehen.",
    "Connectez-vous pour voir cette publication",
    "Inicia sesión para continuar",
    "התחבר כדי להמשיך",
    "سجل الدخول لمشاهدة المنشور",
  ]) {
    assert.equal(cause({ text }), "login", text);
  }
});

test("a post that metadata tells of but nobody sees does not open a wall", () => {
  assert.equal(cause({ text: "Sign in\nPassword", signIn: one }, { postTexts: [post] }), "login");
});

test("captchas in several wordings", () => {
  assert.equal(cause({ text: "One moment", captchaMarks: ["https://challenges.cloudflare.com/x"] }), "captcha");
  for (const text of [
    "Please verify you are human",
    "Verifying you are human. This may take a few seconds.",
    "Checking if you're a human",
    "Our systems have detected unusual traffic",
    "Bist du ein Mensch?",
    "אני לא רובוט",
  ]) {
    assert.equal(cause({ text }), "captcha", text);
  }
});

test("errors, and what stands behind them where one can do something about it", () => {
  assert.equal(cause({ text: "Nothing here" }, { status: 404 }), "http_error");
  assert.equal(cause({ text: post }, { status: 503, postTexts: [] }), "http_error");
  assert.equal(cause({ text: "Verify you are human" }, { status: 403 }), "captcha");
  assert.equal(cause({ text: "E-mail\nPassword", signIn: one }, { status: 403 }), "login");
  assert.equal(cause({ text: "E-mail\nPassword", signIn: one }, { status: 500 }), "http_error");
});

test("a page that says its title and no more is blank, unless that is its post", () => {
  const title = "The lot must go";
  assert.equal(cause({ text: title, title }), "blank");
  assert.equal(cause({ text: title, title }, { postTexts: [title] }), undefined);
  assert.equal(cause({ text: "Loading…", title }, { postTexts: [title] }), "blank", "it is not there to read");
});

test("blanks, and what is no page", () => {
  assert.equal(cause({ text: " \n " }), "blank");
  assert.equal(cause({ text: "x" }, { mediaType: "application/pdf" }), "not_a_page");
  assert.equal(cause({ text: "x" }, { mediaType: "text/plain" }), undefined);
});

test("led elsewhere on the same site: to its front page, and to where one signs in", () => {
  const url = "https://www.townsquare.example/marrow/p/4711";
  const text = "Today\nThe market opens at eight.\nAll that is new on Hollow Lane";
  const led = (to: string, more: Partial<ServedPage> = {}) => cause({ text }, { url, finalUrl: to, ...more });
  assert.equal(led("https://townsquare.example/?from=p"), "gone");
  assert.equal(led("https://townsquare.example/", { postTexts: ["The market opens at eight."] }), "gone");
  assert.equal(led("https://townsquare.example/authwall?next=p"), "login");
  assert.equal(led("https://townsquare.example/i/flow/signup"), "login");
  assert.equal(led("https://townsquare.example/p/4711"), undefined);
  assert.equal(led("https://other.example/"), undefined, "a short link to another site's front page");
  assert.equal(led("https://townsquare.example/", { url: "https://townsquare.example/home" }), undefined);
  assert.equal(led("https://townsquare.example/#/p/4711"), undefined);
  const asked = { url: "https://townsquare.example/auth/story", finalUrl: "https://townsquare.example/auth/story" };
  assert.equal(cause({ text }, asked), undefined, "it was asked for");
});
