/** What changes something is taken from our own pages only, whatever form it has: a browser says where a request comes from. */
import type { MiddlewareHandler } from "hono";
import { refuse } from "./errors.ts";
import type { Env, Parts } from "./parts.ts";
import { say } from "./said.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

export function ownOrigin({ accounts }: Parts): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (READS.has(c.req.method)) return next();
    const origin = c.req.header("origin");
    const site = c.req.header("sec-fetch-site");
    const own = site === undefined || site === "same-origin" || site === "none";
    if (own && (origin === undefined || origin === accounts.baseUrl)) return next();
    return refuse(c, 403, "elsewhere", say("from_elsewhere"), say("open_and_do", { url: accounts.baseUrl }));
  };
}
