/** What `npm pack` makes installs and runs elsewhere, from JavaScript, with nothing of this repository. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
let folder: string;
let installed: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-package-"));
  installed = join(folder, "node_modules", "placard");
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const [made] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  assert.ok(made !== undefined, stdout);
  await mkdir(join(folder, "node_modules"));
  await run("tar", ["-xzf", join(folder, made), "-C", join(folder, "node_modules")]);
  await run("mv", [join(folder, "node_modules", "package"), installed]);
  // What npm would fetch: the locked dependencies, as they are.
  await symlink(join(root, "node_modules"), join(installed, "node_modules"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("the command runs from the package", async () => {
  const { stdout } = await run(process.execPath, [join(installed, "bin", "placard.mjs"), "--help"]);
  assert.match(stdout, /placard capture URL/);
  await run(process.execPath, [
    join(installed, "bin", "placard.mjs"),
    "init",
    join(folder, "record"),
    "--name",
    "Elsewhere",
  ]);
  const audit = await run(process.execPath, [
    join(installed, "bin", "placard.mjs"),
    "audit",
    "--record",
    join(folder, "record"),
    "--json",
  ]);
  assert.equal(JSON.parse(audit.stdout).verdict, "holds");
});

test("the library is importable by its names, with types", async () => {
  const script = join(folder, "use.mjs");
  await writeFile(
    script,
    `import { openRecord, initRecord } from "placard";
     import { verify } from "placard/verify";
     const { verdict } = await verify(new Blob(["a lantern"]));
     console.log(typeof openRecord, typeof initRecord, verdict);`,
  );
  const { stdout } = await run(process.execPath, [script], { cwd: folder });
  assert.equal(stdout.trim(), "function function unreadable");
  const types = join(folder, "use.mts");
  await writeFile(
    types,
    `import { openRecord, type PlacardRecord } from "placard";\nexport const open: (folder: string) => Promise<PlacardRecord> = openRecord;\n`,
  );
  await run(
    join(root, "node_modules", ".bin", "tsc"),
    [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--moduleResolution",
      "nodenext",
      "--target",
      "es2024",
      "--types",
      "node",
      "--typeRoots",
      join(root, "node_modules", "@types"),
      types,
    ],
    { cwd: folder },
  );
});

test("what it declares is what it holds", async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages, []);
});

test("it carries the verify page, and no source, test or picture", async () => {
  const files = await readdir(installed, { recursive: true });
  assert.ok(files.includes("dist/verify-page/index.html") && files.includes("dist/verify-page/verify.js"));
  const own = files.filter((name) => !name.startsWith("node_modules"));
  assert.deepEqual(
    own.filter((name) => /(^|\/)(src|test|bench|scripts|docs)(\/|$)|\.test\./.test(name)),
    [],
  );
});

test("a picture is read with what is in the package, and without any network", async () => {
  const script = join(folder, "read.mjs");
  const reader = pathToFileURL(join(installed, "dist", "capture", "reading", "read-picture.js")).href;
  await writeFile(
    script,
    `import { readFileSync } from "node:fs";
     import { readPicture } from ${JSON.stringify(reader)};
     const { text } = await readPicture(new Blob([readFileSync(process.argv[2])]));
     console.log(JSON.stringify(text), process.permission.has("net"));`,
  );
  const picture = join(root, "test", "vectors", "reading.png");
  // What is not allowed by name is refused: the network among it.
  const allowed = ["--permission", "--allow-fs-read=*", "--allow-worker", "--allow-wasi", "--allow-addons"];
  const { stdout } = await run(process.execPath, [...allowed, script, picture]);
  assert.match(stdout, /We were here before the lane had a name\..* false$/m);
  assert.deepEqual((await readdir(join(installed, "dist", "reading"))).toSorted(), [
    "LICENSE",
    "LICENSE-face-api",
    "ara.traineddata.gz",
    "eng.traineddata.gz",
    "heb.traineddata.gz",
    "tesseract-core-simd-lstm.cjs",
    "tesseract-core-simd-lstm.wasm",
    "tiny_face_detector_model-weights_manifest.json",
    "tiny_face_detector_model.bin",
  ]);
});
