/** Walls in words that were written after the patterns were, ten of each kind in six languages; and what people say in words much like them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { blankPage } from "../../../test/blank-page.ts";
import { isLabel, type Statement, saysOf } from "./wall-statements.ts";
import { whyNotCaptured } from "./what-page.ts";

function cause(text: string): string | undefined {
  const url = "https://townsquare.example/p/1";
  const data = { ...blankPage, text, contentText: text };
  const served = { status: 200, mediaType: "text/html", url, finalUrl: url, postTexts: [], steps: [], data };
  return whyNotCaptured(served)?.cause;
}

const SENTENCES = readFileSync(join(import.meta.dirname, "../../../test/vectors/wall_sentences.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t") as [Statement | "refuse" | "accept", string]);

test("a wall is known by freely worded sentences, and its buttons by freely worded labels", () => {
  assert.ok(SENTENCES.length > 350);
  for (const [kind, words] of SENTENCES) {
    if (kind === "refuse" || kind === "accept") {
      assert.ok(isLabel(kind, words) && !isLabel(kind === "refuse" ? "accept" : "refuse", words), words);
    } else {
      assert.ok(saysOf(words).has(kind), words);
      assert.notEqual(cause(`Townsquare\n${words}`), undefined, words);
    }
  }
});

test("where a site says why a post is not shown, its author's name and a time beside it make it no post", () => {
  for (const [said, why] of [
    ["This post is only visible to members. Log in to view.", "login"],
    ["This post is age-restricted. Sign in to view it.", "age"],
    ["This post has been deleted by its author.", "gone"],
    ["Dieser Beitrag wurde gelöscht.", "gone"],
    ["Cette publication n'est plus disponible.", "gone"],
    ["הפוסט כבר אינו זמין", "gone"],
    ["المنشور لم يعد متاحًا", "gone"],
  ] as const)
    assert.equal(cause(`Old Fence Post\n@oldfencepost · 3h\n${said}`), why, said);
});

test("what people say in such words is sealed", () => {
  for (const said of [
    "Nope.\nLog in or sign up to join the conversation",
    "Log in to see who is laughing, they wrote under it. So I did not.",
    "שלום\nהתחברו כדי להגיב",
    "Access denied",
    "Join us to see the lanterns on Friday!",
    "Les serveurs sont surchargés au café du coin.",
    "Du brauchst ein Konto bei der Sparkasse, sagt sie, und lacht.",
    "Our servers are overloaded with orders for plum cake tonight.",
    "השרתים עמוסים, אמר המלצר, והביא לנו מים בעצמו.",
    "Il faut être abonné pour voir ces messages, m'a dit le facteur.",
    "This post has been deleted by its author.\nOld Fence Post\n@oldfencepost · 2h\nHa!",
  ])
    assert.equal(cause(`Marrow\n@marrow · 3h\n${said}`), undefined, said);
});
