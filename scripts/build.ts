/** `npm run build`: src → dist, as published: JavaScript, types, the verify page and the workbench. Leaves nothing of an earlier build. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FACE_FILES, LANGUAGES } from "../src/capture/reading/engine-files.ts";
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
// What reads pictures: the engine's one variant that is used, and its languages. By its ending Node knows a script that is no module.
mkdirSync(join(dist, "reading"));
const engine = join(root, "node_modules", "tesseract.js-core");
copyFileSync(join(engine, "tesseract-core-simd-lstm.js"), join(dist, "reading", "tesseract-core-simd-lstm.cjs"));
for (const file of ["tesseract-core-simd-lstm.wasm", "LICENSE"])
  copyFileSync(join(engine, file), join(dist, "reading", file));
for (const name of LANGUAGES)
  copyFileSync(
    join(root, "node_modules", "@tesseract.js-data", name, "4.0.0_best_int", `${name}.traineddata.gz`),
    join(dist, "reading", `${name}.traineddata.gz`),
  );
// The weights of what finds faces, and no program of that package.
const faces = join(root, "node_modules", "@vladmandic", "face-api");
for (const file of Object.values(FACE_FILES)) copyFileSync(join(faces, "model", file), join(dist, "reading", file));
copyFileSync(join(faces, "LICENSE"), join(dist, "reading", "LICENSE-face-api"));
// ReplayWeb.page as it was published, in a folder of its own with its own licence: looked with, and no part of ours.
mkdirSync(join(dist, "replay"));
for (const file of ["ui.js", "sw.js", "index.html", "LICENSE"])
  copyFileSync(join(root, "node_modules", "replaywebpage", file), join(dist, "replay", file));
