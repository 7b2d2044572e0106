#!/usr/bin/env node
// The `placard` command. Plain JavaScript, because it also has to speak on a Node too old to run the rest.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

if (Number(process.versions.node.split(".")[0]) < 24) {
  const bundled = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
  if (!existsSync(bundled)) {
    process.stderr.write(
      `Placard needs Node 24 or newer; this is ${process.version}. Install a newer Node from nodejs.org and run the same command again.\n`,
    );
    process.exit(2);
  }
  const { spawnSync } = await import("node:child_process");
  const run = spawnSync(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  process.exit(run.status ?? 1);
}
const built = new URL("../dist/cli/main.js", import.meta.url);
await import(existsSync(built) ? built.href : new URL("../src/cli/main.ts", import.meta.url).href);
