import assert from "node:assert/strict";
import { test } from "node:test";
import type { SignedIn, StorageState } from "../sign-in/state.ts";
import { Secrets } from "./collect.ts";
import { isTellingCookie, isTellingToken } from "./secret.ts";

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function tokensIn(text: string): Promise<readonly string[]> {
  const secrets = new Secrets();
  await secrets.addText(bytes(text));
  return [...secrets.all].map(({ value }) => value);
}

test("cookies: what tells nobody from another is left in the page", () => {
  for (const [name, value] of [
    ["lang", "en-GB,en"],
    ["theme", "dark"],
    ["tz", "Europe/London"],
    ["seen", "2026-03-01T10:00:00Z"],
    ["last", "1764031016"],
    ["from", "https://townsquare.example/"],
  ] as const) {
    assert.equal(isTellingCookie(name, value, false), false, name);
  }
  for (const [name, value, hidden] of [
    ["sid", "a1b2", true],
    ["sid", "lanternkeeper", true],
    ["x", "a1b2c3d4", false],
    ["c_user", "100004711", false],
    ["csrftoken", "xY12", false],
    ["_", "s%3Aabc.def9", false],
  ] as const) {
    assert.equal(isTellingCookie(name, value, hidden), true, name);
  }
});

test("tokens: by their name, or by their look where a page stores them", () => {
  for (const [name, value] of [
    ["accessToken", "abc.def-123"],
    ["csrf", 'a<9>&8b"7c'],
    ["k", "0a1b2c3d4e5f6071829304"],
  ] as const)
    assert.ok(isTellingToken(name, value), name);
  for (const [name, value] of [
    ["author", "Oak Warden 12"],
    ["token", "blue-500"],
    ["id", "8c5d0b8e-62d5-4a3e-9a51-0123456789ab"],
    ["text", "The hedge at number 4 has been cut"],
    ["host", "cdn-0123456789abcdef.townsquare.example"],
  ] as const)
    assert.ok(!isTellingToken(name, value), name);
});

test("what a page issues is found in JSON, in scripts, in markup, in addresses, and by its look", async () => {
  const jwt = `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`;
  const text = `{"access_token":"AT-0123456789","n":{"csrfToken" : "CS-0123456789"}} var sessionKey = 'SK-0123456789';
    "{\\"refreshToken\\":\\"RT-0123456789\\"}" <meta content="MC-0123456789" name="csrf-token"><input type=hidden name="authenticity_token" value="IV-0123456789">
    <a href="/x?a=1&amp;api_key=QK-0123456789">x</a> Authorization: Bearer BT-0123456789 "x":"${jwt}" "author":"AU-0123456789"`;
  const found = await tokensIn(text);
  for (const value of ["AT", "CS", "SK", "RT", "MC", "IV", "QK", "BT"])
    assert.ok(found.includes(`${value}-0123456789`), value);
  assert.ok(found.includes(jwt));
  assert.ok(!found.includes("AU-0123456789"));
});

test("a token is known by what it means, however it is written where it is issued", async () => {
  const meant = 'a+/b="9>&8ü-12';
  for (const [text, value] of [
    ['{"csrf_token":"ab\\/cd+ef\\/0123=="}', "ab/cd+ef/0123=="],
    ['{"csrf_token":"ab\\u003ccd\\u0026ef0123"}', "ab<cd&ef0123"],
    ['"{\\"csrf_token\\":\\"ab\\\\/cd+0123\\"}"', "ab/cd+0123"],
    ["var csrfToken = 'ab\\x3ccd012345';", "ab<cd012345"],
    [`<meta name="csrf-token" content="${meant.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`, meant],
    [`<input value='${meant.replaceAll("&", "&#38;")}' name=token>`, meant],
  ] as const) {
    const found = await tokensIn(text);
    assert.ok(found.includes(value), `${text}: ${JSON.stringify(found)}`);
  }
});

test("of a session: its cookies, what its pages store, at any depth, and the names to hide", () => {
  const state = {
    cookies: [{ name: "sid", value: "one-11111111", httpOnly: true }],
    origins: [
      {
        origin: "https://townsquare.example",
        localStorage: [
          { name: "app", value: JSON.stringify({ auth: JSON.stringify({ token: "two-22222222" }), theme: "light" }) },
        ],
        indexedDB: [{ name: "db", stores: [{ records: [{ key: "me", value: { accessToken: "three-33333333" } }] }] }],
      },
    ],
  } as unknown as StorageState;
  const secrets = new Secrets();
  secrets.addSession({
    name: "lantern",
    site: "",
    hide: ["@jo_keeper", "Jo Keeper"],
    signedInAt: 0,
    state,
  } satisfies SignedIn);
  assert.deepEqual(
    new Set([...secrets.all].map(({ value }) => value)),
    new Set(["@jo_keeper", "jo_keeper", "Jo Keeper", "one-11111111", "two-22222222", "three-33333333"]),
  );
});

test("a page that issues more than anybody can look for is not shared", async () => {
  const secrets = new Secrets();
  await secrets.addText(bytes(Array.from({ length: 5000 }, (_, i) => `"token":"abcdefghij-${i}"`).join()));
  assert.equal(secrets.overflow, true);
});

test("text made to be slow to read is not", async () => {
  const started = performance.now();
  for (const piece of ["<input ", "eyJ-", "token", 'token="', "a&b=", " ", "bearer "])
    await tokensIn(piece.repeat(200_000));
  assert.ok(performance.now() - started < 20_000);
});
