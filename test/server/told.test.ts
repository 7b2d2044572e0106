/** Whatever code the server tells, the catalogues have words for: what is added there without them would stay English. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SAID as agenda } from "../../src/agenda/said.ts";
import { SAID as app } from "../../src/app/said.ts";
import { SAID as ask } from "../../src/ask/said.ts";
import { SAID as capture } from "../../src/capture/said.ts";
import { SAID as index } from "../../src/index/said.ts";
import { SAID as lib } from "../../src/lib/said.ts";
import { SAID as record } from "../../src/record/said.ts";
import { SAID as server } from "../../src/server/said.ts";
import { SAID as show } from "../../src/show/said.ts";
import { SAID as vault } from "../../src/vault/said.ts";
import { SAID as verify } from "../../src/verify/said.ts";
import { en } from "../../src/workbench/words/en.ts";
import { said } from "../../src/workbench/words/he/said.ts";
import { placeholders } from "../sentences.ts";

const root = join(import.meta.dirname, "..", "..", "src");
const SAID: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  agenda,
  app,
  ask,
  capture,
  index,
  lib,
  record,
  server,
  show,
  vault,
  verify,
};
const sources = globSync("**/*.ts", { cwd: root })
  .filter((name) => !name.endsWith(".test.ts") && !name.startsWith("workbench/") && !name.endsWith("/said.ts"))
  .map((name) => ({ folder: name.split("/")[0] ?? "", text: readFileSync(join(root, name), "utf8") }));

/** What the pattern's first group finds in the files. */
function codesIn(files: string, pattern: RegExp): readonly string[] {
  const found = globSync(files, { cwd: root })
    .filter((name) => !name.endsWith(".test.ts"))
    .flatMap((name) => [...readFileSync(join(root, name), "utf8").matchAll(pattern)].map(([, code = ""]) => code));
  assert.ok(found.length > 0, files);
  return [...new Set(found)].toSorted();
}

const lacking = (codes: readonly string[], words: object): readonly string[] =>
  codes.filter((code) => !Object.hasOwn(words, code));

test("every folder that says something is looked at here", () => {
  assert.deepEqual(
    globSync("*/said.ts", { cwd: root })
      .map((name) => name.replace("/said.ts", ""))
      .toSorted(),
    Object.keys(SAID),
  );
});

test("each sentence of the server's has its Hebrew, with the same values in it, and none is left over", () => {
  const english = new Map<string, string>();
  for (const sentences of Object.values(SAID))
    for (const [code, text] of Object.entries(sentences)) {
      assert.equal(english.get(code) ?? text, text, `${code} stands for two sentences`);
      english.set(code, text);
    }
  assert.ok(english.size > 300);
  assert.deepEqual(Object.keys(said).toSorted(), [...english.keys()].toSorted());
  for (const [code, text] of english) {
    const other = said[code] ?? "";
    assert.match(other, /[\u05d0-\u05ea]/, `${code} is not in Hebrew`);
    assert.equal(placeholders(other), placeholders(text), code);
    assert.doesNotMatch(other, /!|ledger|\bhash\b/i, code);
  }
});

test("no sentence stands there that nobody says", () => {
  const unsaid = Object.entries(SAID).flatMap(([folder, sentences]) => {
    const text = sources
      .filter((source) => source.folder === folder)
      .map((source) => source.text)
      .join("\n");
    return Object.keys(sentences).filter(
      (code) => !/^(?:cause|step|heading)_/.test(code) && !text.includes(`"${code}"`),
    );
  });
  assert.deepEqual(unsaid, []);
});

test("why something was not captured, where its cause is all that was kept", () => {
  const causes = codesIn("{capture,app}/**/*.ts", /notCaptured\(\s*"([a-z_]+)"/g).filter((one) => one !== "cancelled");
  assert.ok(causes.length > 10);
  assert.deepEqual(
    lacking(
      causes.map((cause) => `cause_${cause}`),
      app,
    ),
    [],
  );
});

test("what went wrong, where it has no words of its own", () => {
  assert.deepEqual(lacking(codesIn("lib/error.ts", /\| "([a-z_]+)"/g), en.told.kinds), []);
});

test("what is known of an exhibit", () => {
  assert.deepEqual(lacking(codesIn("app/exhibit-view.ts", /^ {2}\["[^"]+", "(\w+)"\],$/gm), en.told.facts), []);
});
