/** What a capture hands to the record. Files lie in `folder`, which the caller removes after sealing. */
import type { JsonObject } from "../lib/json.ts";
import type { Coded } from "../lib/told.ts";
import type { OnlyHost } from "./gate/gate.ts";
import type { Earlier } from "./recapture/revisit.ts";
import type { SignedIn } from "./sign-in/state.ts";

/** The two parts that a capture has for who waits for it. */
export type CapturePhase = "opening" | "recording";
/** `step` says in plain words what is happening now; `phase` is for programs. */
export type OnProgress = (step: string, phase: CapturePhase) => void;

export interface CaptureRequest {
  readonly url: string;
  /** Only for one's own tests: also private and loopback addresses. */
  readonly allowPrivate?: boolean;
  /** Of Placard's own sample: the one host that its browser reaches. */
  readonly only?: OnlyHost;
  /** Signed in as this session. */
  readonly signedIn?: SignedIn;
  readonly signal?: AbortSignal;
  /** Of a recapture: where payloads lie that need not be kept again. */
  readonly earlier?: Earlier;
  readonly onProgress?: OnProgress;
}

export interface CapturedPage {
  readonly outcome: "captured";
  /** Scratch folder that holds the files below; remove it when they are in the vault. */
  readonly folder: string;
  readonly files: {
    /** Signed WACZ 1.1.1. */
    readonly archive: string;
    /** Full-page PNG. */
    readonly screenshot: string;
    /** Visible text, UTF-8. */
    readonly text: string;
    /** The post cut out of the screenshot, PNG; none where its element was not found. */
    readonly postPicture?: string;
    /** The post's own pictures, videos and sounds; fields `media1`, `media2` … point at them. */
    readonly media?: readonly { readonly path: string; readonly mediaType: string; readonly sha256: string }[];
    /** Of what the archive that may be shared is made beside the original; none where nothing was to be taken out. */
    readonly sharedParts?: string;
    /** The visible text without what must not be shared; none where nothing was found in it. */
    readonly sharedText?: string;
  };
  /** How many payloads the archive does not hold, since an earlier one does. */
  readonly revisits: number;
  /** The picture's commitment, tile by tile, and the secret seed that its salts follow from. */
  readonly tiles: { readonly screenshotTiles: JsonObject; readonly seed: Uint8Array };
  /** Fields of the `captured` act other than blobs; see acts.ts. Undefined facts are left out, never empty. */
  readonly facts: JsonObject;
}

export interface NotCaptured {
  readonly outcome: "not-captured";
  /** A stable word for programs: "login", "captcha", "age", "consent", "gone", "site_error", "http_error", "blank", "unreachable", "refused", "timeout", "too_large", "not_a_page", "keeps_moving", "browser". */
  readonly cause: string;
  /** One plain sentence for people: "It asks for a sign-in." */
  readonly reason: string;
  /** The same for other languages. */
  readonly told?: Coded;
  /** The same without what is said of a session; where the two differ. */
  readonly pageReason?: string;
  /** The server's answer, where that is the reason; and its `Retry-After`, as it was sent. */
  readonly status?: number;
  readonly retryAfter?: string;
}

/** What was pressed on a page before it was read. `words`: what stood on the button. */
export interface Step {
  readonly did: "refused-consent" | "opened-settings" | "revealed" | "opened-more";
  readonly words: string;
}
