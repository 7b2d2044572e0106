import type { LedgerBackend } from "./backend.ts";

/** A ledger's files in memory; backends that share `files` are the same store. For tests and trial runs. */
export function openMemoryBackend(files: Map<string, Uint8Array> = new Map()): LedgerBackend {
  return {
    get: async (path) => files.get(path)?.slice(),
    put: async (path, bytes) => void files.set(path, bytes.slice()),
    remove: async (paths) => {
      for (const path of paths) files.delete(path);
    },
    list: async (prefix) => [...files.keys()].filter((path) => path.startsWith(prefix)),
    dropUnfinished: async () => undefined,
  };
}
