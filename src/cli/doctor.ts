import { diagnose } from "../app/doctor.ts";
import { EXIT, type Output, printable } from "./output.ts";

const HEADINGS = { holds: "All is well", fails: "Something is not as it should be" } as const;

export async function doctor(folder: string, output: Output): Promise<number> {
  const diagnosis = await diagnose(folder, { onProgress: (step) => output.progress(step) });
  const signs = diagnosis.signs.flatMap(({ what, state, why, next }) => [
    `  ${state.padEnd(6)} ${what.padEnd(12)} ${printable(why)}`,
    ...(next === undefined ? [] : [`  ${"".padEnd(6)} ${"".padEnd(12)} → ${printable(next)}`]),
  ]);
  output.result({ verb: "doctor", ...diagnosis }, [HEADINGS[diagnosis.verdict], ...signs].join("\n"));
  return diagnosis.verdict === "holds" ? EXIT.holds : EXIT.doesNot;
}
