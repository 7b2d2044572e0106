/**
 * Files others made, read for what they say of themselves. Nothing here is believed: it is their makers' word, sealed as
 * such, beside the bytes as they came.
 */
import type { JsonObject } from "../../lib/json.ts";
import type { Check } from "../../verify/verdict.ts";

export type ReceivedKind = "wacz" | "warc" | "har" | "html" | "picture" | "placard";

/** What a file says of itself. Every text is cut to a size. */
export interface Claims {
  /** The page it is about: its own address, as the file has it. */
  readonly url?: string;
  readonly title?: string;
  /** When it was made, in the file's own spelling. */
  readonly savedAt?: string;
  /** What made it. */
  readonly software?: string;
  /** Of a placard file: which exhibit it is, and of which record. */
  readonly exhibit?: string;
  readonly origin?: string;
}

export interface ReceivedFile {
  readonly kind: ReceivedKind;
  /** Media type of the file as it came. */
  readonly mediaType: string;
  readonly claims: Claims;
  /** Of a picture: its size and perceptual hash, or why there is none. */
  readonly picture?: JsonObject;
  /** What could be checked from inside: hashes and signatures the file itself carries. */
  readonly checks: readonly Check[];
}

export const MEDIA_TYPES: Readonly<Record<Exclude<ReceivedKind, "picture">, string>> = {
  wacz: "application/wacz",
  warc: "application/warc",
  har: "application/json",
  html: "text/html",
  placard: "application/placard+zip",
};

const LONGEST_CLAIM = 2000;

/** Of what a file says, the texts that are there, each cut to a size. */
export function claimsOf(said: Readonly<Partial<Record<keyof Claims, unknown>>>): Claims {
  const texts = Object.entries(said).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value.toWellFormed().trim().slice(0, LONGEST_CLAIM) : "";
    return text === "" ? [] : [[name, text.toWellFormed()] as const];
  });
  return Object.fromEntries(texts);
}
