/** What may be shown on the sandbox's origin, each under a name that nobody can guess, and for a while only. */
import { randomBytes } from "node:crypto";
import type { Viewer } from "../app/looking.ts";
import { PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

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
  /** Lets a room to a member, whose oldest goes where they have too many. Returns its name. Throws `too_large`. */
  let(room: Room, whose: string): string;
  /** Undefined where there is none of this name any more. */
  enter(name: string): Room | undefined;
  /** All that a member was let. */
  closeOf(whose: string): void;
  /** All pages: they hold what they show, and nobody knows which shows what was erased. */
  closePages(): void;
  /** How often pages were closed: what was laid out before the last time must not be let after it. */
  readonly pagesClosed: number;
}

/** Milliseconds since it was last looked into, and since it was let. */
const IDLE = 30 * 60_000;
const LONGEST = 8 * 3_600_000;
/** A member's rooms. */
const MOST_EACH = 50;
/** Bytes of all pages that are held. */
const MOST_BYTES = 64 * 1024 * 1024;
const NAME_BYTES = 24;

interface Let {
  readonly room: Room;
  readonly whose: string;
  /** Held in memory. */
  readonly bytes: number;
  readonly since: number;
  used: number;
}

export function openRooms(now: () => number = Date.now): Rooms {
  const rooms = new Map<string, Let>();
  let pagesClosed = 0;
  const closeWhere = (isGone: (one: Let) => boolean): void => {
    for (const [name, one] of rooms) if (isGone(one)) rooms.delete(name);
  };
  const sweep = (): void => {
    const at = now();
    closeWhere(({ since, used }) => at - used > IDLE || at - since > LONGEST);
  };
  return {
    let(room, whose) {
      sweep();
      const bytes = room.kind === "page" ? Buffer.byteLength(room.html) : 0;
      if (bytes > MOST_BYTES)
        throw new PlacardError("too_large", say("placards_too_large"), {
          next: say("choose_fewer_placards"),
        });
      const theirs = [...rooms].filter(([, one]) => one.whose === whose);
      const [oldest] = theirs;
      if (theirs.length >= MOST_EACH && oldest !== undefined) rooms.delete(oldest[0]);
      makeRoom(rooms, bytes, whose);
      const name = randomBytes(NAME_BYTES).toString("base64url");
      rooms.set(name, { room, whose, bytes, since: now(), used: now() });
      return name;
    },
    enter(name) {
      sweep();
      const found = rooms.get(name);
      if (found !== undefined) found.used = now();
      return found?.room;
    },
    closeOf: (whose) => closeWhere((one) => one.whose === whose),
    closePages: () => {
      pagesClosed += 1;
      closeWhere(({ room }) => room.kind === "page");
    },
    get pagesClosed() {
      return pagesClosed;
    },
  };
}

/** The oldest page goes of whoever would hold the most, so that nobody who holds little is put out by somebody who holds much. */
function makeRoom(rooms: Map<string, Let>, bytes: number, whose: string): void {
  for (;;) {
    const held = [...rooms].filter(([, one]) => one.bytes > 0);
    if (held.reduce((sum, [, one]) => sum + one.bytes, bytes) <= MOST_BYTES) return;
    const heldBy = new Map([[whose, bytes]]);
    for (const [, one] of held) heldBy.set(one.whose, (heldBy.get(one.whose) ?? 0) + one.bytes);
    const [most] = [...heldBy].reduce((a, b) => (b[1] > a[1] ? b : a));
    const gone = held.find(([, one]) => one.whose === most) ?? held[0];
    if (gone === undefined) return;
    rooms.delete(gone[0]);
  }
}
