/** What the server's process and the one that captures say to one another (JSON over the channel of a forked process). */
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { diskFull, isDiskFull } from "../lib/room.ts";
import type { CaptureOutcome } from "./capture-outcome.ts";
import type { Imported, ImportOptions } from "./import-files.ts";

/** An error, as it goes from one process to the other. */
export type Trouble = Pick<PlacardError, "code" | "message"> & { readonly next?: string };

export type ReceiveOptions = Omit<ImportOptions, "signal" | "onProgress">;

export type ToWorker =
  /** There may be something new on the agenda. */
  | { readonly do: "look" }
  | { readonly do: "stop"; readonly item: string }
  | { readonly do: "receive"; readonly number: number; readonly path: string; readonly options: ReceiveOptions };

export type FromWorker =
  | { readonly said: "step"; readonly item: string; readonly url: string; readonly step: string }
  | { readonly said: "done"; readonly item: string; readonly outcome: CaptureOutcome }
  | { readonly said: "recaptured"; readonly id: string; readonly of: string }
  | { readonly said: "trouble"; readonly trouble: Trouble | null }
  | { readonly said: "received"; readonly number: number; readonly imported: Imported }
  | { readonly said: "refused"; readonly number: number; readonly trouble: Trouble };

/** Of a fault of our own the reader learns that it is one, and no more. */
export function troubleOf(error: unknown): Trouble {
  const { code, message, next } = isDiskFull(error) ? diskFull(error) : isPlacardError(error) ? error : fault(error);
  return { code, message, ...(next === undefined ? {} : { next }) };
}

function fault(cause: unknown): PlacardError {
  return new PlacardError("inconsistent", "Placard itself failed at this; nothing half-done was kept.", { cause });
}
