/** Exhibits on their way to the public, each just before one of its steps. */
import type { StepTaken } from "../../src/app/publication/publication.ts";
import type { PlacardRecord } from "../../src/app/record.ts";

export const NOTE = "A neighbourhood should know what is said of it on its own notice board.";
export const STEPS = [
  "cleared",
  "reasoned",
  "held",
  "released",
  "approved",
  "published",
  "corrected",
  "confirmed",
  "withdrawn",
] as const;
type StepName = (typeof STEPS)[number];

export interface Before {
  readonly id: string;
  /** What takes the step. */
  readonly json: Readonly<Record<string, string>>;
}

/** `ids`: as many exhibits as there are steps. Prepared by one person and agreed to by another. */
export async function onTheWay(
  record: PlacardRecord,
  ids: readonly string[],
  [one, other]: readonly [string, string] = ["actor-x", "actor-y"],
): Promise<Readonly<Record<StepName, Before>>> {
  const found: (readonly [StepName, Before])[] = [];
  for (const [i, step] of STEPS.entries()) {
    const id = ids[i] ?? "";
    await record.redacting.seal(id, { fields: ["author"] }, one);
    found.push([step, { id, json: await comeTo(record, id, step, one, other) }]);
  }
  return Object.fromEntries(found) as Record<StepName, Before>;
}

async function comeTo(record: PlacardRecord, id: string, step: StepName, one: string, other: string) {
  const take = (taken: StepTaken, actor: string) => record.publications.take(id, taken, actor);
  const { standing } = await record.publications.of(id);
  const redaction = standing.redaction?.id ?? "";
  if (step === "cleared") return { redaction };
  if (step === "reasoned") return { note: NOTE };
  if (step === "held") return { hold: "active-proceedings", why: "There is a hearing." };
  if (step === "released") {
    const held = await take({ act: "held", hold: "active-proceedings", why: "There is a hearing." }, one);
    return { held: held.standing.holds[0]?.id ?? "", why: "It is over." };
  }
  const cleared = (await take({ act: "cleared", redaction }, one)).standing.cleared ?? "";
  const noted = await take({ act: "reasoned", note: NOTE, masked: [], unmasked: [] }, one);
  const agreement = { cleared, note: noted.standing.note?.id ?? "" };
  if (step === "approved") return agreement;
  const approval = (await take({ act: "approved", ...agreement }, other)).standing.agreed?.approval ?? "";
  if (step === "published") return { approval };
  await take({ act: "published", approval }, one);
  if (step === "corrected") return { what: "It was posted a day before.", why: "The page names no zone." };
  if (step === "withdrawn") return { because: "checking" };
  const corrected = await take({ act: "corrected", what: "It was a day before.", why: "No zone is named." }, one);
  return { correction: corrected.standing.corrections[0]?.id ?? "" };
}
