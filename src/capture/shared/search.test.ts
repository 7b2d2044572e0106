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
