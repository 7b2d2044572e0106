/** Of what a stranger sends, what is taken in at all: links that could be saved, pictures that are pictures, words. */
import { randomBytes } from "node:crypto";
import { linksIn } from "../../app/asked.ts";
import { screenshotType } from "../../app/sent-picture.ts";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import { LARGEST_PICTURE, MOST_LINKS, type Picture, type Sending } from "./sent.ts";

export interface Written {
  readonly links: string;
  /** In base64. */
  readonly pictures: readonly string[];
  readonly words: string;
  readonly contact: string;
}

/** Throws `usage`, `unsupported`, `too_large`, `malformed`. */
export function readContents(written: Written, allowPrivate: boolean): Omit<Sending, "code"> {
  const text = written.links.trim();
  const links = text === "" ? [] : linksIn(text, { allowPrivate });
  if (links.length > MOST_LINKS)
    throw new PlacardError("too_large", say("more_than_links", { count: MOST_LINKS }), {
      next: say("send_in_parts"),
    });
  const pictures = written.pictures.map(readPicture);
  const words = plain(written.words);
  if (links.length + pictures.length === 0)
    throw new PlacardError("usage", say("neither_link_nor_picture"), { next: say("add_one") });
  return { links, pictures, words, contact: plain(written.contact).replaceAll("\n", " ") };
}

/** What can be seen, and line breaks. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
}

function readPicture(base64: string): Picture {
  const bytes = Buffer.from(base64, "base64");
  // Node passes over what is no base64.
  const expected = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  if (bytes.length !== expected || expected === 0)
    throw new PlacardError("malformed", say("picture_not_arrived"), { next: say("choose_once_more") });
  if (bytes.length > LARGEST_PICTURE) throw new PlacardError("too_large", say("picture_over_8"));
  const mediaType = screenshotType(bytes);
  if (mediaType === undefined)
    throw new PlacardError("unsupported", say("no_picture_taken"), {
      next: say("screenshot_kinds"),
    });
  return { bytes, mediaType, item: randomBytes(16).toString("hex") };
}
