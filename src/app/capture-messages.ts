/** What the server's process and the one that captures say to one another (JSON over the channel of a forked process). */
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { diskFull, isDiskFull } from "../lib/room.ts";
import type { Coded, Told } from "../lib/told.ts";
import type { CaptureOutcome, LinkPhase } from "./capture-outcome.ts";
import type { Imported, ImportOptions } from "./import-files.ts";
import type { ImportCaseOptions } from "./keeping/import-case.ts";
import { say } from "./said.ts";

/** An error, as it goes from one process to the other. */
export type Trouble = Pick<PlacardError, "code" | "message"> & {
  readonly next?: string;
  readonly told?: Told;
  readonly toldNext?: Told;
};

export type ReceiveOptions = Omit<ImportOptions, "signal" | "onProgress">;

export type CaseOptions = Omit<ImportCaseOptions, "signal" | "onProgress">;

/** What came of a case that was handed over. */
export interface TakenCase {
  readonly caseName: string;
  readonly from: string;
  readonly sealed: number;
  /** Taken in before. */
  readonly there: number;
  readonly refused: readonly { readonly file: string; readonly message: string; readonly told?: Coded }[];
}

export type ToWorker =
  /** There may be something new on the agenda. */
  | { readonly do: "look" }
  | { readonly do: "stop"; readonly item: string }
  | { readonly do: "receive"; readonly number: number; readonly path: string; readonly options: ReceiveOptions }
  | { readonly do: "receive-case"; readonly number: number; readonly path: string; readonly options: CaseOptions }
  | { readonly do: "stop-case"; readonly number: number };

export type FromWorker =
  | {
      readonly said: "step";
      readonly item: string;
      readonly url: string;
      readonly step: string;
      readonly phase: LinkPhase;
    }
  | { readonly said: "done"; readonly item: string; readonly outcome: CaptureOutcome }
  | { readonly said: "recaptured"; readonly id: string; readonly of: string }
  | { readonly said: "trouble"; readonly trouble: Trouble | null }
  | { readonly said: "received"; readonly number: number; readonly imported: Imported }
  | { readonly said: "case-step"; readonly number: number; readonly done: number; readonly total: number }
  | { readonly said: "case-received"; readonly number: number; readonly taken: TakenCase }
  | { readonly said: "refused"; readonly number: number; readonly trouble: Trouble };

/** Of a file among several: what is told of it. */
export function refusalOf({ message, told }: PlacardError): Pick<Trouble, "message" | "told"> {
  return told === undefined ? { message } : { message, told };
}

/** Of a fault of our own the reader learns that it is one, and no more. */
export function troubleOf(error: unknown): Trouble {
  const { code, message, next, told, toldNext } = isDiskFull(error)
    ? diskFull(error)
    : isPlacardError(error)
      ? error
      : fault(error);
  return {
    code,
    message,
    ...(next === undefined ? {} : { next }),
    ...(told === undefined ? {} : { told }),
    ...(toldNext === undefined ? {} : { toldNext }),
  };
}

/** The error again, where it has come to. */
export function errorOf({ code, message, next, told, toldNext }: Trouble): PlacardError {
  const what = toldNext ?? next;
  return new PlacardError(code, told ?? message, what === undefined ? {} : { next: what });
}

function fault(cause: unknown): PlacardError {
  return new PlacardError("inconsistent", say("fault"), { cause });
}
