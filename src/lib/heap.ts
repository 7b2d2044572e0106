import { setFlagsFromString } from "node:v8";

/**
 * For a process that captures page after page, to be called at its start. Left to itself the engine comes to go through
 * its whole heap at every page, for the strings a page takes: a sixth of the processor time of a small one
 * (docs/decisions/0033-a-heap-that-may-double.md). It may double before that is done.
 */
export function letHeapGrow(): void {
  setFlagsFromString("--heap-growing-percent=100");
}
