/** import: files others made, sealed as received. */
import { basename, join } from "node:path";
import { lookAtPictures } from "../capture/media/look-at-pictures.ts";
import { readReceived } from "../capture/received/read.ts";
import { openScratch, removeScratch } from "../capture/scratch.ts";
import { openPending } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import type { Act } from "../record/act.ts";
import { refuseStopped } from "../verify/digest.ts";
import type { Check } from "../verify/verdict.ts";
import { findExhibit } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { openDigester } from "./digest-blob.ts";
import { openFileBlob } from "./file-blob.ts";
import { say } from "./said.ts";
import { type Sealed, sealWithBlobs } from "./seal.ts";
import { SOFTWARE } from "./version.ts";
import { webAuthorities } from "./web-authorities.ts";

export interface ImportOptions {
  /** Who handed it over, in words. */
  readonly from: string;
  readonly caseName?: string;
  readonly note?: string;
  /** Pseudonym of the member who took it in. */
  readonly actor?: string;
  /** By which receipt it was sent in. */
  readonly sentIn?: string;
  /** 128 random bits, made by who sends it: what is sent twice is sealed once. */
  readonly key?: string;
  /** Its name as it came, where it lies under another. */
  readonly fileName?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (file: string, step: string) => void;
}

export interface Imported extends Sealed {
  readonly file: string;
  readonly kind: string;
  /** What the file's own hashes and signatures came to. */
  readonly checks: readonly Check[];
}

const LONGEST_TEXT = 10_000;
const LONGEST_FILE = 2 ** 32;
const LONGEST_NAME = 255;

/**
 * Seals a file as received from somebody: its bytes as they came, what it says of itself, and what its own hashes and
 * signatures came to. Throws `usage`, `not_found`, `unsupported`, `malformed`, `mismatch` (a proof that
 * does not hold), `too_large`, `storage`.
 */
export async function importFile(context: RecordContext, path: string, options: ImportOptions): Promise<Imported> {
  requireTexts(options);
  const onProgress = (step: string): void => options.onProgress?.(path, step);
  const folder = await openScratch(context.folder.scratch);
  try {
    onProgress("taking a copy");
    // Read from a copy of our own: what is described must be what is sealed, whoever writes to the file meanwhile.
    const copy = join(folder, "received");
    await copyTo(path, copy, options.signal);
    await using file = await openFileBlob(copy);
    onProgress("reading what it says of itself");
    const before = options.key === undefined ? undefined : await sealedBefore(context, path, options.key);
    if (before !== undefined) return before;
    const received = await describe(file.blob, copy, options.signal);
    onProgress("sealing");
    const act: Act = {
      act: "received",
      receivedFrom: options.from,
      receivedBy: context.settings.capturedBy ?? context.file.name,
      receivedAt: new Date(context.clock.now()).toISOString(),
      fileName: nameOf(options.fileName ?? path),
      kind: received.kind,
      claims: { ...received.claims },
      ...(received.picture === undefined ? {} : { picture: { ...received.picture } }),
      ownChecks: received.checks.map(({ name, state, why }) => ({ name, state, why })),
      software: { ...SOFTWARE },
      ...(options.caseName === undefined ? {} : { case: options.caseName }),
      ...(options.note === undefined ? {} : { note: options.note }),
      ...(options.actor === undefined ? {} : { actor: options.actor }),
      ...(options.sentIn === undefined ? {} : { sentIn: options.sentIn }),
      ...(options.key === undefined ? {} : { agendaItem: options.key }),
    };
    const sealed = await sealWithBlobs(context, act, async () => ({
      received: await context.vault.putBlob(file.blob.stream(), received.mediaType, LONGEST_FILE),
    }));
    return { file: path, kind: received.kind, checks: received.checks, ...sealed };
  } finally {
    await removeScratch(folder);
  }
}

async function sealedBefore(context: RecordContext, file: string, key: string): Promise<Imported | undefined> {
  const row = (await context.index.sealedFor([key])).get(key);
  if (row === undefined) return undefined;
  const { words, fields } = await findExhibit(context, row.id);
  if (fields["act"] !== "received") throw new PlacardError("conflict", say("file_key_taken"));
  const { kind, ownChecks } = fields as unknown as { readonly kind: string; readonly ownChecks: readonly Check[] };
  return { file, kind, checks: ownChecks, position: row.position, id: row.id, words, time: Date.parse(row.sealedAt) };
}

/** The last part of whatever path it is, on whatever system: its name is a stranger's, and names nothing here. */
function nameOf(path: string): string {
  const name = basename(path.replaceAll("\\", "/")).toWellFormed();
  return name
    .replace(/\p{Cc}/gu, "")
    .slice(0, LONGEST_NAME)
    .toWellFormed();
}

async function describe(blob: Blob, path: string, signal: AbortSignal | undefined) {
  await using digester = openDigester(blob.size);
  return readReceived(blob, {
    digestBlob: digester.digestBlob,
    webRoots: webAuthorities,
    lookAtPicture: async () => {
      const [seen] = await lookAtPictures([path]);
      return seen ?? {};
    },
    ...(signal === undefined ? {} : { signal }),
  });
}

async function copyTo(path: string, target: string, signal: AbortSignal | undefined): Promise<void> {
  await using file = await openFileBlob(path);
  if (file.blob.size > LONGEST_FILE) throw new PlacardError("too_large", `${path} is larger than 4 GiB.`);
  const pending = await openPending(join(target, ".."), { mode: 0o600, scratch: true });
  try {
    for await (const chunk of file.blob.stream()) {
      refuseStopped(signal);
      await pending.write(chunk);
    }
    await pending.commit(target);
  } finally {
    await pending.discard();
  }
}

function requireTexts({ from, caseName, note }: ImportOptions): void {
  if (from.trim() === "") {
    throw new PlacardError("usage", "It is not said whom the file is from.", {
      next: 'Add --from "WHO GAVE IT TO YOU".',
    });
  }
  for (const [what, text] of Object.entries({ sender: from, case: caseName, note })) {
    if (text !== undefined && text.length > LONGEST_TEXT) {
      throw new PlacardError("usage", `The ${what} is longer than ${LONGEST_TEXT} characters.`);
    }
  }
}
