/** `npm run build`: src → dist, as published: JavaScript, types, the verify page and the workbench. Leaves nothing of an earlier build. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildVerifyPage } from "./build-verify-page.ts";
import { buildWorkbench } from "./build-workbench.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync(join(root, "node_modules", ".bin", "tsc"), ["-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
await buildVerifyPage(join(dist, "verify-page"));
await buildWorkbench(join(dist, "workbench"));
for (const file of ["NOTICE"]) writeFileSync(join(dist, file), readFileSync(join(root, file)));
// ReplayWeb.page as it was published, in a folder of its own with its own licence: looked with, and no part of ours.
mkdirSync(join(dist, "replay"));
for (const file of ["ui.js", "sw.js", "index.html", "LICENSE"])
  copyFileSync(join(root, "node_modules", "replaywebpage", file), join(dist, "replay", file));
