/** What is told in words is small; more than that is not read, least of all from somebody who has not signed in. */
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

const LARGEST = 64 * 1024;

/** Files, however long they take: what reads them waits while something comes, and no longer. */
const FILES: ReadonlySet<string> = new Set([
  "/api/imports",
  "/api/house/restore",
  "/api/cases",
  "/api/intake/sent",
  "/api/mail",
]);

export const takesFile = (path: string): boolean => FILES.has(path);

/** Long lists of links, and files: these bound what they read by themselves. */
const LARGER: ReadonlySet<string> = new Set(["/api/captures", ...FILES]);

const limit = bodyLimit({
  maxSize: LARGEST,
  onError: () => {
    throw new PlacardError("too_large", say("longer_than_told"));
  },
});

export const smallBodies: MiddlewareHandler = (c, next) => (LARGER.has(c.req.path) ? next() : limit(c, next));
