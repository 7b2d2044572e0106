/** What a verdict means, in sentences for whoever was handed the file: the same on the command line and on the page. */
import type { Coded, Told } from "../lib/told.ts";
import { say } from "./said.ts";
import type { Check, Exhibit, Verdict } from "./verdict.ts";

export function headingOf(verdict: Verdict): string {
  return headingSaid(verdict).text;
}

export function headingSaid({ verdict, exhibit }: Verdict): Told {
  return say(isSample(exhibit) ? "heading_sample" : `heading_${verdict}`);
}

export function meaningOf(verdict: Verdict): readonly string[] {
  return meaningSaid(verdict).map(({ text }) => text);
}

export function meaningSaid({ verdict, checks, exhibit }: Verdict): readonly TextOrTold[] {
  if (verdict === "unreadable") return [say(checks[0]?.code === "storage" ? "means_not_opened" : "means_unreadable")];
  if (verdict === "fails") return [say("means_fails")];
  if (exhibit === undefined) return [say("means_archive")];
  const remarks = ["origin", "byte record"].flatMap(
    (told) => checks.find(({ name, state }) => name === told && state === "absent") ?? [],
  );
  const vouched = stateOf(checks, "witnesses") === "holds" || stateOf(checks, "timestamps") === "holds";
  return [
    ...(isSample(exhibit) ? [say("means_sample")] : []),
    say("means_unchanged"),
    ...remarks.map(({ why, told }) => ({ text: why, ...told })),
    ...(vouched ? [] : [say("means_own_word")]),
    ...(stateOf(checks, "trust") === "absent" ? [say("means_trust")] : []),
  ];
}

/** A sentence, with its code where it has one. */
export type TextOrTold = { readonly text: string } & Partial<Coded>;

function isSample(exhibit: Exhibit | undefined): boolean {
  return exhibit?.fields["sample"] === true;
}

function stateOf(checks: readonly Check[], name: string): Check["state"] | undefined {
  return checks.find((check) => check.name === name)?.state;
}
