/** What became of each letter about a question, from all that was told of it in whatever order. */
import type { ActOf } from "./acts.ts";
import { dayIn } from "./days.ts";

type Carried = ActOf<"carried">;

/**
 * `agreed`: nothing is known but that it was agreed to. `unclear`: it may have gone out, or two that should know contradict one another.
 * `bounced`: it came back. `cancelled`: it never went out, and will not.
 */
export type Fate = "agreed" | "cancelled" | "unclear" | "bounced" | "sent" | "delivered";

export interface Letter {
  readonly id: string;
  readonly act: ActOf<"letter">;
  readonly fate: Fate;
  readonly carried: readonly Carried[];
  /** The day it went out, where it was sent to. */
  readonly wentOn?: string;
  readonly deliveredOn?: string;
  readonly cameBackOn?: string;
}

const OUT: ReadonlySet<string> = new Set(["accepted", "posted", "handed", "published", "delayed", "delivered"]);
const ARRIVED: ReadonlySet<string> = new Set(["delivered", "handed"]);

export function letterOf(id: string, act: ActOf<"letter">, carried: readonly Carried[], zone: string): Letter {
  const firstDay = (states: ReadonlySet<string>): string | undefined => {
    const times = carried.filter(({ state }) => states.has(state)).map(({ at }) => Date.parse(at));
    return times.length === 0 ? undefined : dayIn(zone, Math.min(...times));
  };
  const [wentOn, deliveredOn, cameBackOn] = [firstDay(OUT), firstDay(ARRIVED), firstDay(new Set(["bounced"]))];
  return {
    id,
    act,
    carried,
    fate: fateOf(new Set(carried.map(({ state }) => state))),
    ...(wentOn === undefined ? {} : { wentOn }),
    ...(deliveredOn === undefined ? {} : { deliveredOn }),
    ...(cameBackOn === undefined ? {} : { cameBackOn }),
  };
}

function fateOf(states: ReadonlySet<string>): Fate {
  const arrived = [...states].some((state) => ARRIVED.has(state));
  if (states.has("bounced")) return arrived ? "unclear" : "bounced";
  if (arrived) return "delivered";
  if ([...states].some((state) => OUT.has(state))) return "sent";
  if (states.has("uncertain")) return "unclear";
  return states.has("cancelled") ? "cancelled" : "agreed";
}

/** Whether it is known to have gone out, and not to have come back. */
export function wentOut(letter: Letter): letter is Letter & { readonly wentOn: string } {
  return (letter.fate === "sent" || letter.fate === "delivered") && letter.wentOn !== undefined;
}
