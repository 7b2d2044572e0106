/** A file on its way in: on disk from its first byte, deleted when it is done with, and swept up where the process was killed. */
import { join } from "node:path";
import { LONGEST_LIST } from "../agenda/link-list.ts";
import { linksInSpreadsheet } from "../capture/received/spreadsheet.ts";
import { openScratch, removeScratch } from "../capture/scratch.ts";
import { openPending } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { ROOM_TO_SEAL, requireRoom } from "../lib/room.ts";
import type { RecordContext } from "./context.ts";
import { openFileBlob } from "./file-blob.ts";
import { say } from "./said.ts";

/** Over a screen. What is larger is imported on the command line. */
export const LONGEST_UPLOAD = 2 ** 31;
/** Bytes after which it is looked again whether there is room: it must not take the last of it from all others. */
const BETWEEN_LOOKS = 8 << 20;

export interface Upload extends AsyncDisposable {
  readonly path: string;
  /** The text, where it is one of a sensible length that could be a list of links; undefined otherwise. */
  readonly text: string | undefined;
}

/** Throws `too_large`, `storage`, what the chunks throw, and what a spreadsheet that cannot be read throws; nothing stays then. */
export async function takeUpload(
  { folder }: Pick<RecordContext, "folder">,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Upload> {
  const scratch = await openScratch(folder.scratch);
  const path = join(scratch, "upload");
  try {
    const pending = await openPending(scratch, { mode: 0o600, scratch: true });
    try {
      let length = 0;
      let unchecked = BETWEEN_LOOKS;
      for await (const chunk of chunks) {
        if ((length += chunk.length) > LONGEST_UPLOAD) throw new PlacardError("too_large", say("file_over_2"));
        if ((unchecked += chunk.length) > BETWEEN_LOOKS) {
          requireRoom(scratch, ROOM_TO_SEAL + BETWEEN_LOOKS);
          unchecked = 0;
        }
        await pending.write(chunk);
      }
      await pending.commit(path);
    } finally {
      await pending.discard();
    }
    return { path, text: await textOf(path), [Symbol.asyncDispose]: () => removeScratch(scratch) };
  } catch (error) {
    await removeScratch(scratch);
    throw error;
  }
}

const BEGINNING = 2048;
/** Of files that are text and no list: a page, a drawing, JSON, an archive. */
const OTHER = /^\s*(?:[<{]|WARC\/)/;

/** The links in a spreadsheet; else plain text by its content: UTF-8, or UTF-16 with a mark as spreadsheets write it, without a control character. */
async function textOf(path: string): Promise<string | undefined> {
  await using file = await openFileBlob(path);
  const links = await linksInSpreadsheet(file.blob);
  if (links !== undefined) return links;
  const start = await file.blob.slice(0, BEGINNING).bytes();
  const encoding = start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : "utf-8";
  const decode = (bytes: Uint8Array, whole: boolean): string =>
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole });
  const isText = (text: string): boolean => !/[^\P{Cc}\t\n\v\f\r]/u.test(text);
  try {
    const beginning = decode(start, file.blob.size <= BEGINNING);
    if (!isText(beginning) || OTHER.test(beginning) || file.blob.size > 2 * LONGEST_LIST) return undefined;
    const text = decode(await file.blob.bytes(), true);
    return isText(text) ? text : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
