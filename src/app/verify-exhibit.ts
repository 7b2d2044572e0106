/** Verifies an exhibit where it is: its proof is written as it would be handed out, and read as anybody would read it. */
import { join } from "node:path";
import { openScratch, removeScratch } from "../capture/scratch.ts";
import type { Told } from "../lib/told.ts";
import type { Verdict } from "../verify/verdict.ts";
import type { RecordContext } from "./context.ts";
import { proofOf } from "./export-exhibit.ts";
import { headingSaid, meaningSaid, type TextOrTold, verifyFile } from "./verify-file.ts";
import { writeTarget } from "./write-target.ts";

export interface VerdictInWords {
  readonly verdict: Verdict["verdict"];
  readonly heading: Told;
  readonly meaning: readonly TextOrTold[];
  readonly checks: Verdict["checks"];
}

/** Throws `not_found`, `erased`, `storage`. */
export async function verifyExhibit(context: RecordContext, id: string): Promise<VerdictInWords> {
  const { chunks } = await proofOf(context, id);
  const folder = await openScratch(context.folder.scratch);
  try {
    const file = join(folder, "proof.placard");
    await writeTarget(file, chunks);
    const verdict = await verifyFile(file);
    return {
      verdict: verdict.verdict,
      heading: headingSaid(verdict),
      meaning: meaningSaid(verdict),
      checks: verdict.checks,
    };
  } finally {
    await removeScratch(folder);
  }
}
