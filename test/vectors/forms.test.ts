/** Other forms of a post: which are heard, and of which nothing is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readFacts } from "../../src/capture/facts/facts.ts";
import { decodeGif } from "../../src/capture/media/decode-gif.ts";
import type { FormKind } from "../../src/capture/post/other-forms.ts";
import { blankPage } from "../blank-page.ts";

interface FormVector {
  readonly kind: FormKind;
  readonly page: string;
  readonly atUri?: string;
  readonly at: string;
  readonly text: string;
  readonly facts?: object;
}

function vectors<T>(name: string): readonly (readonly [why: string, T])[] {
  const lines = readFileSync(join(import.meta.dirname, name), "utf8")
    .trimEnd()
    .split("\n");
  return lines.flatMap((line, i) =>
    line.startsWith("#") ? [] : [[lines[i - 1] ?? "", JSON.parse(line) as T] as const],
  );
}

function hears({ kind, page, atUri = "", at, text }: FormVector): object {
  const facts = readFacts({ ...blankPage, atUri, forms: [{ kind, url: at, text }] }, page);
  const { factSources, factAddresses, platform, postTextVisible, atUri: _, ...rest } = facts;
  assert.equal(platform, new URL(page).hostname);
  const heard = Object.values(factSources as Record<string, readonly string[]>).flat();
  assert.equal(
    factAddresses !== undefined,
    heard.some((source) => source !== "page"),
  );
  if (factAddresses !== undefined) assert.deepEqual(Object.values(factAddresses as object), [at]);
  assert.notEqual(postTextVisible, true);
  return rest;
}

test("what is heard of other forms", () => {
  for (const [why, vector] of vectors<FormVector>("forms_valid.txt"))
    assert.deepEqual(hears(vector), vector.facts, why);
});

test("of forms of another post, or none, nothing is heard", () => {
  const all = vectors<FormVector>("forms_invalid.txt");
  assert.ok(all.length > 20);
  for (const [why, vector] of all) assert.deepEqual(hears(vector), {}, why);
});

test("malformed GIFs are refused", () => {
  const all = vectors<{ readonly gif: string }>("gif_invalid.txt");
  assert.ok(all.length > 10);
  for (const [why, { gif }] of all) {
    assert.throws(() => decodeGif(Buffer.from(gif, "base64")), { code: "malformed" }, why);
  }
});
