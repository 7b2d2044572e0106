/** Sealed sessions: what is sealed opens again, and nothing else does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { formatSession, parseSession, type SignedIn } from "../../src/capture/sign-in/state.ts";
import { concat, utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { openSession, sealSession } from "../../src/vault/sessions.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";

const key = Buffer.alloc(32, 7);
const id = "00000000000000000000000000000001";
const session: SignedIn = {
  name: "lantern",
  site: "https://townsquare.example",
  hide: ["Jo Keeper"],
  signedInAt: 1_773_562_803_000,
  state: {
    cookies: [
      {
        name: "a",
        value: "b",
        domain: "townsquare.example",
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      },
    ],
    origins: [{ origin: "https://townsquare.example", localStorage: [{ name: "k", value: "v" }] }],
  },
};

const lines = readFileSync(join(import.meta.dirname, "session_invalid.txt"), "utf8")
  .trimEnd()
  .split("\n");
for (const [i, line] of lines.entries()) {
  if (line.startsWith("#")) continue;
  const vector = JSON.parse(line) as { file: string; key: string; id: string; error: "malformed" };
  test(`refused: ${(lines[i - 1] as string).slice(2)}`, () => {
    assert.throws(
      () => openSession(Buffer.from(vector.file, "hex"), Buffer.from(vector.key, "hex"), vector.id),
      (error) => isPlacardError(error, vector.error),
    );
  });
}

test("what is sealed opens to the same, and never looks the same twice", () => {
  const plain = formatSession(session);
  const sealed = [sealSession(plain, key, id), sealSession(plain, key, id)] as const;
  assert.notDeepEqual(sealed[0], sealed[1]);
  for (const one of sealed) assert.deepEqual(parseSession(openSession(one, key, id)), session);
});

test("a session of another form or version is refused", () => {
  const changed = (change: object): Uint8Array => utf8(JSON.stringify({ format: 1, ...session, ...change }));
  for (const [bytes, code] of [
    [utf8("[]"), "malformed"],
    [utf8("{}"), "malformed"],
    [Buffer.from([0xff]), "malformed"],
    [changed({ format: 2 }), "unsupported"],
    [changed({ name: "../x" }), "malformed"],
    [changed({ hide: ["a"] }), "malformed"],
    [changed({ state: { cookies: [{}], origins: [] } }), "malformed"],
    [changed({ more: 1 }), "malformed"],
    [changed({ signedInAt: -1 }), "malformed"],
  ] as const) {
    assert.throws(
      () => parseSession(bytes),
      (error) => isPlacardError(error, code),
      Buffer.from(bytes).toString(),
    );
  }
});

test("whatever the bytes, they are opened and read, or refused by an error of ours", () => {
  const sealed = sealSession(formatSession(session), key, id);
  const plain = formatSession(session);
  const changed = (bytes: Uint8Array) =>
    fc
      .tuple(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 4 }), fc.nat(4))
      .map(([at, more, cut]) => concat(bytes.subarray(0, at), more, bytes.subarray(at + cut)));
  const box = { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME };
  const mustBeOurs = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      assert.ok(isPlacardError(error), String(error));
    }
  };
  fc.assert(
    fc.property(changed(sealed), (bytes) => mustBeOurs(() => openSession(bytes, key, id))),
    box,
  );
  fc.assert(
    fc.property(fc.oneof(changed(plain), fc.uint8Array()), (bytes) => mustBeOurs(() => parseSession(bytes))),
    box,
  );
});
