/** What is asked of a capture, and what comes of it. */
import type { CapturePhase } from "../capture/capture.ts";
import type { Coded } from "../lib/told.ts";
import type { Sealed } from "./seal.ts";

/** Where a link stands that is worked on; `pausing` until it is tried again. */
export type LinkPhase = CapturePhase | "sealing" | "pausing";

/** How far a batch has come. */
export interface BatchProgress {
  readonly done: number;
  readonly of: number;
}

/** What somebody who waits for a batch is told. */
export interface BatchListener {
  readonly signal?: AbortSignal;
  readonly onProgress?: (url: string, step: string, batch: BatchProgress, item: string, phase: LinkPhase) => void;
  /**
   * Called as soon as a link is done: what is reported as sealed here has been acknowledged. `earlier` is true of links
   * that were done before the batch was interrupted.
   */
  readonly onOutcome?: (outcome: CaptureOutcome, earlier: boolean, item: string) => void;
}

/** What holds for all links of a batch, and is kept with it. */
export interface BatchTerms {
  readonly caseName?: string;
  readonly note?: string;
  readonly allowPrivate?: boolean;
  /** Name of the session to capture under. */
  readonly session?: string;
  /** When each link that was sealed is to be looked at again: milliseconds after its sealing. */
  readonly again?: readonly number[];
  /** Under which pseudonym a member asked for it. */
  readonly actor?: string;
  /** By which receipt the links were sent in, where a stranger did (docs/formats/act.md). */
  readonly sentIn?: string;
  /** The links are those of Placard's own sample (src/app/sample-case.ts), which no asker may say of others. */
  readonly sample?: boolean;
}

export type CaptureOptions = BatchTerms & BatchListener;

export interface NotCapturedLink {
  readonly url: string;
  readonly outcome: "not-captured";
  readonly cause: string;
  readonly reason: string;
  readonly told?: Coded;
  /** The server's answer, where that is the reason. */
  readonly status?: number;
}

export interface SealedLink extends Sealed {
  readonly url: string;
  readonly outcome: "sealed";
  /** A sentence where nothing told that the page is a post, and it may be a wall in words we do not know. */
  readonly doubt?: string;
}

export type CaptureOutcome = SealedLink | NotCapturedLink;
