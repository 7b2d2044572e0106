/**
 * Every test that stands beside what it tests, in one process: they keep to functions and folders of their own, and a process for each of a hundred
 * files took longer to start than they take. A suite for each keeps its hooks to itself. Tests under `test/` have a process each.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { suite } from "node:test";

const root = join(import.meta.dirname, "..");
for (const path of globSync("src/**/*.test.ts", { cwd: root }).toSorted()) {
  suite(path, async () => {
    await import(join(root, path));
  });
}
