#!/usr/bin/env node
// The `placard` command. Plain JavaScript, because it also has to speak on a Node too old to run the rest: then it
// hands over to the Node that a clone brings along, setting the clone up first where that has not been done.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

function runWith(node, ...args) {
  const { status } = spawnSync(node, args, { stdio: "inherit" });
  return status ?? 1;
}

const isClone = existsSync(path("../scripts/setup.mjs"));
if (isClone) await import("../scripts/setup.mjs");
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
/** What lies in it is run: a folder that somebody else could have written into is not used. */
function keepCompiled() {
  const { PLACARD_CACHE, XDG_CACHE_HOME } = process.env;
  // As src/app/environment.ts has it.
  const cache = PLACARD_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "placard");
  const folder = join(cache, "compiled");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const user = process.getuid?.();
  const isOurs = ({ uid, mode }) => user === undefined || (uid === user && (mode & 0o022) === 0);
  if ([cache, folder].map((each) => statSync(each)).every(isOurs)) module.enableCompileCache(folder);
}
// Before anything of ours is loaded: in a clone that is TypeScript, and what strips its types takes longer than all of it to load.
try {
  keepCompiled();
} catch {
  // Without a folder it only takes longer.
}
// A clone runs its source: what was once built there may be of another day.
await import(isClone ? "../src/cli/main.ts" : "../dist/cli/main.js");
