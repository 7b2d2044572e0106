/** How far an exhibit is on its way to the public, as the acts about it say (src/show/fold.ts). */
import { type ActAbout, actsAbout } from "../../index/likeness.ts";
import type { Json } from "../../lib/json.ts";
import type { Told } from "../../lib/told.ts";
import { type GateAct, gateActOf } from "../../show/acts.ts";
import { type Standing, standingOf } from "../../show/fold.ts";
import { HOLDS, WITHDRAWALS } from "../../show/rules.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";

/** By whom an assessment is, whatever it says. */
const CODED = "assessed";

/** `id` as the index writes it. */
export async function standingIn(context: RecordContext, id: string): Promise<Standing> {
  return standingFrom(await context.index.ask((raw) => actsAbout(raw, id)), context.clock.now());
}

/** The same of acts that are at hand, in the ledger's order. */
export function standingFrom(about: readonly ActAbout[], now: number): Standing {
  const coders = about.flatMap(({ act, actor }) => (act === CODED && actor !== null ? [actor] : []));
  return standingOf(
    about.flatMap((one) => gateActIn(one) ?? []),
    now,
    coders,
  );
}

/** Undefined where it is no step to the public. */
export function gateActIn({ act, id, position, at, actor, said }: ActAbout): GateAct | undefined {
  return said === null
    ? undefined
    : gateActOf(act, { id, position, at, actor }, JSON.parse(said) as Readonly<Record<string, Json>>);
}

/** That a step was taken, in words. */
export function stepSaid(step: GateAct): Told {
  switch (step.act) {
    case "held":
      return say("step_held", { why: HOLDS[step.hold].why });
    case "withdrawn":
      return say("step_withdrawn", { why: WITHDRAWALS[step.because].why });
    default:
      return say(`step_${step.act}`);
  }
}
