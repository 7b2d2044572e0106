import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageData } from "./page-data.ts";
import { whyNotCaptured } from "./what-page.ts";

const blank: PageData = {
  title: "",
  language: "",
  text: "",
  textCut: false,
  canonical: "",
  metas: [],
  jsonLd: [],
  activities: [],
  entries: [],
  passwordFields: 0,
  captchaMarks: [],
  largeMedia: 0,
};
const post = "The Hollow Lane lot should pack up and leave before we make them.";
const page = (
  data: Partial<PageData>,
  more: { status?: number; mediaType?: string; postTexts?: string[] } = {},
): string | undefined =>
  whyNotCaptured({ status: 200, mediaType: "text/html", postTexts: [], ...more, data: { ...blank, ...data } })?.cause;

test("a post is a post", () => {
  assert.equal(page({ text: `Townsquare\n${post}\nReply` }), undefined);
  assert.equal(page({ text: "x" }), undefined);
  assert.equal(page({ largeMedia: 1 }), undefined, "a picture without words");
});

test("a page that shows its post is not refused for a sign-in box or a captcha for commenting", () => {
  assert.equal(page({ text: `Sign in\n${post}`, passwordFields: 1 }, { postTexts: [post] }), undefined);
  assert.equal(
    page({ text: `${post}\nLog in to view replies`, captchaMarks: ["g-recaptcha"] }, { postTexts: [post] }),
    undefined,
  );
  assert.equal(
    page({ text: `Sign in\n${"An ordinary page with much to say. ".repeat(60)}`, passwordFields: 1 }),
    undefined,
  );
});

test("walls, in several wordings and languages", () => {
  assert.equal(page({ text: "Sign in to Townsquare\nE-mail\nPassword", passwordFields: 1 }), "login");
  for (const text of [
    "Log in to see this post",
    "You must be logged in to view this page.",
    "Melde dich an, um diesen Beitrag zu sehen.",
    "Connectez-vous pour voir cette publication",
    "Inicia sesión para continuar",
    "התחבר כדי להמשיך",
    "سجل الدخول لمشاهدة المنشور",
  ]) {
    assert.equal(page({ text }), "login", text);
  }
});

test("a post that metadata tells of but nobody sees does not open a wall", () => {
  assert.equal(page({ text: "Sign in\nPassword", passwordFields: 1 }, { postTexts: [post] }), "login");
});

test("captchas, errors, blanks, and what is no page", () => {
  assert.equal(page({ text: "One moment", captchaMarks: ["https://challenges.cloudflare.com/x"] }), "captcha");
  assert.equal(page({ text: "Please verify you are human" }), "captcha");
  assert.equal(page({ text: "Nothing here" }, { status: 404 }), "http_error");
  assert.equal(page({ text: post }, { status: 503, postTexts: [post] }), "http_error");
  assert.equal(page({ text: " \n " }), "blank");
  assert.equal(page({ text: "x" }, { mediaType: "application/pdf" }), "not_a_page");
});
