import { Turnstile } from "../lib/turnstile.ts";
import { assertMayFollow, type Commit, type CommitPoint, DEFAULT_PATIENCE } from "./backend.ts";

/** What commit points in memory share. */
export interface MemoryCommitStore {
  committed: Commit | undefined;
  readonly turnstile: Turnstile;
}

export function newMemoryCommitStore(): MemoryCommitStore {
  return { committed: undefined, turnstile: new Turnstile() };
}

/** A commit point in memory; those that share `store` exclude one another. For tests and trial runs. */
export function openMemoryCommitPoint(store: MemoryCommitStore = newMemoryCommitStore()): CommitPoint {
  return {
    read: async () => store.committed,
    exclusively: async (work, patience = DEFAULT_PATIENCE) => {
      const leave = await store.turnstile.enter(patience);
      try {
        const { commit, result } = await work(store.committed);
        if (commit !== undefined) {
          assertMayFollow(store.committed, commit);
          store.committed = commit;
        }
        return result;
      } finally {
        leave();
      }
    },
    close: async () => undefined,
  };
}
