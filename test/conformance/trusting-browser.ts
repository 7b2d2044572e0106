/** The browser that captures use, told to trust one key: what captures do is not changed for a test's certificate. */
import { createHash, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "../../src/app/environment.ts";
import { type Browser, findBrowser } from "../../src/capture/browser.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Writes a shell script into `folder` that starts the browser with one more argument. */
export async function trustingBrowser(folder: string, certificate: Buffer): Promise<Browser> {
  const { browser: configured, cacheFolder, variables } = readEnvironment();
  const found = await findBrowser({ cacheFolder, variables, ...(configured === undefined ? {} : { configured }) });
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  const list = createHash("sha256").update(spki).digest("base64");
  const path = join(folder, "browser.sh");
  const lines = ["#!/bin/sh", `exec ${quoted(found.path)} "$@" --ignore-certificate-errors-spki-list=${list}`];
  writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o700 });
  return { ...found, path };
}
