/** The workbench as it was built: its files as they are, and for every other address its one page; but for strangers who send something in, one of their own. */
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Handler } from "hono";
import type { Env, Parts } from "./parts.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
/** Names that the build gives: they change with what is in the file. */
const ASSET = /^\/assets\/[\w.-]+$/;
const BESIDE = /^\/(?:manifest\.webmanifest|icon(?:-\d+)?\.(?:png|svg)|sw\.js)$/;

export function screens({ screens: folder }: Parts): Handler<Env> {
  return async (c) => {
    const { path } = c.req;
    if (ASSET.test(path) || BESIDE.test(path)) {
      const file = join(folder, path);
      if (!existsSync(file)) return c.notFound();
      const cache = ASSET.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
      const type = TYPES[extname(path)] ?? "application/octet-stream";
      return c.body(new Uint8Array(await readFile(file)), 200, { "Content-Type": type, "Cache-Control": cache });
    }
    const name = path === "/send" ? "send.html" : "index.html";
    const page = readFileSync(join(folder, name), "utf8").replaceAll("%NONCE%", c.get("nonce"));
    return c.html(page, 200, { "Cache-Control": "no-store" });
  };
}
