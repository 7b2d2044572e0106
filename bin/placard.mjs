#!/usr/bin/env node
// The `placard` command. Plain JavaScript, because it also has to speak on a Node too old to run the rest: then it
// hands over to the Node that a clone brings along, setting the clone up first where that has not been done.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

function runWith(node, ...args) {
  const { status } = spawnSync(node, args, { stdio: "inherit" });
  return status ?? 1;
}

const setUp = path("../scripts/setup.mjs");
const isClone = existsSync(setUp);
if (isClone) {
  const status = runWith(process.execPath, setUp);
  if (status !== 0) process.exit(status);
}
if (Number(process.versions.node.split(".")[0]) < 24) {
  const bundled = path("../node_modules/node/bin/node");
  if (!existsSync(bundled)) {
    process.stderr.write(
      `Placard needs Node 24 or newer; this is ${process.version}. Install a newer Node from nodejs.org and run the same command again.\n`,
    );
    process.exit(2);
  }
  process.exit(runWith(bundled, path("./placard.mjs"), ...process.argv.slice(2)));
}
// A clone runs its source: what was once built there may be of another day.
await import(isClone ? "../src/cli/main.ts" : "../dist/cli/main.js");
