import assert from "node:assert/strict";
import { test } from "node:test";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import fc from "fast-check";
import { isPlacardError } from "../lib/error.ts";
import { checkWords, exhibitId, parseExhibitId } from "./exhibit-id.ts";
import { keyWords } from "./key-words.ts";

const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("id and words are fixed by the leaf hash", () => {
  const hash = Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 1);
  assert.equal(exhibitId(hash), "PLC-0440-Y5GX-4GNK-4EA0");
  assert.deepEqual(exhibitId(new Uint8Array(32)), "PLC-0000-0000-0000-0000");
  assert.deepEqual(exhibitId(new Uint8Array(32).fill(255)), "PLC-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
  assert.deepEqual(checkWords(new Uint8Array(32)), Array(6).fill("abandon"));
  assert.deepEqual(checkWords(new Uint8Array(32).fill(255)), Array(6).fill("zoo"));
});

test("together they bind the first 146 bits of the hash and nothing else", () => {
  fc.assert(
    fc.property(leaf, fc.nat(255), (hash, bit) => {
      const other = new Uint8Array(hash);
      other[bit >> 3] = (other[bit >> 3] as number) ^ (0x80 >> (bit & 7));
      assert.equal(exhibitId(other) === exhibitId(hash), bit >= 80);
      assert.equal(checkWords(other).join() === checkWords(hash).join(), bit < 80 || bit >= 146);
    }),
  );
});

test("the words are the hash's bits, eleven at a time", () => {
  fc.assert(
    fc.property(leaf, (hash) => {
      const bits = [...hash].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      const expected = Array.from(
        { length: 6 },
        (_, i) => wordlist[Number.parseInt(bits.slice(80 + 11 * i, 91 + 11 * i), 2)],
      );
      assert.deepEqual(checkWords(hash), expected);
    }),
  );
});

test("an id is understood however a person types it", () => {
  fc.assert(
    fc.property(leaf, fc.constantFrom("1", "I", "l", "i"), fc.constantFrom("0", "o", "O"), (hash, one, zero) => {
      const id = exhibitId(hash);
      const digits = id.slice(4).replaceAll("1", one).replaceAll("0", zero);
      for (const typed of [
        id,
        id.toLowerCase(),
        `PLC-${digits}`,
        digits,
        digits.replaceAll("-", ""),
        ` plc ${digits.replaceAll("-", " ")}\n`,
      ]) {
        assert.equal(parseExhibitId(typed), id, typed);
      }
    }),
  );
});

test("an id whose digits begin like its prefix keeps them", () => {
  assert.equal(parseExhibitId("P1C00000000000AB"), "PLC-P1C0-0000-0000-00AB");
  assert.equal(parseExhibitId("PLC00000000000AB"), "PLC-P1C0-0000-0000-00AB");
});

test("what is no id is refused with what one looks like", () => {
  for (const typed of [
    "",
    "PLC-",
    "PLC-0440-Y5GX-4GNK-4EA",
    "PLC-0440-Y5GX-4GNK-4EARR",
    "PLC-U447-J5S4-5CPG-8E1R",
    "0".repeat(17),
    "x".repeat(1e6),
  ]) {
    assert.throws(
      () => parseExhibitId(typed),
      (error) => isPlacardError(error, "usage") && /PLC-/.test(error.next ?? "") && error.message.length < 200,
    );
  }
  fc.assert(
    fc.property(fc.string(), (typed) => {
      try {
        parseExhibitId(typed);
      } catch (error) {
        assert.ok(isPlacardError(error, "usage"));
      }
    }),
  );
});

test("a key's twelve words change with its name and with its key", () => {
  const words = keyWords("placard/hollow-lane/00+01234567+AQID");
  assert.equal(words.length, 12);
  assert.ok(words.every((word) => wordlist.includes(word)));
  assert.deepEqual(words, keyWords("placard/hollow-lane/00+01234567+AQID"));
  assert.notDeepEqual(words, keyWords("placard/hollow-lane/01+01234567+AQID"));
  assert.notDeepEqual(words, keyWords("placard/hollow-lane/00+01234567+AQIE"));
});
