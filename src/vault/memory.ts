/** A vault in memory, for tests: every promise of the port but durability. */
import { createHash } from "node:crypto";
import { PlacardError } from "../lib/error.ts";
import type { SealedAct } from "../record/act.ts";
import { formatLines, missingAct } from "./bundle.ts";
import type { Vault } from "./vault.ts";

export function openMemoryVault(): Vault {
  const blobs = new Map<string, { readonly content: Blob; readonly modified: number }>();
  const acts: SealedAct[] = [];
  return {
    putBlob: async (chunks, mediaType, limit = Number.POSITIVE_INFINITY) => {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      const hash = createHash("sha256");
      let bytes = 0;
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > limit) throw new PlacardError("too_large", `The content is longer than ${limit} bytes.`);
        hash.update(chunk);
        parts.push(new Uint8Array(chunk));
      }
      const sha256 = hash.digest("hex");
      if (!blobs.has(sha256)) blobs.set(sha256, { content: new Blob(parts), modified: Date.now() });
      return { sha256, bytes, mediaType };
    },
    openBlob: async (sha256) => blobs.get(sha256)?.content,
    hasBlob: async (sha256) => blobs.has(sha256),
    listBlobs: async function* () {
      for (const [sha256, { content, modified }] of blobs) yield { sha256, bytes: content.size, modified };
    },
    removeBlob: async (sha256) => void blobs.delete(sha256),
    putActs: async (start, given) => {
      formatLines(given);
      if (start > acts.length) throw missingAct(acts.length);
      acts.splice(start, acts.length, ...given);
    },
    readActs: async function* (start, end) {
      for (let index = start; index < end; index++) {
        const act = acts[index];
        if (act === undefined) throw missingAct(index);
        yield act;
      }
    },
    eraseAct: async (index, size) => {
      const act = acts[index];
      if (index >= size || act === undefined) throw missingAct(index);
      acts[index] = { jwt: act.jwt, disclosures: [] };
    },
    recover: async (size) => void acts.splice(size),
  };
}
