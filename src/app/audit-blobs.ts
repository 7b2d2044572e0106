/** The audit of the vault's blobs: each is hashed once, and named by every act that points at it. */
import { createHash } from "node:crypto";
import { isPlacardError } from "../lib/error.ts";
import type { Vault } from "../vault/vault.ts";
import { isVaultDamage } from "./acts.ts";
import type { ActsSeen } from "./audit-acts.ts";
import type { AuditProgress, Finding } from "./finding.ts";
import { openField, SHARED_ARCHIVE } from "./shared-archive.ts";

export async function auditBlobs(
  vault: Vault,
  { uses, inParts }: Pick<ActsSeen, "uses" | "inParts">,
  onProgress?: AuditProgress,
  signal?: AbortSignal,
): Promise<{ readonly bytes: number; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  let bytes = 0;
  let done = 0;
  for (const [sha256, pointing] of uses) {
    signal?.throwIfAborted();
    const parts = inParts.get(sha256);
    const found = await hashBlob(() =>
      parts === undefined ? vault.openBlob(sha256) : openField(vault, parts, SHARED_ARCHIVE),
    );
    bytes += found.bytes;
    for (const { position, id, field, bytes: sealed } of pointing) {
      const named = { what: "blob", position, id, sha256, field } as const;
      if (found.state === "missing")
        findings.push({ ...named, state: "missing", why: `The ${field} is not in the vault.` });
      else if (found.state === "unreadable") {
        findings.push({ ...named, state: "altered", why: `The ${field} cannot be read: ${found.why}` });
      } else if (found.sha256 !== sha256 || found.bytes !== sealed) {
        findings.push({ ...named, state: "altered", why: `The ${field} has other bytes than were sealed.` });
      }
    }
    onProgress?.(++done, uses.size, "blobs");
  }
  for await (const { sha256 } of vault.listBlobs()) {
    if (uses.has(sha256)) continue;
    const why = "No act that can be read points at this blob; a capture may have been interrupted.";
    findings.push({ what: "blob", state: "unreferenced", sha256, why });
  }
  return { bytes, findings };
}

type Hashed =
  | { readonly state: "missing"; readonly bytes: 0 }
  | { readonly state: "unreadable"; readonly bytes: 0; readonly why: string }
  | { readonly state: "hashed"; readonly bytes: number; readonly sha256: string };

async function hashBlob(open: () => Promise<Blob | undefined>): Promise<Hashed> {
  try {
    const blob = await open();
    if (blob === undefined) return { state: "missing", bytes: 0 };
    const running = createHash("sha256");
    for await (const chunk of blob.stream()) running.update(chunk);
    return { state: "hashed", bytes: blob.size, sha256: running.digest("hex") };
  } catch (error) {
    // One file the disk does not give back says nothing of the others. The stream's own errors are not ours.
    if (isPlacardError(error) && error.code !== "storage" && !isVaultDamage(error)) throw error;
    return { state: "unreadable", bytes: 0, why: (error as Error).message };
  }
}
