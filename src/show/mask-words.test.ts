import assert from "node:assert/strict";
import { test } from "node:test";
import lists from "naughty-words";
import { maskWords } from "./mask-words.ts";

const NONE = { masked: [], unmasked: [] };
/** From the list itself, so that none stands here. */
const ONE = lists.en.find((word) => /^[a-z]{5,7}$/.test(word)) as string;
const masked = `${ONE[0]}···`;

test("a word of the list is masked to its first letter, however it is written", () => {
  assert.deepEqual(maskWords(`You ${ONE}, he said.`, NONE), { text: `You ${masked}, he said.`, words: [ONE] });
  assert.equal(maskWords(ONE.toUpperCase(), NONE).text, masked.toUpperCase());
  const accented = `${ONE[0]}\u0301${ONE.slice(1)}`;
  assert.equal(maskWords(`(${accented})`, NONE).words.length, 1);
});

test("a word that only holds one is left alone", () => {
  assert.equal(maskWords(`x${ONE}x and x${ONE}`, NONE).text, `x${ONE}x and x${ONE}`);
});

test("a phrase of the list is masked whole", () => {
  const phrase = lists.en.find((word) => /^[a-z]+ [a-z]+$/.test(word)) as string;
  assert.equal(maskWords(`Oh ${phrase}!`, NONE).text, `Oh ${phrase[0]}···!`);
});

test("the group's own words are masked, in any script, and those it shows on purpose are not", () => {
  const own = { masked: ["hollow", "סבא"], unmasked: [{ word: ONE }] };
  assert.equal(maskWords(`Hollow סבא ${ONE}`, own).text, `H··· ס··· ${ONE}`);
});

test("words of every day are left as they are, also where another language has one like them on its list", () => {
  for (const text of [
    "The con man had a pin in his cap.",
    "Der dicke Kater",
    "Guten Morgen, alle zusammen",
    "Le chat dort",
  ])
    assert.deepEqual(maskWords(text, NONE), { text, words: [] });
});
