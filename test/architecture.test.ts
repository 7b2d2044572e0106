/** The house rules of docs/architecture.md, held by the build. */
import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { SHOTS } from "../scripts/pictures/shots.ts";
import { GATES, HOLDS, WITHDRAWALS } from "../src/show/rules.ts";

const root = join(import.meta.dirname, "..");
const PURE = ["record", "ledger", "verify"];
const VERBS = ["capture", "assess", "show", "ask", "cite", "gather"];
/** Node's side of the ledger: the appending log and what it writes to. */
const LEDGER_ON_NODE = new Set(["log.ts", "disk.ts", "commit-sqlite.ts"].map((name) => `src/ledger/${name}`));

/** Which top-level folders each may import (itself always). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  record: ["lib"],
  ledger: ["lib", "record"],
  verify: ["lib", "record", "ledger"],
  vault: ["lib", "record", "ledger"],
  agenda: ["lib"],
  index: ["lib", "record", "ledger", "vault", ...VERBS],
  sample: ["lib"],
  app: ["lib", "record", "ledger", "verify", "vault", "index", "agenda", "sample", ...VERBS],
  // The command line starts the server, and knows no more of it.
  cli: ["lib", "app", "server"],
  server: ["lib", "app"],
  workbench: ["server", "lib"],
  ...Object.fromEntries(VERBS.map((verb) => [verb, ["lib", "record", "ledger", "verify"]])),
};

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = globSync("src/**/*.{ts,tsx}", { cwd: root })
  .filter((path) => !/\.test\.tsx?$/.test(path))
  .map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
    const found = code.matchAll(
      /(?:^|\n)\s*(?:import|export)[^;]*?from\s*"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g,
    );
    return { path, text, imports: [...found].map((match) => (match[1] ?? match[2] ?? match[3]) as string) };
  });

function resolved(source: Source): readonly string[] {
  return source.imports
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, join(root, dirname(source.path), name)));
}

function folderOf(path: string): string {
  const parts = path.split("/");
  return parts.length > 2 ? (parts[1] as string) : "";
}

test("there is something to check", () => {
  assert.ok(sources.length > 30, `only ${sources.length} source files were found`);
});

