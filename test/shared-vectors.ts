import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const shared = join(import.meta.dirname, "..", "..", "shared", "vectors");

/**
 * A test that needs files others made, at `../shared/vectors/<path>`. Where they are missing it is skipped by name;
 * in CI it fails.
 */
export function testWithVectors(name: string, path: string, run: (folder: string) => void | Promise<void>): void {
  const folder = join(shared, path);
  const skip = existsSync(folder) || process.env["CI"] ? false : `${folder} is missing`;
  test(name, { skip }, () => run(folder));
}
