/**
 * `npm test`: the checks, then every test but those that only make sense at length (`*.deep.test.ts`), which are named. `npm run
 * test:deep`: these, and at its full length whatever else has a longer run.
 * Arguments that are not options name test files to run instead of all.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { filesOf, GROUPS } from "./together.ts";

const args = process.argv.slice(2);
const deep = args.includes("--deep");
const named = args.filter((argument) => !argument.startsWith("--"));

function run(what: string, command: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  process.stderr.write(`\n— ${what}\n`);
  const result = spawnSync(process.execPath, command, { stdio: "inherit", env });
  if (result.status !== 0) {
    process.stderr.write(`\n${what}: failed.\n`);
    process.exit(result.status ?? 1);
  }
}

const isDeep = (path: string): boolean => path.endsWith(".deep.test.ts");

/** Says so itself, or by what it is made with. */
function hasLongerRun(path: string): boolean {
  return isDeep(path) || /PLACARD_DEEP|FUZZ_TIME|ledger-run/.test(readFileSync(path, "utf8"));
}

if (named.length === 0 && !deep) run("checks", ["scripts/check.ts"]);
const all = globSync(["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"]).toSorted();
const groups = Object.keys(GROUPS) as (keyof typeof GROUPS)[];
const grouped = new Set(groups.flatMap(filesOf));
const every = deep
  ? all.filter(hasLongerRun)
  : [...groups, ...all.filter((path) => !isDeep(path) && !grouped.has(path))];
const files = named.length > 0 ? named : every;
if (named.length === 0 && !deep)
  process.stderr.write(
    `\nLeft to npm run test:deep:\n${all
      .filter(isDeep)
      .map((path) => `  ${path}\n`)
      .join("")}`,
  );
/** Most processes load the same: compiled once, kept beside what was compiled from. */
const compiled = { NODE_COMPILE_CACHE: join(import.meta.dirname, "..", "node_modules", ".cache", "compiled") };
// Tests wait as often as they work: two more than there are processors.
const concurrency = Math.min(5, availableParallelism() + 2);
/** A file by itself founds its own house, if it needs one. */
const founded = files.length > 1 ? ["--test-global-setup=test/server/founded.ts"] : [];
run(
  deep ? "deep tests" : "tests",
  [
    "--test",
    `--test-concurrency=${concurrency}`,
    "--test-timeout=1500000",
    "--test-reporter=spec",
    ...founded,
    ...files,
  ],
  { ...process.env, ...compiled, ...(deep ? { PLACARD_DEEP: "1" } : {}) },
);
