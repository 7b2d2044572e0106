/** recapture: the same link once more, compared with its first capture; what came of it is sealed either way. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { runPolitely } from "../agenda/polite-pool.ts";
import { waitBeforeRetry } from "../agenda/retry.ts";
import type { CapturedPage, NotCaptured } from "../capture/capture.ts";
import { parseLink, refusePrivate } from "../capture/gate/link.ts";
import { type FirstCapture, type Result, referenceFields, resultOf } from "../capture/recapture/acts.ts";
import { type Captured, compareCaptures } from "../capture/recapture/compare.ts";
import { findInEarlier } from "../capture/recapture/earlier.ts";
import type { Earlier } from "../capture/recapture/revisit.ts";
import { removeScratch } from "../capture/scratch.ts";
import { leafHash } from "../ledger/merkle.ts";
import { toHex } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import type { BlobRef } from "../record/act.ts";
import { entryOf } from "../record/sd-jwt.ts";
import { digestInSlices } from "../verify/digest.ts";
import { type ExhibitDetail, findExhibit } from "./acts.ts";
import { browserFor } from "./browser-for.ts";
import { capturedFields, partsFor, storeBlobs } from "./capture-exhibit.ts";
import { paceOf, type RecordContext } from "./context.ts";
import { eraseIfFirstIsErased } from "./erase-exhibit.ts";
import { heldBack } from "./held-back.ts";
import { say } from "./said.ts";
import { type Sealed, seal, sealWithBlobs } from "./seal.ts";
import { sessionNamed } from "./sessions.ts";
import { SOFTWARE } from "./version.ts";

export interface RecaptureOptions {
  readonly allowPrivate?: boolean;
  /** Name of the session to capture under. */
  readonly session?: string;
  /** When to look yet again: milliseconds after this one's sealing. */
  readonly again?: readonly number[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: string) => void;
}

/** What a time of the agenda adds. */
export interface Planned {
  readonly agendaItem: string;
  /** Milliseconds since 1970. */
  readonly due: number;
  /** Pseudonym of the member who asked for it. */
  readonly actor?: string;
}

export interface Recaptured extends Sealed {
  /** The first capture of the link. */
  readonly of: string;
  readonly url: string;
  readonly result: Result;
  /** By what changed, before and after. */
  readonly changes: JsonObject;
  /** What is no change: files that were only stored anew, and what could not be compared. */
  readonly comparison: JsonObject;
  /** Where there was nothing to capture. */
  readonly cause: string | null;
  readonly reason: string | null;
}

interface First extends FirstCapture {
  readonly url: string;
  readonly captured: Captured;
  readonly caseName: string | undefined;
  readonly archive: BlobRef | undefined;
}

/**
 * Captures the link of an exhibit again. An id of a recapture stands for the first capture. Throws `usage` (nothing that
 * was captured), `not_found`, `erased`, and what a capture throws.
 */
export async function recaptureExhibit(
  context: RecordContext,
  given: string,
  options: RecaptureOptions = {},
): Promise<Recaptured> {
  const first = await firstCapture(context, given);
  if (first.captured.fields["sample"] === true)
    throw new PlacardError("usage", say("sample_not_again", { id: first.id }));
  // A link into one's own network says nothing about the post: nothing is sealed of that.
  if (!options.allowPrivate) refusePrivate(parseLink(first.url));
  requireSession(first, options.session);
  const host = URL.parse(first.url)?.host ?? "";
  let done: Recaptured | undefined;
  await runPolitely(
    [{ host }],
    paceOf(context),
    async (_, attempt) => {
      const looked = await lookAgain(context, first.id, attempt, options);
      if ("after" in looked) return looked;
      done = looked;
      return undefined;
    },
    options.signal,
  );
  const { again = [], allowPrivate = false, session = null } = options;
  const { time, of } = done as unknown as Recaptured;
  await context.agenda.addTimes(again.map((after) => ({ exhibit: of, due: time + after, allowPrivate, session })));
  return done as unknown as Recaptured;
}

