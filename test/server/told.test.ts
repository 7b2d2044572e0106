/** Whatever code the server tells, the catalogues have words for: what is added there without them would stay English. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { STANDINGS } from "../../src/app/looking.ts";
import { en } from "../../src/workbench/words/en.ts";

const root = join(import.meta.dirname, "..", "..", "src");
const { told } = en;

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

test("why something was not captured", () => {
  const causes = codesIn("{capture,app}/**/*.ts", /notCaptured\(\s*"([a-z_]+)"|cause: "([a-z_]+)", reason/g);
  assert.ok(causes.length > 10);
  assert.deepEqual(
    lacking(
      causes.filter((cause) => cause !== ""),
      told.causes,
    ),
    [],
  );
});

test("what went wrong", () => {
  assert.deepEqual(lacking(codesIn("lib/error.ts", /\| "([a-z_]+)"/g), told.kinds), []);
});

test("where an exhibit comes from, what is known of it, and what happened to it", () => {
  const provenance = codesIn("app/provenance.ts", /code: "(\w+)"/g);
  assert.deepEqual(lacking(provenance, told.provenance), []);
  assert.deepEqual(lacking(codesIn("app/exhibit-view.ts", /^ {2}\["[^"]+", "(\w+)"\],$/gm), told.facts), []);
  const looked = STANDINGS.filter((standing) => standing !== "unchecked");
  assert.deepEqual(lacking(looked, told.steps), []);
});
