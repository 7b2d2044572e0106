/** What looked damaged in an audit may only have been on its way out: another process erases while we look. */
import { leafHash } from "../ledger/merkle.ts";
import { PlacardError } from "../lib/error.ts";
import { exhibitId } from "../record/exhibit-id.ts";
import { entryOf } from "../record/sd-jwt.ts";
import { isVaultDamage, readEach } from "./acts.ts";
import { type ActsSeen, lookAtErasure } from "./audit-acts.ts";
import type { RecordContext } from "./context.ts";
import { finishErasures } from "./erase-exhibit.ts";
import type { Finding } from "./finding.ts";

/**
 * Waits until every erasure committed by now is done, and takes in those committed since the audit read the ledger's
 * size, `from`. What a finished erasure explains is told of in `seen` as such, and is not among the findings returned.
 */
export async function withoutErasedSince(
  context: RecordContext,
  from: number,
  seen: ActsSeen,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  // The size first: of an erasure committed after it nothing is taken in, and all up to it are done below.
  const { size } = await context.log.head();
  await finishErasures(context).catch((error: unknown) => {
    if (!isVaultDamage(error)) throw error;
  });
  for await (const sealed of readEach(context.vault, from, size)) {
    if (!(sealed instanceof PlacardError)) lookAtErasure(sealed, seen);
  }
  const gone = new Set<number>();
  for (const position of seen.erasures.keys()) {
    for await (const sealed of readEach(context.vault, position, position + 1)) {
      if (sealed instanceof PlacardError || sealed.disclosures.length > 0) continue;
      seen.bare.set(position, exhibitId(leafHash(entryOf(sealed.jwt))));
      gone.add(position);
    }
  }
  return findings.filter(({ what, position }) => what !== "blob" || position === undefined || !gone.has(position));
}
