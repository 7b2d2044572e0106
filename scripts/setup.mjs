// Runs before `npm start` and `npm test` on whatever Node the machine has (≥ 20), so it is plain JavaScript.
// Installs the locked dependencies when node_modules is missing or belongs to another lock file; then, unless the command
// line itself has called it, builds the workbench's screens where their sources are newer, and the page that checks files.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".placard-setup");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
const installed = existsSync(stamp) ? readFileSync(stamp, "utf8").trim() : "";

if (installed !== wanted) {
  process.stderr.write("Setting up: installing what Placard needs (once, about a minute) …\n");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (run.status !== 0) {
    process.stderr.write(
      "Setting up failed: npm could not install the dependencies. The npm registry must be reachable; then run the same command again.\n",
    );
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, `${wanted}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const node = join(root, "node_modules", "node", "bin", "node");
  // The page that checks files goes onto sites that are published; it is built in no time.
  for (const build of ["build-workbench.ts", "build-verify-page.ts"]) {
    const { status } = spawnSync(existsSync(node) ? node : process.execPath, [join(root, "scripts", build)], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
}
