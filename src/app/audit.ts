/** audit: recomputes the whole ledger from the vault, and every blob's hash; says exactly what is missing, erased or altered. */
import { leafHash } from "../ledger/merkle.ts";
import { checkTree, type FileFault, type PublishedBundle } from "../ledger/tree-check.ts";
import { equal, toHex } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { exhibitId } from "../record/exhibit-id.ts";
import { entryOf } from "../record/sd-jwt.ts";
import { readEach } from "./acts.ts";
import { type ActsSeen, lookAtAct, newActsSeen, settleErasures } from "./audit-acts.ts";
import { withoutErasedSince } from "./audit-again.ts";
import { auditAttested } from "./audit-attested.ts";
import { auditBlobs } from "./audit-blobs.ts";
import type { RecordContext } from "./context.ts";
import type { AuditProgress, Finding } from "./finding.ts";
import { listSessions } from "./sessions.ts";

export type { AuditProgress, Finding } from "./finding.ts";

export interface AuditResult {
  readonly verdict: "holds" | "fails";
  readonly size: number;
  readonly root: string;
  readonly acts: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** Never throws for what it finds: damage is a finding. Throws only where the record cannot be read at all. */
export async function audit(
  context: RecordContext,
  onProgress?: AuditProgress,
  signal?: AbortSignal,
): Promise<AuditResult> {
  const head = await context.log.head();
  const seen = newActsSeen();
  const tree = checkTree(context.backend, head.size);
  for (let bundle = await tree.next(); bundle !== undefined; bundle = await tree.next()) {
    signal?.throwIfAborted();
    await tree.add(await auditBundle(context, bundle, seen));
    onProgress?.(bundle.first + bundle.width, head.size, "acts");
  }
  const root = tree.root();
  const blobs = await auditBlobs(context.vault, seen, onProgress, signal);
  const inBlobs = await withoutErasedSince(context, head.size, seen, blobs.findings);
  const findings = [...seen.findings, ...settleErasures(seen), ...tree.faults.map(ledgerFinding)];
  if (root === undefined || !equal(root, head.root)) {
    const why =
      root === undefined
        ? "The signed root cannot be reached: neither ledger nor vault tells some of its entries."
        : "What is left of ledger and vault gives another root than the signed checkpoint.";
    findings.push({ what: "ledger", state: "altered", why });
  }
  findings.push(...inBlobs, ...(await auditAttested(context)), ...(await damagedSessions(context)));
  return {
    verdict: findings.some(({ state }) => state === "missing" || state === "altered") ? "fails" : "holds",
    size: head.size,
    root: toHex(head.root),
    acts: seen.read,
    blobs: seen.uses.size,
    bytes: blobs.bytes,
    findings,
  };
}

/** No evidence depends on a session, so one that cannot be opened fails nothing. */
async function damagedSessions(context: RecordContext): Promise<readonly Finding[]> {
  const { damaged } = await listSessions(context);
  return damaged.map(
    ({ id, why }): Finding => ({
      what: "session",
      state: "unreferenced",
      id,
      why: `This session cannot be opened, and no capture can use it: ${why} placard session forget ${id} removes it.`,
    }),
  );
}

/** Looks at up to 256 acts and returns the leaf hashes of their places, where all of them can be known. */
async function auditBundle(
  { vault }: RecordContext,
  { first, width, entries, leaves }: PublishedBundle,
  seen: ActsSeen,
): Promise<readonly Uint8Array[] | undefined> {
  const known: Uint8Array[] = [];
  let position = first;
  for await (const sealed of readEach(vault, first, first + width)) {
    const published = entries?.[position - first];
    const kept = sealed instanceof PlacardError ? undefined : leafHash(entryOf(sealed.jwt));
    const inEntries = published && leafHash(published);
    const leaf = genuineLeaf(kept, inEntries, leaves?.[position - first]);
    const named = { what: "act", position, ...(leaf === undefined ? {} : { id: exhibitId(leaf) }) } as const;
    if (sealed instanceof PlacardError) {
      const state = sealed.code === "not_found" ? "missing" : "altered";
      seen.findings.push({ ...named, state, why: sealed.message });
    } else if (same(kept, leaf)) {
      lookAtAct(sealed, position, exhibitId(leaf as Uint8Array), seen);
    } else {
      const why = "The act in the vault is not the one the ledger holds at this place.";
      seen.findings.push({ ...named, state: "altered", why });
    }
    if (inEntries !== undefined && !same(inEntries, leaf)) seen.findings.push(alteredEntry(position));
    if (leaf !== undefined) known.push(leaf);
    position++;
  }
  return known.length === width ? known : undefined;
}

/** The act in the vault, its entry and its leaf in the tiles should be one. What two of them say was not altered; else the ledger counts. */
function genuineLeaf(kept?: Uint8Array, inEntries?: Uint8Array, inTile?: Uint8Array): Uint8Array | undefined {
  return same(kept, inTile) ? kept : (inEntries ?? inTile ?? kept);
}

const same = (a?: Uint8Array, b?: Uint8Array): boolean => a !== undefined && b !== undefined && equal(a, b);

function alteredEntry(position: number): Finding {
  const why = "The entry that the ledger publishes is not the one it was signed with; the act in the vault is.";
  return { what: "ledger", state: "altered", position, why };
}

function ledgerFinding({ why }: FileFault): Finding {
  return { what: "ledger", state: /missing/.test(why) ? "missing" : "altered", why };
}