test("imports point one way", () => {
  const wrong: string[] = [];
  for (const source of sources) {
    const from = folderOf(source.path);
    if (from === "") continue;
    for (const target of resolved(source)) {
      const to = folderOf(target);
      if (to !== from && !(MAY_IMPORT[from] ?? []).includes(to)) wrong.push(`${source.path} → ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("what a browser runs uses nothing of Node", () => {
  const wrong = sources
    .filter((source) => PURE.includes(folderOf(source.path)) && !LEDGER_ON_NODE.has(source.path))
    .filter(
      (source) => source.imports.some((name) => name.startsWith("node:")) || /\bBuffer\b|\bprocess\./.test(source.text),
    )
    .map((source) => source.path);
  assert.deepEqual(wrong, []);
});

test("the verifier reaches no file that needs Node", () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const queue = ["src/verify/index.ts"];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const source = byPath.get(path);
    if (source === undefined || seen.has(path)) continue;
    seen.add(path);
    assert.deepEqual(
      source.imports.filter((name) => name.startsWith("node:")),
      [],
      path,
    );
    queue.push(...resolved(source));
  }
  assert.ok(seen.size > 10);
});

test("what the workbench takes of lib needs nothing of Node", () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const isOfLib = (path: string): boolean => folderOf(path) === "lib";
  const queue = sources.filter(({ path }) => folderOf(path) === "workbench").flatMap((source) => resolved(source));
  const taken = new Set<string>();
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (!isOfLib(path) || taken.has(path)) continue;
    taken.add(path);
    queue.push(...resolved(byPath.get(path) as Source));
  }
  assert.ok(taken.size > 0);
  const wrong = [...taken].filter((path) => {
    const { imports, text } = byPath.get(path) as Source;
    return imports.some((name) => name.startsWith("node:")) || /\bBuffer\b|\bprocess\./.test(text);
  });
  assert.deepEqual(wrong, []);
});

test("there is no import cycle", () => {
  const graph = new Map(sources.map((source) => [source.path, resolved(source)]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(path), `cycle: ${[...trail, path].join(" → ")}`);
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
});

test("files are of a size one can read", () => {
  const lengths = sources.map((source) => source.text.split("\n").length).toSorted((a, b) => a - b);
  const long = sources.filter((source) => source.text.split("\n").length > 400).map((source) => source.path);
  assert.deepEqual(long, []);
  const p95 = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
  assert.ok(p95 <= 350, `the 95th percentile is ${p95} lines`);
});

test("the environment is read in one file", () => {
  const readers = sources.filter((source) => /process\.env\b/.test(source.text)).map((source) => source.path);
  assert.deepEqual(readers, ["src/app/environment.ts"]);
});

test("disk writes go through lib/durable", () => {
  const writes =
    /\b(?:writeFile|appendFile|createWriteStream|renameSync|writeFileSync|copyFile|rename|link)\b[^;]*from "node:fs/;
  const wrong = sources
    .filter((source) => source.path !== "src/lib/durable.ts" && writes.test(source.text))
    .map((s) => s.path);
  assert.deepEqual(wrong, []);
});

test("a copy of bytes is made with copyOf", () => {
  const wrong = sources.filter((source) => /\.slice\(\)\.buffer/.test(source.text)).map((source) => source.path);
  assert.deepEqual(wrong, [], "the buffer of a Buffer's slice() is that of whatever it was cut from");
});

test("public faces name what they export", () => {
  const wrong = sources.filter((source) => /^export \*/m.test(source.text)).map((source) => source.path);
  assert.deepEqual(wrong, []);
});

test("no vague names", () => {
  const wrong = sources
    .filter((source) => /\b(?:utils?|helpers?|common|manager|misc|v2)\b/.test(source.path))
    .map((s) => s.path);
  assert.deepEqual(wrong, []);
});

/** No program: lists that are used unmodified, and attributed in NOTICE. */
const DATA = new Map([["node_modules/naughty-words", "CC-BY-4.0"]]);

test("no dependency has a licence we may not ship with", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const allowed =
    /^(?:MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|OFL-1\.1|\(?MIT OR [\w.+-]+\)?|Unlicense|CC0-1\.0|BlueOak-1\.0\.0|\(MIT AND Zlib\))$/;
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; license?: string }>;
  };
  assert.ok(Object.keys(dependencies).length > 0);
  const wrong = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== "" && !entry.dev && !allowed.test(entry.license ?? "none"))
    .filter(([path, entry]) => DATA.get(path) !== entry.license)
    .map(([path, entry]) => `${path}: ${entry.license ?? "none stated"}`);
  assert.deepEqual(wrong, []);
});

test("the documents name only commands that exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const wrong: string[] = [];
  for (const path of globSync(["*.md", "docs/**/*.md"], { cwd: root })) {
    for (const match of readFileSync(join(root, path), "utf8").matchAll(/npm run ([a-z][\w:-]*)/g)) {
      if (scripts[match[1] as string] === undefined) wrong.push(`${path}: npm run ${match[1]}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("the documents lead only to files that exist", () => {
  const wrong: string[] = [];
  for (const path of globSync(["*.md", "docs/**/*.md"], { cwd: root })) {
    const text = readFileSync(join(root, path), "utf8");
    for (const [, markdown, html] of text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)) {
      const target = (markdown ?? html ?? "").replace(/#.*$/, "");
      if (target === "" || /^[a-z]+:/.test(target)) continue;
      if (!existsSync(join(root, dirname(path), target))) wrong.push(`${path}: ${target}`);
    }
    for (const [, source = ""] of text.matchAll(/`((?:src|test|bench|scripts|docs)\/[\w./-]+)`/g)) {
      if (!existsSync(join(root, source))) wrong.push(`${path}: ${source}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("every picture in the documents is small, is shown in one of them, and can be made anew", () => {
  const folder = join(root, "docs", "pictures");
  const pictures = readdirSync(folder).toSorted();
  const shown = globSync(["*.md", "docs/**/*.md"], { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(/pictures\/([\w-]+\.png)/g)].map(([, name]) => name),
  );
  assert.deepEqual([...new Set(shown)].toSorted(), pictures);
  const made = [...SHOTS.map(({ name }) => name), "placard-a3", "verify-page"].map((name) => `${name}.png`);
  assert.deepEqual(made.toSorted(), pictures, "scripts/doc-pictures.ts makes others");
  const large = pictures.filter((name) => statSync(join(folder, name)).size > 120 * 1024);
  assert.deepEqual(large, []);
});

test("what docs/law-and-care.md says of the rules is what the code says", () => {
  const rows = readFileSync(join(root, "docs/law-and-care.md"), "utf8")
    .split("\n")
    .flatMap((line) => [line.split("|").map((cell) => cell.trim())])
    .filter(([, kind = ""]) => /^`[a-z-]+`$/.test(kind));
  const told = rows.map(([, kind = "", ...rest]) => [kind.slice(1, -1), ...rest.filter((cell) => cell !== "")]);
  const withLaw = (
    table: Readonly<Record<string, { readonly why: { readonly text: string }; readonly law: readonly string[] }>>,
  ) => Object.entries(table).map(([kind, { why, law }]) => [kind, why.text, law.join("; ")]);
  const withdrawals = Object.entries(WITHDRAWALS).map(([kind, { why }]) => [kind, why.text]);
  assert.deepEqual(told, [...withLaw(GATES), ...withLaw(HOLDS), ...withdrawals]);
});
