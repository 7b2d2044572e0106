/** Some room is kept free on the record's disk: so that people can still sign in and look when it is full, and erase. */
import type { MiddlewareHandler } from "hono";
import { diskFull, freeRoom } from "../lib/room.ts";
import type { Env, Parts } from "./parts.ts";

/** Sessions, a journal of the index and a back-up's lists are written within it. */
const KEPT_FREE = 16 << 20;

/**
 * What asks by POST and keeps nothing, or is needed to get at what is there: signing in, a way back, checking, replaying, reading
 * by machine, previews, giving up a capture, trying an authority, what was sent in, and the back-up, which is taken to another disk.
 * Not being asked for a passkey, though it keeps nothing: nobody is to make one for an account that there is no room for.
 */
const KEEPS_NOTHING =
  /^\/api\/(?:auth\/|recovery$|exhibits\/[^/]+\/(?:verify|replay|reading)$|settings\/try-|placards\/preview$|questions\/[^/]+\/letters\/preview$|captures\/[^/]+\/cancel$|back-up$|house\/restore\/try$|intake\/(?:work|receipt\/withdrawal)$|inbox\/[^/]+\/look$)/;

/** Whether a request is for something new to be kept. Taking away is not: who is removed must not stay for want of room. */
export function keepsSomething(method: string, path: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "DELETE"].includes(method) && !KEEPS_NOTHING.test(path);
}

export function keepRoom({ house, keptFree = KEPT_FREE }: Parts): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (keepsSomething(c.req.method, c.req.path) && freeRoom(house.folder) < keptFree) throw diskFull();
    return next();
  };
}
