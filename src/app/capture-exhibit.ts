/** capture: from links to sealed exhibits. */
import type { Browser } from "../capture/browser/browser.ts";
import type { CapturedPage } from "../capture/capture.ts";
import type { CaptureParts } from "../capture/capture-page.ts";
import { removeScratch } from "../capture/scratch.ts";
import { toBase64 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import { readPieces } from "../lib/pieces.ts";
import type { BlobRef } from "../record/act.ts";
import { browserFor } from "./browser-for.ts";
import { type CaptureLink, runBatch } from "./capture-batch.ts";
import type { BatchListener, BatchTerms, CaptureOptions, CaptureOutcome } from "./capture-outcome.ts";
import type { RecordContext } from "./context.ts";
import { type Sealed, sealWithBlobs } from "./seal.ts";
import { sessionNamed } from "./sessions.ts";
import { SOFTWARE } from "./version.ts";

export type { CaptureOptions, CaptureOutcome } from "./capture-outcome.ts";

const LONGEST_TEXT = 10_000;

/**
 * Captures and seals each link, each once, by way of the record's agenda: what an interruption leaves is gone on with by
 * the same call, or by `resumeCaptures`. The order of results is the order of links. Errors of our own (a full disk) are thrown.
 */
export async function captureAll(
  context: RecordContext,
  urls: readonly string[],
  { signal, onProgress, onOutcome, ...terms }: CaptureOptions = {},
): Promise<readonly CaptureOutcome[]> {
  refuseLongTexts(terms);
  const capture = await captureWith(context, terms);
  const links = [...new Set(urls)];
  using batch = await context.agenda.openBatch(links, JSON.stringify(terms));
  return await runBatch(context, batch, {
    terms,
    capture,
    signal,
    onProgress,
    onOutcome,
  });
}

/** Goes on with every batch that was interrupted; returns what came of their links. */
export async function resumeCaptures(
  context: RecordContext,
  { signal, onProgress, onOutcome }: BatchListener = {},
): Promise<readonly CaptureOutcome[]> {
  const outcomes: CaptureOutcome[] = [];
  for (let next = await context.agenda.resumeBatch(); next !== undefined; next = await context.agenda.resumeBatch()) {
    using batch = next;
    const terms = JSON.parse(batch.options) as BatchTerms;
    const capture = await captureWith(context, terms);
    outcomes.push(...(await runBatch(context, batch, { terms, capture, signal, onProgress, onOutcome })));
  }
  return outcomes;
}

/** Throws `usage`. */
export function refuseLongTexts({ caseName, note }: BatchTerms): void {
  for (const [what, text] of Object.entries({ case: caseName, note })) {
    if (text !== undefined && text.length > LONGEST_TEXT)
      throw new PlacardError("usage", `The ${what} is longer than ${LONGEST_TEXT} characters.`);
  }
}

/** How a link of a batch of these terms is captured and sealed. Throws `not_found` (no such session), `no_browser`. */
export async function captureWith(context: RecordContext, terms: BatchTerms): Promise<CaptureLink> {
  const { allowPrivate, session } = terms;
  const signedIn = session === undefined ? undefined : await sessionNamed(context, session);
  const browser = await browserFor(context);
  return async ({ url, item }, { signal, onProgress, beforeSealing }) => {
    await using site = terms.sample ? await (await import("../sample/sample-case.ts")).startSample() : undefined;
    const { capturePage } = await import("../capture/capture-page.ts");
    const captured = await capturePage(
      {
        url,
        onProgress,
        ...(allowPrivate ? { allowPrivate } : {}),
        ...(site === undefined ? {} : { only: site }),
        ...(signedIn === undefined ? {} : { signedIn }),
        ...(signal ? { signal } : {}),
      },
      partsFor(context, browser),
    );
    if (captured.outcome === "not-captured") return { url, ...captured };
    try {
      onProgress("sealing", "sealing");
      beforeSealing();
      const sealed = await sealCapture(context, captured, { ...terms, agendaItem: item });
      return { url, outcome: "sealed", ...sealed, ...doubtOf(captured) };
    } finally {
      await removeScratch(captured.folder);
    }
  };
}

/** Nobody is named, no time, no words of a post, and no element that is one. */
function doubtOf({ facts }: CapturedPage): { readonly doubt?: string } {
  const { foundBy } = facts["postElement"] as { readonly foundBy: string };
  const isTold = foundBy !== "nothing" || ["author", "handle", "postedAt", "postText"].some((name) => name in facts);
  return isTold ? {} : { doubt: "Nothing on it says that it is a post. Look at its picture before you rely on it." };
}

/** What a capture is made with. */
export function partsFor(context: RecordContext, browser: Browser): CaptureParts {
  return {
    browser,
    software: SOFTWARE,
    clock: context.clock,
    bounds: context.settings.capture,
    scratchFolder: context.folder.scratch,
    signArchive: context.keys.signArchive,
    publicKeySpki: context.keys.archivePublicKey,
  };
}

/** What of a captured page is sealed: the facts, the files, and the commitment to the picture's tiles. */
export type SealedPage = Pick<CapturedPage, "facts" | "files" | "tiles">;

/** Puts a page's files into the vault and seals the act that points at them. Throws `storage`, `clock_behind`, `busy`. */
export async function sealCapture(context: RecordContext, page: SealedPage, options: CaptureRemarks): Promise<Sealed> {
  const act = { act: "captured", ...capturedFields(context, page, options) };
  return sealWithBlobs(context, act, () => storeBlobs(context, page));
}

/** What the record adds to what the capture itself knows. */
export interface CaptureRemarks {
  readonly caseName?: string;
  readonly note?: string;
  /** Key of the agenda's item that it was made for. */
  readonly agendaItem?: string;
  /** Pseudonym of the member who asked for it. */
  readonly actor?: string;
  /** By which receipt its link was sent in. */
  readonly sentIn?: string;
  /** It is of the sample: sealed with it, so that it can be taken for evidence nowhere. */
  readonly sample?: boolean;
}

/** The fields, but for blobs, of an act that seals a page. */
export function capturedFields(context: RecordContext, page: SealedPage, remarks: CaptureRemarks): JsonObject {
  const { caseName, note, agendaItem, actor, sentIn, sample = false } = remarks;
  return {
    ...page.facts,
    ...(sample ? { sample } : {}),
    ...(caseName === undefined ? {} : { case: caseName }),
    ...(note === undefined ? {} : { note }),
    ...(agendaItem === undefined ? {} : { agendaItem }),
    ...(actor === undefined ? {} : { actor }),
    ...(sentIn === undefined ? {} : { sentIn }),
    capturedBy: context.settings.capturedBy ?? context.file.name,
    archiveKey: toBase64(context.keys.archivePublicKey),
    screenshotTiles: page.tiles.screenshotTiles,
  };
}

export async function storeBlobs({ vault }: RecordContext, page: SealedPage): Promise<Record<string, BlobRef>> {
  const put = (path: string, mediaType: string): Promise<BlobRef> => vault.putBlob(readPieces(path), mediaType);
  const { postPicture: cut, media = [], sharedParts: parts, sharedText: shown } = page.files;
  const [archive, screenshot, visibleText, tileSeed, postPicture, sharedParts, sharedText, ...files] =
    await Promise.all([
      put(page.files.archive, "application/wacz"),
      put(page.files.screenshot, "image/png"),
      put(page.files.text, "text/plain; charset=utf-8"),
      vault.putBlob([page.tiles.seed], "application/octet-stream"),
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
