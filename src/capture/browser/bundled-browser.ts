/**
 * Unpacks the browser of `@sparticuz/chromium`. Left alone, that package unpacks to `chromium` in the system's shared
 * temporary folder and runs whatever it finds there: on a machine with other users, a way to run theirs as us. So it is
 * made to unpack (in a process whose temporary folder is ours) into a private folder, which is put in place whole.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { utf8 } from "../../lib/bytes.ts";
import { makeFolder, realFileSystem, writeDurable } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, parseJson } from "../../lib/json.ts";
import { emojiFonts } from "./emoji-fonts.ts";

const run = promisify(execFile);
const UNPACK = "const { default: chromium } = await import(process.argv[1]); await chromium.executablePath();";
/** Makes the package unpack its own libnss3 too, for systems without. */
const WITH_LIBRARIES = { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" };
const SYSTEM_FONTS = "/etc/fonts/fonts.conf";
/** Raised when what is put beside the browser changes, so that an older folder is not taken for it. */
const FOLDER_FORM = 2;

export interface UnpackedBrowser {
  readonly path: string;
  /** Folder of shared libraries for systems that lack them. */
  readonly libraries: string;
  /** A fontconfig file: the system's typefaces, where it has any, and those that come with us. */
  readonly fontConfig: string;
}

/** Quick when it is there already; two that unpack at once do not disturb each other. Throws `no_browser`. */
export async function unpackBundled(cacheFolder: string, env: Record<string, string>): Promise<UnpackedBrowser> {
  const entry = import.meta.resolve("@sparticuz/chromium");
  const folder = join(cacheFolder, `chromium-${await versionOf(entry)}-${FOLDER_FORM}`);
  if (!existsSync(join(folder, "chromium"))) await unpackInto(folder, cacheFolder, entry, env);
  return {
    path: join(folder, "chromium"),
    libraries: join(folder, "al2023", "lib"),
    fontConfig: join(folder, "fonts", "placard.conf"),
  };
}

async function unpackInto(
  folder: string,
  cacheFolder: string,
  entry: string,
  env: Record<string, string>,
): Promise<void> {
  await makeFolder(cacheFolder, { mode: 0o700 });
  const temporary = await mkdtemp(join(cacheFolder, "unpacking-"));
  try {
    await chmod(temporary, 0o700);
    await run(process.execPath, ["--input-type=module", "--eval", UNPACK, entry], {
      env: { ...env, ...WITH_LIBRARIES, TMPDIR: temporary },
      timeout: 120_000,
    });
    for await (const { name, bytes } of emojiFonts()) await writeDurable(join(temporary, "fonts", name), bytes);
    await writeDurable(join(temporary, "fonts", "placard.conf"), utf8(fontConfig(join(folder, "fonts"), cacheFolder)));
    await realFileSystem.rename(temporary, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process put the same there first.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } catch (cause) {
    throw new PlacardError("no_browser", `The bundled browser could not be unpacked: ${(cause as Error).message}`, {
      cause,
      next: `Make room in ${cacheFolder}, or install Chrome, Chromium or Edge.`,
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function versionOf(entry: string): Promise<string> {
  const manifest = await readFile(fileURLToPath(new URL("../package.json", entry)), "utf8");
  const parsed = parseJson(manifest, "package.json of @sparticuz/chromium");
  return isJsonObject(parsed) ? String(parsed["version"]) : "unknown";
}

function fontConfig(fonts: string, cacheFolder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">${SYSTEM_FONTS}</include>
<dir>${escaped(fonts)}</dir><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>
<cachedir>${escaped(join(cacheFolder, "font-cache"))}</cachedir></fontconfig>\n`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
