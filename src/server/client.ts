/** The network address that asks, and how often it may. */
import type { Context, MiddlewareHandler } from "hono";
import { refuse } from "./errors.ts";
import type { Env, Parts } from "./parts.ts";
import { say } from "./said.ts";

/** What the server that carries the application says of a connection; absent where there is none, as in tests. */
interface Connection {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/** As the connection has it; behind a reverse proxy of ours, as that proxy has it: the last address it added. */
export function clientOf(c: Context<Env>, { behindProxy = false }: Parts): string {
  const forwarded = behindProxy ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const connection = c.env as Connection | undefined;
  return forwarded || connection?.incoming?.socket?.remoteAddress || "unknown";
}

const WINDOW = 60_000;
const MOST_CLIENTS = 10_000;

/** At most so many requests a minute from one client; for routes that anyone may try tokens at. */
export function throttled(parts: Parts, most: number): MiddlewareHandler<Env> {
  let since = Date.now();
  const counts = new Map<string, number>();
  return async (c, next) => {
    if (Date.now() - since >= WINDOW || counts.size > MOST_CLIENTS) {
      counts.clear();
      since = Date.now();
    }
    const client = clientOf(c, parts);
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    if (count <= most) return next();
    return refuse(c, 429, "too_often", say("too_often"), say("wait_minute"));
  };
}
