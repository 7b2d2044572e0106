/** audit: recomputes the whole ledger from the vault, and every blob's hash; says exactly what is missing, erased or altered. */
import { createHash, hash } from "node:crypto";
import { leafHash } from "../ledger/merkle.ts";
import { rebuildRoot } from "../ledger/rebuild.ts";
import { equal, toHex } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { isJsonObject } from "../lib/json.ts";
import type { SealedAct } from "../record/act.ts";
import { exhibitId } from "../record/exhibit-id.ts";
import { openAct } from "../record/sd-jwt.ts";
import type { RecordContext } from "./context.ts";

export interface Finding {
  /** What was looked at: "act", "blob", "ledger". */
  readonly what: "act" | "blob" | "ledger";
  readonly state: "missing" | "altered" | "erased" | "unreferenced";
  readonly position?: number;
  readonly id?: string;
  readonly sha256?: string;
  readonly why: string;
}

export interface AuditResult {
  readonly verdict: "holds" | "fails";
  readonly size: number;
  readonly root: string;
  readonly acts: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

export type AuditProgress = (done: number, total: number, what: "acts" | "blobs") => void;

/** Never throws for what it finds: damage is a finding. Throws only where the record cannot be read at all. */
export async function audit(
  context: RecordContext,
  onProgress?: AuditProgress,
  signal?: AbortSignal,
): Promise<AuditResult> {
  const head = await context.log.head();
  const acts = await auditActs(context, head.size, onProgress, signal);
  const findings = [...acts.findings];
  if (acts.root !== undefined && !equal(acts.root, head.root)) {
    findings.push({
      what: "ledger",
      state: "altered",
      why: "The acts in the vault give another root than the signed checkpoint.",
    });
  }
  findings.push(...(await auditTiles(context, head.size)));
  const blobs = await auditBlobs(context, acts.uses, onProgress, signal);
  findings.push(...blobs.findings);
  return {
    verdict: findings.some((finding) => finding.state === "missing" || finding.state === "altered") ? "fails" : "holds",
    size: head.size,
    root: toHex(head.root),
    acts: acts.count,
    blobs: blobs.count,
    bytes: blobs.bytes,
    findings,
  };
}

interface BlobUse {
  readonly position: number;
  readonly id: string;
  readonly field: string;
  readonly bytes: number;
}

interface ActsAudited {
  readonly root: Uint8Array | undefined;
  readonly count: number;
  readonly uses: ReadonlyMap<string, BlobUse>;
  readonly findings: readonly Finding[];
}

async function auditActs(
  context: RecordContext,
  size: number,
  onProgress?: AuditProgress,
  signal?: AbortSignal,
): Promise<ActsAudited> {
  const findings: Finding[] = [];
  const uses = new Map<string, BlobUse>();
  let position = 0;
  const erased = new Set(
    (await context.index.list()).filter((row) => row.state === "erased").map((row) => row.position),
  );
  async function* entries(): AsyncGenerator<Uint8Array> {
    const published = context.log.readEntries(0, size)[Symbol.asyncIterator]();
    for await (const sealed of context.vault.readActs(0, size)) {
      signal?.throwIfAborted();
      const entry = hash("sha256", sealed.jwt, "buffer");
      const inLedger = (await published.next()).value as Uint8Array | undefined;
      if (inLedger !== undefined && !equal(entry, inLedger)) {
        findings.push({
          what: "act",
          state: "altered",
          position,
          why: "The act in the vault is not the one the ledger holds at this place.",
        });
      }
      findings.push(...auditAct(context, sealed, position, uses, erased.has(position)));
      position++;
      if (position % 1000 === 0) onProgress?.(position, size, "acts");
      yield entry;
    }
  }
  try {
    const root = await rebuildRoot(entries());
    return { root, count: position, uses, findings };
  } catch (error) {
    if (!isPlacardError(error, "not_found") && !isPlacardError(error, "malformed")) throw error;
    findings.push({ what: "act", state: "missing", position, why: error.message });
    return { root: undefined, count: position, uses, findings };
  }
}

function auditAct(
  context: RecordContext,
  sealed: SealedAct,
  position: number,
  uses: Map<string, BlobUse>,
  isErased: boolean,
): readonly Finding[] {
  const id = exhibitId(leafHash(hash("sha256", sealed.jwt, "buffer")));
  try {
    const { act } = openAct(sealed, { publicKey: context.keys.publicKey });
    for (const [field, value] of Object.entries(act)) {
      if (!isJsonObject(value) || typeof value["sha256"] !== "string" || typeof value["bytes"] !== "number") continue;
      uses.set(value["sha256"], { position, id, field, bytes: value["bytes"] });
    }
    if (isErased)
      return [
        {
          what: "act",
          state: "erased",
          position,
          id,
          why: "Its private parts were erased; its place in the ledger stands.",
        },
      ];
    if (sealed.disclosures.length > 0) return [];
    return [
      {
        what: "act",
        state: "missing",
        position,
        id,
        why: "Its fields are gone from the vault, and no erasure in the ledger says so.",
      },
    ];
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return [{ what: "act", state: "altered", position, id, why: error.message }];
  }
}

/** The published tiles must give the committed root, from the entries up. */
async function auditTiles({ log }: RecordContext, size: number): Promise<readonly Finding[]> {
  const { root } = await log.head();
  try {
    if (equal(await rebuildRoot(log.readEntries(0, size)), root) && equal(await log.rootAt(size), root)) return [];
    return [
      {
        what: "ledger",
        state: "altered",
        why: "The published entries or tiles give another root than the signed checkpoint.",
      },
    ];
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return [{ what: "ledger", state: error.code === "not_found" ? "missing" : "altered", why: error.message }];
  }
}

async function auditBlobs(
  { vault }: RecordContext,
  uses: ReadonlyMap<string, BlobUse>,
  onProgress?: AuditProgress,
  signal?: AbortSignal,
): Promise<{ count: number; bytes: number; findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  let bytes = 0;
  let done = 0;
  for (const [sha256, use] of uses) {
    signal?.throwIfAborted();
    const blob = await vault.openBlob(sha256);
    const found = blob === undefined ? undefined : await hashBlob(blob);
    const named = { what: "blob", position: use.position, id: use.id, sha256 } as const;
    if (blob === undefined) findings.push({ ...named, state: "missing", why: `The ${use.field} is not in the vault.` });
    else if (found !== sha256 || blob.size !== use.bytes) {
      findings.push({ ...named, state: "altered", why: `The ${use.field} has other bytes than were sealed.` });
    }
    bytes += blob?.size ?? 0;
    onProgress?.(++done, uses.size, "blobs");
  }
  for await (const { sha256 } of vault.listBlobs()) {
    if (!uses.has(sha256))
      findings.push({
        what: "blob",
        state: "unreferenced",
        sha256,
        why: "No act points at this blob; a capture may have been interrupted.",
      });
  }
  return { count: uses.size, bytes, findings };
}

async function hashBlob(blob: Blob): Promise<string> {
  const running = createHash("sha256");
  for await (const chunk of blob.stream()) running.update(chunk);
  return running.digest("hex");
}
