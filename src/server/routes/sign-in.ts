/** Signing in: each line of the access table below /api/auth/ is a route, answered by the accounts' library. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS } from "../access.ts";
import { clientOf } from "../client.ts";
import type { Env, Parts } from "../parts.ts";

export function signInRoutes(parts: Parts) {
  const routes = new OpenAPIHono<Env>();
  for (const line of Object.keys(ACCESS)) {
    const [method = "", path = ""] = line.split(" ");
    if (!path.startsWith("/api/auth/")) continue;
    routes.on(method, path, (c) =>
      parts.accounts.handle(c.req.raw, { client: clientOf(c, parts), member: c.get("member"), path }),
    );
  }
  return routes;
}
