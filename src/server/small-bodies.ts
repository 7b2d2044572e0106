/** What is told in words is small; more than that is not read, least of all from somebody who has not signed in. */
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { PlacardError } from "../lib/error.ts";

const LARGEST = 64 * 1024;

/** Long lists of links, and files: these bound what they read by themselves. */
const LARGER: ReadonlySet<string> = new Set([
  "/api/captures",
  "/api/imports",
  "/api/house/restore",
  "/api/cases",
  "/api/intake/sent",
]);

const limit = bodyLimit({
  maxSize: LARGEST,
  onError: () => {
    throw new PlacardError("too_large", "This is longer than anything that is told here.");
  },
});

export const smallBodies: MiddlewareHandler = (c, next) => (LARGER.has(c.req.path) ? next() : limit(c, next));
