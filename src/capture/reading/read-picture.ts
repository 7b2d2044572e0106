/** Text out of a picture, read by machine in a thread of its own that is ended when it is done, or takes too long. */
import { PlacardError } from "../../lib/error.ts";
import { LONGEST_PICTURE } from "../media/picture-kind.ts";
import { say } from "../said.ts";
import { inThread, threadFile } from "./in-thread.ts";
import type { ReadingReport } from "./reading-worker.ts";

const WORKER = threadFile("reading-worker", import.meta.url);
/** Milliseconds for one picture, the engine's start included. */
const PATIENCE = 90_000;
const LONGEST_TEXT = 20_000;

export interface ReadText {
  /** Lines as the machine took them; no controls but their ends. */
  readonly text: string;
  /** The machine's own estimate, 0 to 100. */
  readonly sureness: number;
  /** Whether the picture, or the text, goes on where reading ended. */
  readonly isCut: boolean;
}

/** Throws `too_large`, `malformed` (no picture that can be decoded, or one that takes too long). */
export async function readPicture(picture: Blob, patience = PATIENCE): Promise<ReadText> {
  if (picture.size > LONGEST_PICTURE) throw new PlacardError("too_large", say("picture_not_read"));
  const report = await inThread<ReadingReport>(
    WORKER,
    { bytes: new Uint8Array(await picture.arrayBuffer()) },
    patience,
  );
  if (typeof report === "string")
    throw new PlacardError("malformed", say(report === "late" ? "reading_too_long" : "picture_not_read_at_all"));
  if ("why" in report) throw new PlacardError(report.isTooLarge ? "too_large" : "malformed", report.why);
  const text = plain(report.text);
  const shown = text.slice(0, LONGEST_TEXT).toWellFormed();
  return { text: shown, sureness: report.sureness, isCut: report.isCut || shown.length < text.length };
}

/** Without what turns the direction of a text round, or is not seen at all: the lines are told apart by the page that shows them. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