/** Seen without it, the page would be another one. */
function requireSession({ id, captured }: First, session: string | undefined): void {
  if (!("session" in captured.fields) || session !== undefined) return;
  throw new PlacardError("usage", say("which_session", { id }), {
    next: `placard recapture ${id} --session NAME; placard session list shows the names.`,
  });
}

/** One attempt; sealed, or `after` how many milliseconds there should be another. */
export async function lookAgain(
  context: RecordContext,
  id: string,
  attempt: number,
  options: RecaptureOptions,
  planned?: Planned,
): Promise<Recaptured | { readonly after: number }> {
  const first = await firstCapture(context, id);
  const { capturePage } = await import("../capture/capture-page.ts");
  const onProgress = options.onProgress ?? (() => undefined);
  const { signal, allowPrivate, session } = options;
  const signedIn = session === undefined ? undefined : await sessionNamed(context, session);
  const earlier = await earlierPayloads(context, first);
  const page = await capturePage(
    {
      url: first.url,
      onProgress,
      ...(earlier === undefined ? {} : { earlier }),
      ...(allowPrivate ? { allowPrivate } : {}),
      ...(signedIn === undefined ? {} : { signedIn }),
      ...(signal ? { signal } : {}),
    },
    partsFor(context, await browserFor(context)),
  ).catch(async (error: unknown) => {
    // What it leans on may be gone.
    await eraseIfFirstIsErased(context, first.id);
    throw error;
  });
  const { retries } = context.settings.capture;
  if (page.outcome === "not-captured") {
    const after = waitBeforeRetry(page, attempt, retries, context.clock.now());
    if (after !== undefined) {
      onProgress(`${page.reason} Trying again in ${Math.ceil(after / 1000)} s`);
      return { after };
    }
    const told = { ...page, session: signedIn !== undefined };
    return sealed(context, await sealNotSeen(context, first, told, attempt, planned));
  }
  try {
    onProgress("sealing");
    return sealed(context, await sealSeen(context, first, page, planned));
  } finally {
    await removeScratch(page.folder);
  }
}

async function sealed(context: RecordContext, recaptured: Recaptured): Promise<Recaptured> {
  await eraseIfFirstIsErased(context, recaptured.of);
  return recaptured;
}

async function sealSeen(
  context: RecordContext,
  first: First,
  page: CapturedPage,
  planned: Planned | undefined,
): Promise<Recaptured> {
  const now: Captured = { fields: fieldsOf(page), visibleText: await readFile(page.files.text, "utf8") };
  const { result, changes, comparison } = compareCaptures(first.captured, now);
  const remarks = {
    ...(first.caseName === undefined ? {} : { caseName: first.caseName }),
    ...(planned === undefined ? {} : { agendaItem: planned.agendaItem }),
  };
  const act = {
    act: "recaptured",
    ...referenceFields(first, planned?.due),
    result,
    ...(Object.keys(changes).length === 0 ? {} : { changes }),
    ...(Object.keys(comparison).length === 0 ? {} : { comparison }),
    ...(page.revisits === 0 ? {} : { revisits: page.revisits }),
    ...capturedFields(context, page, remarks),
    ...askedBy(planned),
  };
  const store = async (): Promise<Readonly<Record<string, BlobRef>>> => ({
    ...(await storeBlobs(context, page)),
    // Held with the recapture, and handed out with it: without it, what it revisits is not there.
    ...(page.revisits === 0 || first.archive === undefined ? {} : { earlierArchive: first.archive }),
  });
  const done = await sealWithBlobs(context, act, store).catch(asErased(first.id));
  return { ...done, of: first.id, url: first.url, result, changes, comparison, cause: null, reason: null };
}

/** The act's fields as they will be, as far as they are compared: its media are not stored yet. */
function fieldsOf({ facts, files: { media = [] } }: CapturedPage): Captured["fields"] {
  const files = media.map(({ sha256, mediaType }, i) => [`media${i + 1}`, { sha256, mediaType }] as const);
  return { ...facts, ...Object.fromEntries(files) };
}

