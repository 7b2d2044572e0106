/**
 * Builds the workbench into dist/workbench: one page, its scripts, styles and typefaces, and what makes it installable.
 * Does nothing where sources and locked dependencies are those of the last build. Run alone:
 * `node scripts/build-workbench.ts [FOLDER]`.
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const root = join(import.meta.dirname, "..");
const cache = join(root, ".cache");
const source = join(root, "src", "workbench");
const ICON_SIZES = [192, 512];
const PATIENCE = 120_000;
const PAPER = "#FBF9F4";

/** Builds into `folder` where it is not up to date; returns whether it did. Of several processes one builds, and the others wait. */
export async function buildWorkbench(folder = join(root, "dist", "workbench")): Promise<boolean> {
  mkdirSync(cache, { recursive: true });
  // SQLite's lock ends with the process that holds it, however that ends.
  const lock = new DatabaseSync(join(cache, "workbench.lock"), { timeout: PATIENCE });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    const stamp = join(folder, ".built-from");
    const wanted = sourceDigest();
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
    await bundle(folder);
    await icons(folder);
    await worker(folder, wanted);
    writeFileSync(join(folder, "manifest.webmanifest"), JSON.stringify(manifest(), null, 2));
    writeFileSync(stamp, wanted);
    return true;
  } finally {
    lock.close();
  }
}

function sourceDigest(): string {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const files = globSync("**/*.{ts,tsx,css,html,svg}", { cwd: source }).filter((file) => !file.endsWith(".test.ts"));
  for (const file of [import.meta.filename, ...files.toSorted().map((name) => join(source, name))]) {
    hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

async function bundle(folder: string): Promise<void> {
  const [{ build }, { default: react }] = await Promise.all([import("vite"), import("@vitejs/plugin-react")]);
  await build({
    configFile: false,
    root: source,
    base: "/",
    publicDir: false,
    logLevel: "warn",
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      // Read by the test of how much a first visit fetches.
      manifest: "screens.json",
      target: ["es2024", "chrome122", "firefox125", "safari17.4"],
      rolldownOptions: { input: ["index.html", "send.html"].map((page) => join(source, page)) },
      // The server's policy lets typefaces come only from files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: "LICENSES.md" },
    },
  });
}

/** The service worker keeps what this build consists of, under the build's own name. */
async function worker(folder: string, digest: string): Promise<void> {
  const { build } = await import("esbuild");
  const files = [...globSync("assets/*.{js,css,woff2}", { cwd: folder }), "icon.svg"];
  const shell = {
    digest: digest.slice(0, 16),
    files: files.toSorted().map((name) => `/${name.replaceAll("\\", "/")}`),
  };
  await build({
    entryPoints: [join(source, "offline", "worker.ts")],
    outfile: join(folder, "sw.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: { SHELL: JSON.stringify(shell) },
    logLevel: "warning",
  });
}

/** Of what a phone may share besides links. */
const SHARED_TYPES = ["image/*", "text/html", "text/csv", "application/zip", ".html", ".csv", ".wacz", ".warc"];

async function icons(folder: string): Promise<void> {
  const { default: sharp } = await import("sharp");
  const drawn = readFileSync(join(source, "icon", "icon.svg"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "icon.svg"), drawn);
  for (const size of ICON_SIZES)
    await sharp(drawn)
      .resize(size)
      .png()
      .toFile(join(folder, `icon-${size}.png`));
}

/** https://www.w3.org/TR/appmanifest/: installed, Placard is in the phone's share sheet and takes links and files there. */
function manifest(): object {
  return {
    id: "/",
    name: "Placard",
    short_name: "Placard",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: PAPER,
    theme_color: PAPER,
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      ...ICON_SIZES.map((size) => ({
        src: `/icon-${size}.png`,
        sizes: `${size}x${size}`,
        type: "image/png",
        purpose: "any maskable",
      })),
    ],
    share_target: {
      action: "/share",
      method: "POST",
      enctype: "multipart/form-data",
      params: { title: "title", text: "text", url: "url", files: [{ name: "files", accept: SHARED_TYPES }] },
    },
  };
}

if (import.meta.main) {
  const built = await buildWorkbench(process.argv[2]);
  process.stderr.write(built ? "The workbench is built.\n" : "The workbench is as it was built.\n");
}
