/** What may be shown on the sandbox's origin, each under a name that nobody can guess, and for a while only. */
import { randomBytes } from "node:crypto";
import type { Viewer } from "../app/looking.ts";

/** The replay of an exhibit, or a page of ours: the placards as they print. */
export type Room =
  | { readonly kind: "replay"; readonly id: string; readonly url: string; readonly viewer: Viewer }
  | { readonly kind: "page"; readonly html: string };

export interface Sandbox {
  /** Another host than the workbench's: cookies are of a host and not of a port. */
  readonly origin: string;
  readonly rooms: Rooms;
}

export interface Rooms {
  /** Returns the room's name. */
  let(room: Room): string;
  /** Undefined where there is none of this name any more. */
  enter(name: string): Room | undefined;
}

/** Milliseconds since it was last looked into, and since it was let. */
const IDLE = 30 * 60_000;
const LONGEST = 8 * 3_600_000;
const MOST = 200;
const NAME_BYTES = 24;

export function openRooms(now: () => number = Date.now): Rooms {
  const rooms = new Map<string, { readonly room: Room; readonly since: number; used: number }>();
  const sweep = (): void => {
    const at = now();
    for (const [name, { since, used }] of rooms) if (at - used > IDLE || at - since > LONGEST) rooms.delete(name);
  };
  return {
    let(room) {
      sweep();
      const [oldest] = rooms.keys();
      if (rooms.size >= MOST && oldest !== undefined) rooms.delete(oldest);
      const name = randomBytes(NAME_BYTES).toString("base64url");
      rooms.set(name, { room, since: now(), used: now() });
      return name;
    },
    enter(name) {
      sweep();
      const found = rooms.get(name);
      if (found !== undefined) found.used = now();
      return found?.room;
    },
  };
}
