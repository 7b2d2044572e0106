/** The tools that field.ts holds beside one another: how each is started on one page, and where its output lies. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { initRecord } from "../src/app/init-record.ts";
import type { Browser } from "../src/capture/browser/browser.ts";
import { ownBrowser } from "../test/own-browser.ts";

const SINGLE_FILE = "single-file-cli@2.0.83";
const main = join(import.meta.dirname, "../bin/placard.mjs");

export interface Tool {
  readonly name: string;
  /** Why it cannot be measured here. */
  readonly missing?: string;
  /** With its arguments; `folder` is its own, and empty. */
  readonly command: (url: string, folder: string) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Makes ready what is not to be timed. */
  readonly prepare: (folder: string) => Promise<unknown>;
  readonly output: (folder: string) => Promise<Output>;
}

/** `kind` "none" where the tool wrote nothing. */
export type Output =
  | { readonly kind: "wacz" | "warc" | "html"; readonly path: string }
  | { readonly kind: "none"; readonly path?: undefined };

export async function tools(folder: string, install: boolean): Promise<readonly Tool[]> {
  const browser = await ownBrowser();
  return [placard(browser), wget(browser.env), singleFile(browser, install ? installed(folder) : undefined)];
}

function placard({ path, env }: Browser): Tool {
  return {
    name: "placard",
    command: (url, folder) => [process.execPath, main, "capture", url, "--record", folder, "--allow-private"],
    env: { ...env, PLACARD_BROWSER: path },
    prepare: (folder) => initRecord(folder, { name: "Bench" }),
    output: archiveIn,
  };
}

/** The archive among a record's blobs: the one that is a ZIP. */
async function archiveIn(record: string): Promise<Output> {
  const blobs = join(record, "vault", "blobs");
  for (const entry of existsSync(blobs) ? await readdir(blobs, { recursive: true, withFileTypes: true }) : []) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await isZip(path))) return { kind: "wacz", path };
  }
  return { kind: "none" };
}

export async function isZip(path: string): Promise<boolean> {
  await using file = await open(path, "r");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return bytesRead === 4 && buffer.toString("latin1") === "PK\x03\x04";
}

function wget(env: Tool["env"]): Tool {
  const there = spawnSync("wget", ["--version"]).status === 0;
  const always = ["-q", "--page-requisites", "--span-hosts", "-e", "robots=off", "--tries=1", "--timeout=10"];
  return {
    name: "wget --warc-file",
    ...(there ? {} : { missing: "not here: wget is not on the PATH" }),
    command: (url, folder) => ["wget", ...always, `--warc-file=${join(folder, "page")}`, "-P", folder, url],
    env,
    prepare: async () => undefined,
    output: async (folder) => found("warc", join(folder, "page.warc.gz")),
  };
}

function singleFile({ path, env }: Browser, script: string | undefined): Tool {
  const sandbox = process.getuid?.() === 0 ? [`--browser-args=["--no-sandbox"]`] : [];
  return {
    name: "single-file",
    ...(script === undefined ? { missing: `not here: --install fetches ${SINGLE_FILE} for the run` } : {}),
    command: (url, folder) => [
      process.execPath,
      String(script),
      url,
      join(folder, "page.html"),
      `--browser-executable-path=${path}`,
      ...sandbox,
    ],
    env,
    prepare: async () => undefined,
    output: async (folder) => found("html", join(folder, "page.html")),
  };
}

function found(kind: "warc" | "html", path: string): Output {
  return existsSync(path) ? { kind, path } : { kind: "none" };
}

/** Path of its program. */
function installed(folder: string): string {
  const prefix = join(folder, "single-file");
  execFileSync("npm", ["install", "--prefix", prefix, "--no-audit", "--no-fund", "--loglevel=error", SINGLE_FILE]);
  return join(prefix, "node_modules", "single-file-cli", "single-file-node.js");
}
