/** capture: from links to sealed exhibits. */
import { openAsBlob } from "node:fs";
import type { Browser } from "../capture/browser.ts";
import type { CapturedPage } from "../capture/capture.ts";
import { removeScratch } from "../capture/scratch.ts";
import type { SignedIn } from "../capture/sign-in/state.ts";
import { toBase64 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { BlobRef } from "../record/act.ts";
import { browserFor } from "./browser-for.ts";
import type { RecordContext } from "./context.ts";
import { type Sealed, sealWithBlobs } from "./seal.ts";
import { sessionNamed } from "./sessions.ts";
import { SOFTWARE } from "./version.ts";

export interface CaptureOptions {
  readonly caseName?: string;
  readonly note?: string;
  readonly allowPrivate?: boolean;
  /** Name of the session to capture under. */
  readonly session?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (url: string, step: string) => void;
  /** Called as soon as a link is done: what is reported as sealed here has been acknowledged. */
  readonly onOutcome?: (outcome: CaptureOutcome) => void;
}

export type CaptureOutcome =
  | ({ readonly url: string; readonly outcome: "sealed" } & Sealed)
  | { readonly url: string; readonly outcome: "not-captured"; readonly cause: string; readonly reason: string };

const LONGEST_TEXT = 10_000;

/** Captures and seals each link; the order of results is the order of links. Errors of our own (a full disk) are thrown. */
export async function captureAll(
  context: RecordContext,
  urls: readonly string[],
  options: CaptureOptions = {},
): Promise<readonly CaptureOutcome[]> {
  for (const [what, text] of [
    ["case", options.caseName],
    ["note", options.note],
  ] as const) {
    if (text !== undefined && text.length > LONGEST_TEXT)
      throw new PlacardError("usage", `The ${what} is longer than ${LONGEST_TEXT} characters.`);
  }
  const signedIn = options.session === undefined ? undefined : await sessionNamed(context, options.session);
  const browser = await browserFor(context);
  const outcomes: CaptureOutcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < urls.length; i = next++) {
      const outcome = await captureOne(context, { browser, signedIn }, urls[i] as string, options);
      outcomes[i] = outcome;
      options.onOutcome?.(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(context.settings.capture.atOnce, urls.length) }, work));
  await context.index.catchUp();
  return outcomes;
}

async function captureOne(
  context: RecordContext,
  { browser, signedIn }: { readonly browser: Browser; readonly signedIn: SignedIn | undefined },
  url: string,
  options: CaptureOptions,
): Promise<CaptureOutcome> {
  const { capturePage } = await import("../capture/capture-page.ts");
  const onProgress = (step: string): void => options.onProgress?.(url, step);
  const captured = await capturePage(
    {
      url,
      onProgress,
      ...(options.allowPrivate ? { allowPrivate: true } : {}),
      ...(signedIn === undefined ? {} : { signedIn }),
      ...(options.signal ? { signal: options.signal } : {}),
    },
    {
      browser,
      software: SOFTWARE,
      clock: context.clock,
      bounds: context.settings.capture,
      scratchFolder: context.folder.scratch,
      signArchive: context.keys.signArchive,
      publicKeySpki: context.keys.archivePublicKey,
    },
  );
  if (captured.outcome === "not-captured") return { url, ...captured };
  try {
    onProgress("sealing");
    return { url, outcome: "sealed", ...(await sealCapture(context, captured, options)) };
  } finally {
    await removeScratch(captured.folder);
  }
}

/** What of a captured page is sealed: the facts, the files, and the commitment to the picture's tiles. */
export type SealedPage = Pick<CapturedPage, "facts" | "files" | "tiles">;

/** Puts a page's files into the vault and seals the act that points at them. Throws `storage`, `clock_behind`, `busy`. */
export async function sealCapture(context: RecordContext, page: SealedPage, options: CaptureOptions): Promise<Sealed> {
  const { seed, screenshotTiles } = page.tiles;
  const act = {
    act: "captured",
    ...page.facts,
    ...(options.caseName === undefined ? {} : { case: options.caseName }),
    ...(options.note === undefined ? {} : { note: options.note }),
    capturedBy: context.settings.capturedBy ?? context.file.name,
    archiveKey: toBase64(context.keys.archivePublicKey),
    screenshotTiles,
  };
  return sealWithBlobs(context, act, () => storeBlobs(context, page, seed));
}

async function storeBlobs(
  { vault }: RecordContext,
  page: SealedPage,
  seed: Uint8Array,
): Promise<Record<string, BlobRef>> {
  const put = async (path: string, mediaType: string): Promise<BlobRef> =>
    vault.putBlob((await openAsBlob(path)).stream(), mediaType);
  const { postPicture: cut, media = [], sharedParts: parts, sharedText: shown } = page.files;
  const [archive, screenshot, visibleText, tileSeed, postPicture, sharedParts, sharedText, ...files] =
    await Promise.all([
      put(page.files.archive, "application/wacz"),
      put(page.files.screenshot, "image/png"),
      put(page.files.text, "text/plain; charset=utf-8"),
      vault.putBlob([seed], "application/octet-stream"),
      cut === undefined ? undefined : put(cut, "image/png"),
      parts === undefined ? undefined : put(parts, "application/octet-stream"),
      shown === undefined ? undefined : put(shown, "text/plain; charset=utf-8"),
      ...media.map(({ path, mediaType }) => put(path, mediaType)),
    ]);
  return {
    archive,
    screenshot,
    visibleText,
    tileSeed,
    ...(postPicture === undefined ? {} : { postPicture }),
    ...(sharedParts === undefined ? {} : { sharedParts }),
    ...(sharedText === undefined ? {} : { sharedText }),
    ...Object.fromEntries(files.flatMap((file, i) => (file === undefined ? [] : [[`media${i + 1}`, file]]))),
  };
}
