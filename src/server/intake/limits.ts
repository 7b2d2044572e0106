/** How often one address, and everybody together, may do something. Addresses are held in memory for as long as that, and nowhere else. */
import { isIPv6 } from "node:net";
import type { MiddlewareHandler } from "hono";
import { clientOf } from "../client.ts";
import { refuse } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { say } from "../said.ts";

export interface Allowance {
  /** Milliseconds. */
  readonly within: number;
  readonly each: number;
  readonly inAll: number;
}

export interface Limit {
  /** How many there were in all. */
  readonly count: number;
  has(client: string): boolean;
  note(client: string): void;
}

export function openLimit({ within, each, inAll }: Allowance, now: () => number = Date.now): Limit {
  let times: readonly { readonly at: number; readonly who: string }[] = [];
  const lately = () => {
    const since = now() - within;
    if (times.length > 0 && (times[0]?.at ?? 0) <= since) times = times.filter(({ at }) => at > since);
    return times;
  };
  return {
    get count() {
      return lately().length;
    },
    has: (client) => {
      const all = lately();
      const who = placeOf(client);
      return all.length < inAll && all.filter((one) => one.who === who).length < each;
    },
    note: (client) => {
      times = [...lately(), { at: now(), who: placeOf(client) }];
      // Not held until somebody happens to ask again.
      setTimeout(lately, within + 1).unref();
    },
  };
}

/** Whoever has an IPv6 address has all those that begin as it does (a /64). */
function placeOf(client: string): string {
  const bare = client.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(bare)) return bare;
  const [head = "", tail = ""] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split("::");
  const [before, after] = [head, tail].map((part) => part.split(":").filter((group) => group !== ""));
  const missing = Array<string>(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill("0");
  return [...(before ?? []), ...missing, ...(after ?? [])].slice(0, 4).join(":");
}

export const TOO_OFTEN = [429, "too_often", say("done_too_often"), say("wait_a_while")] as const;

export function limited(parts: Parts, allowance: Allowance): MiddlewareHandler<Env> {
  const limit = openLimit(allowance);
  return async (c, next) => {
    const client = clientOf(c, parts);
    if (!limit.has(client)) return refuse(c, ...TOO_OFTEN);
    limit.note(client);
    return next();
  };
}
