/**
 * Builds the verify page: index.html (style and typefaces within) and verify.js, one classic script, so that both work
 * from a folder, offline. Run alone: `node scripts/build-verify-page.ts [FOLDER]`.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { webAuthorities } from "../src/app/web-authorities.ts";
import { fontRules } from "../src/show/fonts.ts";
import { en } from "../src/verify/page/words-en.ts";
import { he } from "../src/verify/page/words-he.ts";
import { lib } from "../src/workbench/words/he/said/lib.ts";
import { record } from "../src/workbench/words/he/said/record.ts";
import { verify } from "../src/workbench/words/he/said/verify.ts";

const root = join(import.meta.dirname, "..");
const source = join(root, "src", "verify", "page");

/** Writes into `folder`, which is made where it is missing. */
export async function buildVerifyPage(folder: string): Promise<void> {
  const script = await bundle();
  const style = `${fontRules(JSON.stringify(he))}\n${await minifiedStyle()}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "verify.js"), script);
  writeFileSync(join(folder, "index.html"), page(style));
}

/** Nothing may be fetched, run or drawn but what the build put there (docs/formats/placard-file.md). */
function contentPolicy(style: string): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return [
    "default-src 'none'",
    "script-src 'self' file:",
    `style-src 'sha256-${hash}'`,
    "font-src data:",
    "img-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function page(style: string): string {
  const template = readFileSync(join(source, "index.html"), "utf8");
  const still: Readonly<Record<string, string>> = { ...en.still, csp: contentPolicy(style) };
  return template
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => still[name] ?? "")
    .replace("{{he.noScript}}", he.still.noScript)
    .replace("/* style */", () => style);
}

async function minifiedStyle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(source, "style.css")],
    minify: true,
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(source, "page.ts")],
    bundle: true,
    format: "iife",
    platform: "browser",
    target: ["es2022", "chrome110", "firefox115", "safari16.4"],
    charset: "utf8",
    minify: true,
    define: {
      WEB_ROOTS: JSON.stringify(webAuthorities()),
      HEBREW_SENTENCES: JSON.stringify({ ...lib, ...record, ...verify }),
    },
    legalComments: "eof",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

if (import.meta.main) await buildVerifyPage(process.argv[2] ?? join(root, "dist", "verify-page"));
