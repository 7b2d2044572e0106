/**
 * The sandbox: a server of its own, on another host than the workbench's, for what others wrote. It knows no accounts, sets
 * no cookie and reads none; all that can be seen on it stands under names that nobody can guess. ReplayWeb.page
 * (`ui.js`, `sw.js`; AGPL, see NOTICE) is served as it was published, beside our files and not as a part of them.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { answerFile } from "./answer-file.ts";
import type { House } from "./house.ts";
import { nothingPage, replayPage, STYLE, speechFor } from "./sandbox-pages.ts";
import type { Sandbox } from "./sandbox-rooms.ts";
import { strictTransport } from "./strict-transport.ts";

/** Beside the published program (scripts/build.ts); in a checkout, where npm puts it. */
function programFolder(): string {
  const beside = fileURLToPath(new URL("../replay/", import.meta.url));
  return existsSync(beside) ? beside : dirname(fileURLToPath(import.meta.resolve("replaywebpage/index.html")));
}

/** Of the program, these files and no others. */
const PROGRAM_FILES: Readonly<Record<string, string>> = {
  "ui.js": "text/javascript; charset=utf-8",
  "sw.js": "text/javascript; charset=utf-8",
  "index.html": "text/html; charset=utf-8",
};

export interface SandboxParts {
  readonly house: House;
  readonly sandbox: Sandbox;
  /** The workbench's origin: the only one that may frame what is here. */
  readonly workbench: string;
}

/**
 * The origin of an address that was given, as browsers write and compare it. Throws `usage` where it is none, or is not
 * over TLS while the workbench is, whose pages could not frame it.
 */
export function sandboxOrigin(sandboxUrl: string, workbench: string): string {
  const url = URL.parse(sandboxUrl);
  const isWeb = url?.protocol === "https:" || (url?.protocol === "http:" && workbench.startsWith("http:"));
  if (url !== null && isWeb) return url.origin;
  throw new PlacardError("usage", `Captured pages cannot be shown at ${sandboxUrl} within ${workbench}.`, {
    next: "Give an address that begins with https://, as --sandbox-url.",
  });
}

/** Throws `usage` where it would share the workbench's host, or one lies below the other, and so its cookies. */
export function createSandbox({ house, sandbox, workbench }: SandboxParts) {
  const [own, theirs] = [sandbox.origin, workbench].map((url) => `.${new URL(url).hostname.replace(/\.$/, "")}`);
  if (own?.endsWith(theirs ?? "") || theirs?.endsWith(own ?? ""))
    throw new PlacardError(
      "usage",
      "Captured pages must be shown on another host than the workbench's, and not below it.",
      {
        next: "Use http://localhost for the one and http://127.0.0.1 for the other, or two domains, such as placard.example and placard-pages.example.",
      },
    );
  const app = new Hono();
  const strict = Object.entries(strictTransport(sandbox.origin));
  let program: string | undefined;
  app.use("*", async (c, next) => {
    await next();
    if (!c.res.headers.has("Content-Security-Policy")) c.header("Content-Security-Policy", ownPolicy(workbench));
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), autoplay=()");
    c.header("Cross-Origin-Resource-Policy", "same-origin");
    for (const [name, value] of strict) c.header(name, value);
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
    c.res.headers.delete("Set-Cookie");
  });
  app.onError((error, c) => {
    const gone = isPlacardError(error, "erased") || isPlacardError(error, "not_found");
    return c.text(gone ? error.message : "This cannot be shown.", gone ? 410 : 500);
  });
  app.notFound((c) => c.html(nothingPage(speechFor(c.req.query("in"))), 404));
  app.get("/r/:room/", (c) => {
    const room = sandbox.rooms.enter(c.req.param("room"));
    if (room?.kind !== "replay") return c.notFound();
    return c.html(replayPage(speechFor(c.req.query("in")), room.url));
  });
  app.get("/r/:room/archive.wacz", async (c) => {
    const room = sandbox.rooms.enter(c.req.param("room"));
    if (room?.kind !== "replay") return c.notFound();
    const { blob, mediaType, name } = await house.record().looking.file(room.id, "replay", room.viewer);
    return answerFile(c, { blob, mediaType, inline: false, name });
  });
  app.get("/p/:room", (c) => {
    const room = sandbox.rooms.enter(c.req.param("room"));
    if (room?.kind !== "page") return c.notFound();
    // The page names its own script and style sheet by hash; this only takes more away.
    c.header("Content-Security-Policy", `sandbox allow-scripts; connect-src 'none'; frame-ancestors ${workbench}`);
    return c.html(room.html);
  });
  for (const [file, type] of Object.entries(PROGRAM_FILES)) {
    app.get(`/replay/${file === "index.html" ? "" : file}`, async (c) => {
      program ??= programFolder();
      const headers = { "Content-Type": type, "Cache-Control": "no-cache" };
      return c.body(new Uint8Array(await readFile(join(program, file))), 200, headers);
    });
  }
  app.get("/look.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));
  return app;
}

/**
 * Nothing from anywhere else, and no style within a page either: of the program only its emblem is smaller for it, and stands still
 * while something loads. It compiles WebAssembly; what it replays comes to the page through its service worker, with a policy of its own.
 */
function ownPolicy(workbench: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "frame-src 'self'",
    "worker-src 'self' blob:",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors 'self' ${workbench}`,
  ].join("; ");
}
