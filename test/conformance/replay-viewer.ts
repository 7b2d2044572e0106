/**
 * ReplayWeb.page as it is published (npm `replaywebpage`, AGPL, unmodified and never part of Placard), served from
 * loopback with one archive beside it, and open in a browser that can reach nothing else.
 */
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Frame, type Page } from "playwright-core";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { VIEWPORT } from "../../src/capture/browser/launch.ts";

const PROGRAM = dirname(fileURLToPath(import.meta.resolve("replaywebpage/index.html")));
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html; charset=utf-8" };
const ARRIVAL = 20_000;

export interface Viewer extends AsyncDisposable {
  /** Opens a page of the archive as the program shows it; `height` is the room it gets, in pixels. */
  replay(url: string, height: number): Promise<Replayed>;
}

export interface Replayed {
  readonly frame: Frame;
  /** PNG of what the frame shows. */
  picture(): Promise<Buffer>;
}

/** Serves `archive` (a path) and starts the browser. */
export async function openViewer(archive: string, { path, env }: Browser): Promise<Viewer> {
  const server = createServer((request, response) => answer(request, response, archive));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: path,
    env,
    args: ["--disable-gpu", "--font-render-hinting=none", `--host-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
  });
  const page = await (await browser.newContext({ viewport: VIEWPORT, locale: "en-US" })).newPage();
  return {
    async replay(url, height) {
      await page.setViewportSize({ width: VIEWPORT.width, height });
      await page.goto(`${origin}/?${new URLSearchParams({ url })}`);
      const frame = await shownIn(page);
      return { frame, picture: () => page.screenshot({ animations: "disabled", caret: "hide" }) };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The frame in which the archived page stands, not those within it. */
async function shownIn(page: Page): Promise<Frame> {
  const until = performance.now() + ARRIVAL;
  for (;;) {
    const frame = page.frames().find((one) => /\dmp_\/https?:/.test(one.url()) && /\/replay\/\?/.test(parentOf(one)));
    if (frame !== undefined) {
      await frame.waitForLoadState("load");
      return frame;
    }
    const seen = page.frames().map((one) => one.url());
    if (performance.now() > until) throw new Error(`It was not replayed: ${seen.join(" ")}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const parentOf = (frame: Frame): string => frame.parentFrame()?.url() ?? "";

function answer(request: IncomingMessage, response: ServerResponse, archive: string): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/") return end(response, 200, ".html", embedding(searchParams.get("url") ?? ""));
  if (pathname === "/archive.wacz") return serveArchive(request, response, archive);
  const name = /^\/replay\/((?:ui|sw)\.js)?$/.exec(pathname);
  if (name === null) return end(response, 404, ".html", "none");
  const file = name[1] ?? "index.html";
  end(response, 200, extname(file), readFileSync(join(PROGRAM, file)));
}

function end(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { "Content-Type": TYPES[type] ?? extname(type) }).end(body);
}

function embedding(url: string): string {
  const attribute = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!doctype html><style>html, body, replay-web-page { margin: 0; width: 100%; height: 100%; display: block }</style>
<script src="/replay/ui.js"></script><replay-web-page source="/archive.wacz" replaybase="/replay/" embed="replayonly" url="${attribute}"></replay-web-page>`;
}

/** In ranges, since the program reads an archive from its end (RFC 9110 §14). */
function serveArchive({ method, headers }: IncomingMessage, response: ServerResponse, archive: string): void {
  const { size } = statSync(archive);
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "");
  const start = range === null ? 0 : range[1] === "" ? Math.max(0, size - Number(range[2])) : Number(range[1]);
  const last = range === null || range[1] === "" || range[2] === "" ? size - 1 : Math.min(size - 1, Number(range[2]));
  response.writeHead(range === null ? 200 : 206, {
    "Content-Type": "application/wacz",
    "Accept-Ranges": "bytes",
    "Content-Length": last + 1 - start,
    ...(range === null ? {} : { "Content-Range": `bytes ${start}-${last}/${size}` }),
  });
  if (method === "HEAD") response.end();
  else createReadStream(archive, { start, end: last }).pipe(response);
}
