/** Whether the server answered when it was last asked. */
import { useSyncExternalStore } from "react";

let isReached = true;
const hearers = new Set<() => void>();

export function noteReach(now: boolean): void {
  if (now === isReached) return;
  isReached = now;
  for (const hear of hearers) hear();
}

function listen(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

export function useReach(): boolean {
  return useSyncExternalStore(listen, () => isReached);
}
