/** `npm run check`: format, lint, types, architecture, dead code. Prints each with its time; stops at nothing, fails at the end. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const bin = join(import.meta.dirname, "..", "node_modules", ".bin");
const checks: readonly (readonly [string, string, readonly string[]])[] = [
  ["format", join(bin, "biome"), ["check", "--error-on-warnings", "."]],
  ["lint", join(bin, "oxlint"), ["--quiet", "src", "test", "bench", "scripts"]],
  // With declarations: what is published has them, and not every type can be written down.
  ["types", join(bin, "tsc"), ["--noEmit", "--declaration"]],
  ["dead code", join(bin, "knip"), []],
  ["architecture", process.execPath, ["--test", "--test-reporter=dot", "test/architecture.test.ts"]],
];

let failed = 0;
for (const [name, command, args] of checks) {
  if (!existsSync(command)) throw new Error(`${command} is missing; run npm ci.`);
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${status === 0 ? "holds" : "FAILS"}  ${name} (${seconds} s)\n`);
  if (status !== 0) {
    failed++;
    process.stderr.write(`${stdout}${stderr}\n`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
