import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { spoiled } from "../../../test/spoiled.ts";
import { utf8 } from "../../lib/bytes.ts";
import { openSearch, type Search } from "./search.ts";
import { MARKER, type Secret } from "./secret.ts";

const credential = (value: string): Secret => ({ kind: "credential", value });
const name = (value: string): Secret => ({ kind: "name", value });

function removed(text: string, ...secrets: readonly Secret[]): string {
  return openSearch(secrets).removeFromText(text, () => undefined);
}

async function inChunks(search: Search, bytes: Uint8Array, sizes: readonly number[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % Math.max(1, sizes.length)] ?? 1);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  const out: Uint8Array[] = [];
  for await (const piece of search.removeFrom(spoiled(chunks), () => undefined)) out.push(new Uint8Array(piece));
  return Buffer.concat(out);
}

describe("one value in all its forms", () => {
  const value = "Ab/c+d=é&\"<9>'~ z";
  const base64 = (before: string): string => Buffer.from(`${before}${value} and more`).toString("base64");
  const forms: Readonly<Record<string, string>> = {
    plain: value,
    percent: encodeURIComponent(value),
    "percent, lower case": encodeURIComponent(value).toLowerCase(),
    "percent twice": encodeURIComponent(encodeURIComponent(value)),
    form: new URLSearchParams({ v: value }).toString().slice(2),
    query: new URL(`http://a/?${value}`).search.slice(1),
    json: JSON.stringify(value).slice(1, -1),
    "json, slashes": JSON.stringify(value).slice(1, -1).replaceAll("/", "\\/"),
    "json in json": JSON.stringify(JSON.stringify(value)).slice(3, -3),
    "json, ASCII": JSON.stringify(value)
      .slice(1, -1)
      .replace(/[<>&'\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
    html: value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    hex: Buffer.from(value).toString("hex"),
    HEX: Buffer.from(value).toString("hex").toUpperCase(),
    base64: base64(""),
    "base64, shifted by one": base64("a"),
    "base64, shifted by two": base64("ab"),
    base64url: base64("ab").replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
  };
  for (const [form, text] of Object.entries(forms)) {
    test(form, () => {
      const left = removed(`before ${text} after`, credential(value));
      assert.ok(left.includes(MARKER), left);
      assert.ok(left.startsWith("before "), left);
      assert.ok(!left.includes(text));
    });
  }
  test("UTF-16 and Latin-1", () => {
    for (const encoding of ["utf16le", "latin1"] as const) {
      const bytes = Buffer.concat([Buffer.from("x"), Buffer.from(value, encoding), Buffer.from("y")]);
      const left = openSearch([credential(value)]).removeFromBytes(bytes, () => undefined);
      assert.equal(Buffer.from(left).toString(), `x${MARKER}y`);
    }
  });
});

describe("names", () => {
  test("in either case, in addresses, across lines", () => {
    for (const text of [
      "jo KEEPER",
      "jo-keeper",
      "Jo_Keeper",
      "jo.keeper",
      "JoKeeper",
      "Jo\n      Keeper",
      "Jo%20Keeper",
      "Jo+Keeper",
      "Jo&nbsp;Keeper",
      "Jo\u00a0Keeper",
    ]) {
      assert.equal(removed(`/u/${text}/x`, name("Jo Keeper")), `/u/${MARKER}/x`, text);
    }
    assert.equal(removed("JÖRG LÄMMCHEN", name("Jörg Lämmchen")), MARKER);
  });
  test("a short one stands alone only; a longer one is found anywhere", () => {
    assert.equal(
      removed("Anna, Joanna, %20Anna, \\nanna.", name("Anna")),
      `${MARKER}, Joanna, %20${MARKER}, \\n${MARKER}.`,
    );
    assert.equal(removed("the lanterns9", name("lantern")), `the ${MARKER}s9`);
  });
  test("what is no letter of its script ends a short one's word", () => {
    const beside = [
      ..."’‘“”„«»…–—-_/@#·•›©²①ʼ♥🙂",
      ..."\u00a0\u202f\u2009\u3000\u200b\u200c\u200d\u00ad\ufeff\u2028",
      ..."\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e",
      ..."我さンー々은กລကשеα",
      "❤\ufe0f",
      "1\ufe0f\u20e3",
    ];
    for (const sign of beside) {
      assert.equal(removed(`${sign}Anna${sign}`, name("Anna")), `${sign}${MARKER}${sign}`, sign);
    }
    assert.equal(removed("Anna’s, Anna\u00a0K", name("anna")), `${MARKER}’s, ${MARKER}\u00a0K`);
    for (const escape of [
      "%20",
      "%2520",
      "%25252f",
      "%E2%80%9C",
      "\\u201c",
      "\\\\u2068",
      "\\x93",
      "\\n",
      "\\f",
      "&ldquo;",
      "&#8220;",
    ]) {
      assert.equal(removed(`x${escape}Anna${escape}`, name("Anna")), `x${escape}${MARKER}${escape}`, escape);
    }
    assert.equal(removed("(ANÉL)", name("Anél")), `(${MARKER})`);
    const kept = "Annapurna Joanna Annaïs Zoëanna Anna2 2anna Anna\u0301 ÿanna Annaǆ";
    assert.equal(removed(kept, name("Anna")), kept);
  });
  test("what is no UTF-8 beside it is no letter", () => {
    const bytes = Buffer.from("\u0093Anna\u0094 \u00a0anna\u00a0", "latin1");
    const left = Buffer.from(openSearch([name("Anna")]).removeFromBytes(bytes, () => undefined));
    assert.equal(left.toString("latin1"), `\u0093${MARKER}\u0094 \u00a0${MARKER}\u00a0`);
  });
  test("two characters of another script are found, without spaces between words too", () => {
    for (const [short, text] of [
      ["李明", "昨天|说他在这里"],
      ["さき", "これは|さんのです"],
      ["ナナ", "この|ーは"],
      ["김준", "어제 |은 왔다"],
      ["ฟ้า", "เมื่อวาน|มา"],
      ["ສີ", "ກັບ|ມາ"],
      ["ដា", "និង|មក"],
      ["စု", "မ|က"],
    ] as const) {
      assert.equal(removed(text.replace("|", short), name(short)), text.replace("|", MARKER), short);
    }
  });
  test("a Hebrew or Arabic one is found behind what is written on to it, and not in another word", () => {
    for (const before of [
      "ו",
      "ה",
      "ב",
      "ל",
      "מ",
      "ש",
      "כ",
      "וש",
      "ולכש",
      "שמה",
      "בְּ",
      "וּלְ",
      "-ל",
      "„ב",
      "ל־",
      "\u2067ו",
      "abcל",
    ]) {
      assert.equal(removed(`(${before}גל)`, name("גל")), `(${before}${MARKER})`, before);
    }
    for (const kept of ["דגל", "רגל", "גלידה", "מגלה", "בדגל", "ארבל"]) assert.equal(removed(kept, name("גל")), kept);
    for (const before of ["و", "ف", "ب", "ل", "ك", "ال", "وال", "وَ", "بال", "لـ", "«ل"]) {
      assert.equal(removed(`(${before}نور)`, name("نور")), `(${before}${MARKER})`, before);
    }
    for (const kept of ["منور", "تنور", "نورية"]) assert.equal(removed(kept, name("نور")), kept);
  });
  test("one of four bytes is found in base64, hexadecimal and UTF-16", () => {
    for (const short of ["Anna", "גל", "李明", "Ян"]) {
      for (const shift of ["", "a", "ab", "abc", "\u00ff"]) {
        for (const after of ["", "z", " and", "\u00ff"]) {
          const text = Buffer.from(`${shift}${short}${after}`).toString("base64");
          for (const form of [text, text.replaceAll("+", "-").replaceAll("/", "_")]) {
            assert.ok(removed(form, name(short)).includes(MARKER), `${shift}${short}${after} ${form}`);
          }
        }
      }
      assert.equal(removed(Buffer.from(short).toString("hex"), name(short)), MARKER);
      const wide = openSearch([name(short)]).removeFromBytes(Buffer.from(short, "utf16le"), () => undefined);
      assert.equal(Buffer.from(wide).toString(), MARKER);
    }
  });
});

test("however bytes are cut into chunks, a short name stands alone in them or does not", async () => {
  const piece = fc.constantFrom(
    "Anna",
    "גל",
    "李明",
    "’",
    "“",
    "\u2067",
    "\u00a0",
    "ש",
    "ו",
    "ּ",
    "é",
    "a",
    "明",
    "❤\ufe0f",
    "%20",
    "🙂",
    " ",
  );
  const search = openSearch([name("Anna"), name("גל"), name("李明")]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
      async (pieces, sizes) => {
        const bytes = utf8(pieces.join(""));
        const whole = Buffer.from(search.removeFromBytes(bytes, () => undefined));
        assert.ok((await inChunks(search, bytes, sizes)).equals(whole), pieces.join(""));
      },
    ),
    { numRuns: 300 },
  );
});

test("a number leaves a number, so that the JSON around it stays JSON", () => {
  const left = removed('{"id":100004711,"as":"100004711"}', credential("100004711"));
  assert.deepEqual(JSON.parse(left), { id: 999999999, as: "999999999" });
});

test("of two that begin alike the longer goes, and what touches goes too", () => {
  const secrets = [credential("abcdef"), credential("abcdefghij")];
  assert.equal(removed("xabcdefghijabcdefx", ...secrets), `x${MARKER}${MARKER}x`);
});

test("without secrets nothing changes", () => {
  const bytes = utf8("anything");
  assert.equal(
    openSearch([]).removeFromBytes(bytes, () => undefined),
    bytes,
  );
});

test("however bytes are cut into chunks, the same is taken out; nothing else changes; nothing of it is left", async () => {
  const letters = fc.constantFrom("a", "b", "%", "2", "0", " ", "é", "\n");
  const secret = fc
    .string({ unit: letters, minLength: 4, maxLength: 8 })
    .filter((text) => text.trim().length >= 4 && !/removed/.test(text));
  await fc.assert(
    fc.asyncProperty(
      fc.array(secret, { minLength: 1, maxLength: 4 }),
      fc.string({ unit: letters, maxLength: 400 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (values, text, sizes) => {
        const search = openSearch(values.map(credential));
        const whole = Buffer.from(search.removeFromBytes(utf8(text), () => undefined));
        assert.ok((await inChunks(search, utf8(text), sizes)).equals(whole));
        for (const value of values) {
          if (!text.toLowerCase().includes(value.toLowerCase())) continue;
          assert.ok(!whole.toString().replaceAll(MARKER, "|").toLowerCase().includes(value.toLowerCase()));
        }
        if (!whole.includes(MARKER)) assert.equal(whole.toString(), text);
      },
    ),
    { numRuns: 300 },
  );
});
