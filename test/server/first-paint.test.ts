/** What a first visit fetches before the first screen stands: at most 180 KB of script and style, as sent. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { buildWorkbench } from "../../scripts/build-workbench.ts";

const folder = join(import.meta.dirname, "..", "..", "dist", "workbench");
const MOST = 180 * 1024;

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

before(async () => {
  await buildWorkbench();
});

/** The files of `entries` and of all they import. */
function fetched(entries: readonly string[]): ReadonlySet<string> {
  const chunks = JSON.parse(readFileSync(join(folder, "screens.json"), "utf8")) as Record<string, Chunk>;
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = chunks[name] ?? assert.fail(`${name} is not in the build`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const entry of entries) visit(entry);
  return files;
}

const sizeOf = (file: string): number => gzipSync(readFileSync(join(folder, file))).length;

for (const language of ["en", "he"]) {
  test(`the first screen comes with at most 180 KB, ${language}`, () => {
    const files = [...fetched(["index.html", "screens/home.tsx", `words/${language}.ts`])];
    assert.ok(files.some((file) => file.endsWith(".css")) && files.some((file) => file.endsWith(".js")));
    const sizes = files.map((file) => `${file} ${sizeOf(file)}`).join("\n");
    const total = files.reduce((sum, file) => sum + sizeOf(file), 0);
    assert.ok(total <= MOST, `${total} bytes:\n${sizes}`);
  });
}

test("the form for people without an account comes with a tenth of that, and nothing of the workbench's library", () => {
  for (const language of ["en", "he"]) {
    const files = [...fetched(["send.html", `send/words-${language}.ts`])];
    const total = files.reduce((sum, file) => sum + sizeOf(file), 0);
    assert.ok(total <= MOST / 10, `${total} bytes: ${files.join()}`);
  }
});

test("all that the page names is in the build", () => {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  assert.match(page, /<meta name="csp-nonce" content="%NONCE%">/);
  assert.doesNotMatch(page, /<script(?![^>]*src=)|<style|style=/);
  for (const [, path = ""] of page.matchAll(/(?:src|href)="\/([^"]+)"/g)) assert.ok(sizeOf(path) > 0, path);
  const { icons } = JSON.parse(readFileSync(join(folder, "manifest.webmanifest"), "utf8")) as {
    icons: readonly { readonly src: string }[];
  };
  for (const { src } of icons) assert.ok(sizeOf(src) > 0, src);
});

test("installed, it is in a phone's share sheet: what the manifest says of that is what takes a share in", () => {
  const { share_target: target } = JSON.parse(readFileSync(join(folder, "manifest.webmanifest"), "utf8")) as {
    share_target?: { readonly action: string; readonly method: string; readonly enctype: string };
  };
  assert.ok(target !== undefined, "it is not in the share sheet");
  assert.deepEqual([target.method, target.enctype], ["POST", "multipart/form-data"]);
  const worker = readFileSync(join(folder, "sw.js"), "utf8");
  assert.ok(worker.includes(JSON.stringify(target.action)), "nobody takes in what is shared");
});