/** What we were shown in the post's place is sealed in words: who we are, when, and what the server answered to us. */
async function sealNotSeen(
  context: RecordContext,
  first: First,
  { cause, reason, pageReason, status, session }: NotCaptured & { readonly session: boolean },
  attempts: number,
  planned: Planned | undefined,
): Promise<Recaptured> {
  const result = resultOf({ cause, ...(status === undefined ? {} : { status }) });
  const done = await seal(context, {
    act: "recaptured",
    ...referenceFields(first, planned?.due),
    result,
    url: first.url,
    cause,
    // The session's name is not the page's doing.
    reason: pageReason ?? reason,
    ...(session ? { session } : {}),
    ...(status === undefined ? {} : { status }),
    attempts,
    attemptedAt: new Date(context.clock.now()).toISOString(),
    capturedBy: context.settings.capturedBy ?? context.file.name,
    software: { ...SOFTWARE },
    ...(first.caseName === undefined ? {} : { case: first.caseName }),
    ...(planned === undefined ? {} : { agendaItem: planned.agendaItem }),
    ...askedBy(planned),
  });
  return { ...done, of: first.id, url: first.url, result, changes: {}, comparison: {}, cause, reason };
}

function askedBy(planned: Planned | undefined): { readonly actor?: string } {
  return planned?.actor === undefined ? {} : { actor: planned.actor };
}

function asErased(id: string): (error: unknown) => never {
  return (error) => {
    if (!isPlacardError(error, "not_found")) throw error;
    throw new PlacardError("erased", say("erased_meanwhile_again", { id }));
  };
}

/** The first capture of an exhibit's link, where it may be asked for again. Throws `usage`, `not_found`, `erased`. */
export async function firstToLookAtAgain(
  context: RecordContext,
  given: string,
  allowPrivate: boolean,
): Promise<{ readonly id: string }> {
  const first = await firstCapture(context, given);
  if (!allowPrivate) refusePrivate(parseLink(first.url));
  requireSession(first, undefined);
  return { id: first.id };
}

async function firstCapture(context: RecordContext, given: string): Promise<First> {
  const asked = await findExhibit(context, given);
  const detail = asked.summary.recaptureOf === null ? asked : await findExhibit(context, asked.summary.recaptureOf);
  const { summary, fields, sealed: act } = detail;
  if (summary.state === "erased") {
    const reason = summary.reason ?? "no reason kept";
    throw new PlacardError("erased", say("erased_no_link", { id: summary.id, reason }));
  }
  const url = fields["url"];
  if (fields["act"] !== "captured" || typeof url !== "string") {
    throw new PlacardError("usage", say("received_not_again", { id: summary.id }), {
      next: say("capture_now"),
    });
  }
  const caseName = fields["case"];
  return {
    id: summary.id,
    leaf: toHex(leafHash(entryOf(act.jwt))),
    position: summary.position,
    url,
    captured: { fields, visibleText: await textOf(context, detail) },
    caseName: typeof caseName === "string" ? caseName : undefined,
    archive: refOf(fields["archive"]),
  };
}

/** Undefined where the first capture's archive is not there as it was sealed: then everything is kept again. */
async function earlierPayloads({ vault }: RecordContext, { archive, captured }: First): Promise<Earlier | undefined> {
  const blob = archive === undefined ? undefined : await vault.openBlob(archive.sha256);
  if (archive === undefined || blob === undefined) return undefined;
  const digest = await digestInSlices(() => createHash("sha256"))(blob, () => undefined);
  if (toHex(digest) !== archive.sha256) return undefined;
  return { archive: blob, find: await findInEarlier(blob), isHeldBack: heldBack(captured.fields).includes("archive") };
}

async function textOf({ vault }: RecordContext, { fields }: Pick<ExhibitDetail, "fields">): Promise<string> {
  const ref = refOf(fields["visibleText"]);
  return (ref === undefined ? undefined : await vault.openBlob(ref.sha256))?.text() ?? "";
}

function refOf(value: Json | undefined): BlobRef | undefined {
  if (!isJsonObject(value)) return undefined;
  const { sha256, bytes, mediaType } = value;
  const isRef = typeof sha256 === "string" && typeof bytes === "number" && typeof mediaType === "string";
  return isRef ? { sha256, bytes, mediaType } : undefined;
}
