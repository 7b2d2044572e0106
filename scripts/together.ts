/**
 * Test files that share a process: they keep to functions, folders and servers of their own, and to start a process for each, which loads the
 * same as the one before, took as long as all that they test. A suite for each file keeps its hooks to itself.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { after, mock, suite } from "node:test";

const root = join(import.meta.dirname, "..");

/** By the file that runs them, since what is named there first is begun first. */
export const GROUPS = {
  "scripts/together/server.ts": ["test/server/*.test.ts"],
  "scripts/together/units.ts": ["src/**/*.test.ts", "test/{contracts,fuzz}/**/*.test.ts"],
} as const;

export function filesOf(group: keyof typeof GROUPS): readonly string[] {
  return globSync(GROUPS[group], { cwd: root, exclude: ["**/*.deep.test.ts"] }).toSorted();
}

export function runTogether(group: keyof typeof GROUPS): void {
  for (const path of filesOf(group)) {
    suite(path, async () => {
      // A test that failed may have left the time, or what it replaced.
      after(() => {
        mock.reset();
        mock.timers.reset();
      });
      await import(join(root, path));
    });
  }
}
