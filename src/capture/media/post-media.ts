/**
 * The post's pictures, videos and sounds as files of their own: the bytes that crossed the wire, content coding removed.
 * Only what was received whole is a file; of the rest it is said why not.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openPending } from "../../lib/durable.ts";
import { isPlacardError } from "../../lib/error.ts";
import { contentOf } from "../netlog/content.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { withoutFragment } from "../page/same-page.ts";
import { type PictureKind, pictureKind, sniffMediaType, TELLING_BYTES } from "./picture-kind.ts";

const MOST_FILES = 12;
const LONGEST_FILE = 256 << 20;
const LONGEST_IN_ALL = 512 << 20;
const MOST_REDIRECTS = 20;
const MOST_MISSING = 20;
const LONGEST_ADDRESS = 2000;

export interface MediaFile {
  readonly path: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Of pictures that can be looked into. */
  readonly kind: PictureKind | undefined;
  /** The address under which the page asked for it. */
  readonly url: string;
}

export interface MissingMedia {
  readonly url: string;
  /** A sentence for people. */
  readonly why: string;
}

export interface PostMedia {
  readonly files: readonly MediaFile[];
  readonly missing: readonly MissingMedia[];
}

/**
 * Writes what was received at each of the `addresses` to `folder`, in their order; the same bytes once. Throws `storage`.
 */
export async function keepMedia(
  addresses: readonly string[],
  exchanges: readonly Exchange[],
  folder: string,
): Promise<PostMedia> {
  const byUrl = Map.groupBy(exchanges, ({ url }) => url);
  const files: MediaFile[] = [];
  const missing: MissingMedia[] = [];
  const hashes = new Set<string>();
  let left = LONGEST_IN_ALL;
  for (const url of new Set(addresses.map(tidy))) {
    const miss = (why: string): number => missing.push({ url: url.slice(0, LONGEST_ADDRESS), why });
    const found = receivedAt(url, byUrl);
    if (typeof found === "string") miss(found);
    else if (files.length === MOST_FILES) miss(`Of one post, ${MOST_FILES} files are kept; it is in the archive.`);
    else {
      const path = join(folder, `media-${files.length + 1}`);
      const written = await writeContent(found, path, Math.min(LONGEST_FILE, left), hashes);
      if (typeof written === "string") miss(written);
      else if (written !== undefined) {
        hashes.add(written.sha256);
        left -= written.bytes;
        files.push({ path, url, ...written });
      }
    }
  }
  return { files, missing: missing.slice(0, MOST_MISSING) };
}

/** As the browser writes it; where it is no address of the web, its beginning. */
function tidy(address: string): string {
  if (!/^https?:/i.test(address)) return address.slice(0, 100);
  return withoutFragment(URL.parse(address)?.href ?? address);
}

/** The exchange in which the file came whole, or why there is none. */
function receivedAt(address: string, byUrl: ReadonlyMap<string, readonly Exchange[]>): Exchange | string {
  if (/^blob:/i.test(address)) return "The page's script put it together from pieces; these are in the archive.";
  if (!/^https?:/i.test(address)) return "It has no address on the web.";
  let url = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answers = (byUrl.get(url) ?? []).filter(({ method }) => method === "GET");
    const whole = answers.find((exchange) => whyNotWhole(exchange) === undefined);
    if (whole !== undefined) return whole;
    const onward = answers.find(({ redirectedTo }) => redirectedTo !== undefined)?.redirectedTo;
    if (onward === undefined) return whyNoneOf(answers);
    url = withoutFragment(onward);
  }
  return "It is sent on too many times.";
}

function whyNoneOf(answers: readonly Exchange[]): string {
  const inPieces = answers.length > 1 && answers.every(({ status }) => status === 206);
  if (inPieces) return "It came in pieces; these are in the archive.";
  return answers.map(whyNotWhole).findLast((why) => why !== undefined) ?? "The page did not fetch it.";
}

/** Undefined where it was received whole. */
function whyNotWhole(exchange: Exchange): string | undefined {
  const { status, truncated, error } = exchange;
  if (status === 0) return "No answer came.";
  if (status !== 200 && status !== 206) return `The server answered with ${status}.`;
  if (truncated || error !== undefined) return "It was not received to its end.";
  if (status === 206 && !coversAll(exchange)) return "Only a part of it was fetched.";
  return undefined;
}

/** Whether a part goes from the first byte to the last (RFC 9110 §14.4). */
function coversAll(exchange: Exchange): boolean {
  const [range = "", ...more] = valuesOf(exchange.responseHeaders, "content-range");
  const match = /^bytes 0-(\d{1,15})\/(\d{1,15})$/.exec(range.trim());
  const coded = valuesOf(exchange.responseHeaders, "content-encoding").length > 0;
  return match !== null && more.length === 0 && !coded && Number(match[1]) + 1 === Number(match[2]);
}

interface Written {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly kind: PictureKind | undefined;
}

/**
 * Streams the content to `path`. Where it is no media file after all, returns why not; where its hash is among those
 * `known`, undefined. Leaves nothing then.
 */
async function writeContent(
  exchange: Exchange,
  path: string,
  most: number,
  known: ReadonlySet<string>,
): Promise<Written | string | undefined> {
  const pending = await openPending(join(path, ".."), { mode: 0o600, scratch: true });
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    let beginning: Uint8Array = new Uint8Array();
    for await (const chunk of contentOf(exchange, most)) {
      if (beginning.length < TELLING_BYTES) beginning = Buffer.concat([beginning, chunk.subarray(0, TELLING_BYTES)]);
      hash.update(chunk);
      bytes += chunk.length;
      await pending.write(chunk);
    }
    const mediaType = mediaTypeOf(exchange, beginning);
    if (bytes === 0) return "What the server sent is empty.";
    if (mediaType === undefined) return "What the server sent is no picture, video or sound.";
    const sha256 = hash.digest("hex");
    if (known.has(sha256)) return undefined;
    await pending.commit(path);
    return { sha256, bytes, mediaType, kind: pictureKind(beginning) };
  } catch (error) {
    if (isPlacardError(error, "too_large"))
      return "It is larger than is kept as a file of its own; it is in the archive.";
    if (isPlacardError(error, "unsupported") || isPlacardError(error, "malformed")) return error.message;
    throw error;
  } finally {
    await pending.discard();
  }
}

/** Of the pictures we know by their bytes; else as the server says, where it says that it is media at all. */
function mediaTypeOf({ responseHeaders }: Exchange, beginning: Uint8Array): string | undefined {
  const sniffed = sniffMediaType(beginning);
  if (pictureKind(beginning) !== undefined) return sniffed;
  const [declared = ""] = valuesOf(responseHeaders, "content-type");
  const type = declared.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return /^(?:image|video|audio)\/[\w.+-]{1,60}$/.test(type) ? type : sniffed;
}
