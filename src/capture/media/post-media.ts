/**
 * The post's pictures, videos and sounds as files of their own: the bytes that crossed the wire, content coding removed.
 * Only what was received whole, at once or in parts, is a file; of the rest it is said why not.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openPending } from "../../lib/durable.ts";
import { isPlacardError } from "../../lib/error.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { withoutFragment } from "../page/same-page.ts";
import type { Stream } from "../post/post-element.ts";
import { type PictureKind, pictureKind, sniffMediaType, TELLING_BYTES } from "./picture-kind.ts";
import { TOO_MANY_PARTS } from "./pieces.ts";
import { type Joined, type Received, receivedAt, type Traffic } from "./received-media.ts";
import { isPlaylistAt, orWhyNot, PUT_TOGETHER, receivedList, receivedStream } from "./received-video.ts";

const MOST_FILES = 12;
export const LONGEST_FILE = 256 << 20;
export const LONGEST_IN_ALL = 512 << 20;
/** Of all files put together from several answers: each is a line in the act. */
const MOST_PARTS_IN_ALL = 2000;
/** … and what is read for them: each byte some three times. */
const MOST_READ = 2 ** 32;
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
  /** Where it was put together from several answers. */
  readonly joined?: Joined | undefined;
  /** How long the list says that it is by which it was put together. */
  readonly seconds?: number | undefined;
}

interface MissingMedia {
  readonly url: string;
  /** A sentence for people. */
  readonly why: string;
}

export interface PostMedia {
  readonly files: readonly MediaFile[];
  readonly missing: readonly MissingMedia[];
}

export interface KeptFrom {
  readonly exchanges: readonly Exchange[];
  /** Of the addresses, what a script put together. */
  readonly streams?: readonly Stream[];
  /** Whether the capture asked for it, and not the page. */
  readonly isFetched?: (exchange: Exchange) => boolean;
}

/**
 * Writes what was received at each of the `addresses` to `folder`, in their order; the same bytes once. Throws `storage`.
 */
export async function keepMedia(
  addresses: readonly string[],
  { exchanges, streams = [], isFetched = () => false }: KeptFrom,
  folder: string,
): Promise<PostMedia> {
  const traffic = { byUrl: Map.groupBy(exchanges, ({ url }) => url), isFetched, budget: { left: MOST_READ } };
  const played = new Map(streams.map((stream) => [tidy(stream.url), stream]));
  const files: MediaFile[] = [];
  const missing: MissingMedia[] = [];
  const hashes = new Set<string>();
  let left = LONGEST_IN_ALL;
  let partsLeft = MOST_PARTS_IN_ALL;
  const keep = async (url: string, received: Received): Promise<string | undefined> => {
    if ((received.together?.joining.count ?? 0) > partsLeft) return TOO_MANY_PARTS;
    if (files.length === MOST_FILES) return `Of one post, ${MOST_FILES} files are kept; it is in the archive.`;
    const path = join(folder, `media-${files.length + 1}`);
    const written = await writeContent(received, path, Math.min(LONGEST_FILE, left), hashes);
    if (typeof written === "string") return written;
    if (written === undefined) return undefined;
    hashes.add(written.sha256);
    left -= written.bytes;
    partsLeft -= written.joined?.parts.length ?? 0;
    files.push({ path, url, ...written });
    return undefined;
  };
  for (const url of new Set(addresses.map(tidy))) {
    const found = await receivedOf(url, traffic, played);
    for (const one of typeof found === "string" ? [found] : found) {
      const why = typeof one === "string" ? one : await keep(url, one);
      if (why !== undefined) missing.push({ url: url.slice(0, LONGEST_ADDRESS), why });
    }
  }
  return { files, missing: missing.slice(0, MOST_MISSING) };
}

async function receivedOf(
  url: string,
  traffic: Traffic,
  played: ReadonlyMap<string, Stream>,
): Promise<readonly Received[] | string> {
  if (/^blob:/i.test(url)) {
    const stream = played.size === 1 ? played.get(url) : undefined;
    return stream === undefined ? PUT_TOGETHER : receivedStream(traffic, LONGEST_FILE, stream);
  }
  if (await isPlaylistAt(url, traffic)) return receivedList(url, traffic, LONGEST_FILE);
  const received = await orWhyNot(() => receivedAt(url, traffic, LONGEST_FILE));
  return typeof received === "string" ? received : [received];
}

/** As the browser writes it; where it is no address of the web, its beginning. */
function tidy(address: string): string {
  if (!/^https?:/i.test(address)) return address.slice(0, 100);
  return withoutFragment(URL.parse(address)?.href ?? address);
}

interface Written extends Omit<MediaFile, "path" | "url"> {}

/**
 * Streams the content to `path`. Where it is no media file after all, returns why not; where its hash is among those
 * `known`, undefined. Leaves nothing then.
 */
async function writeContent(
  { headers, content, together }: Received,
  path: string,
  most: number,
  known: ReadonlySet<string>,
): Promise<Written | string | undefined> {
  const pending = await openPending(join(path, ".."), { mode: 0o600, scratch: true });
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    let beginning: Uint8Array = new Uint8Array();
    for await (const chunk of content(most)) {
      if (beginning.length < TELLING_BYTES) beginning = Buffer.concat([beginning, chunk.subarray(0, TELLING_BYTES)]);
      hash.update(chunk);
      bytes += chunk.length;
      await pending.write(chunk);
    }
    const mediaType = together?.mediaType?.() ?? mediaTypeOf(headers, beginning);
    if (bytes === 0) return "What the server sent is empty.";
    if (mediaType === undefined) return "What the server sent is no picture, video or sound.";
    const sha256 = hash.digest("hex");
    if (await together?.joining.isContradicted(pending.path))
      return "What came in several answers is not the same in all.";
    if (known.has(sha256)) return undefined;
    await pending.commit(path);
    return {
      sha256,
      bytes,
      mediaType,
      kind: pictureKind(beginning),
      joined: together?.told(),
      seconds: together?.seconds,
    };
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
function mediaTypeOf(headers: readonly Header[], beginning: Uint8Array): string | undefined {
  const sniffed = sniffMediaType(beginning);
  if (pictureKind(beginning) !== undefined) return sniffed;
  const [declared = ""] = valuesOf(headers, "content-type");
  const type = declared.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return /^(?:image|video|audio)\/[\w.+-]{1,60}$/.test(type) ? type : sniffed;
}
