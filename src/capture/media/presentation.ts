/**
 * Which segments a video is made of that is handed out by playlists (RFC 8216): of its variants the one that the page itself
 * fetched, with its sound where that lies apart.
 */
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import {
  type AudioRendition,
  type MasterPlaylist,
  type MediaPlaylist,
  readPlaylist,
  type Segment,
  type Variant,
} from "./playlist.ts";

/** Playlists of a page that are looked into, and variants of a video whose lists are asked for one after the other. */
const MOST_LISTS = 20;
const MOST_TRIED = 4;

/** A list as it was read: one address may give another list each time. */
export interface ReadList {
  /** Where it was asked for. */
  readonly url: string;
  /** "sha256:<hex>" of its content. */
  readonly digest: string;
  /** Asked for by the capture, not by the page. */
  readonly fetched?: true;
}

export interface Track {
  readonly kind: "video" | "audio";
  /** The lists that led to it, the last its own. */
  readonly playlists: readonly ReadList[];
  readonly segments: readonly Segment[];
  /** How long the list says it is. */
  readonly seconds: number;
}

/** What is known of the traffic. */
export interface Sources {
  /** The list at an address, and where it was in the end; undefined where it is not to be had. May throw `storage`. */
  listAt(url: string): Promise<(Omit<ReadList, "url"> & { readonly text: string; readonly base: string }) | undefined>;
  /** Whether it came already, without asking for it. */
  isHere(url: string): boolean;
  hasSegment(segment: Segment): boolean;
  /** Bytes a file may have. */
  readonly most: number;
}

/** The one video that these lists are of. Throws `unsupported` where there is none or are several, and what `readPlaylist` does. */
export async function onlyRoot(urls: readonly string[], sources: Sources): Promise<string | undefined> {
  if (urls.length > MOST_LISTS) throw new PlacardError("unsupported", SEVERAL);
  const listed = new Set<string>();
  for (const url of urls) {
    const list = (await readAt(url, sources).catch(unlessStorage))?.list;
    if (list?.kind === "master") for (const other of list.listed) if (other !== url) listed.add(other);
  }
  const roots = urls.filter((url) => !listed.has(url));
  if (roots.length > 1) throw new PlacardError("unsupported", SEVERAL);
  return roots[0];
}

const SEVERAL =
  "The page fetched several videos in pieces, and it cannot be told which of them this is; they are in the archive.";

function unlessStorage(error: unknown): undefined {
  if (!isPlacardError(error) || error.code === "storage") throw error;
}

/** Its tracks, one or two. Throws as `readPlaylist` does, and `not_found` where a list did not come. */
export async function tracksAt(url: string, sources: Sources): Promise<readonly Track[]> {
  const { list, read } = await readAt(url, sources);
  if (list.kind === "media") return [{ kind: "video", playlists: [read], ...said(list) }];
  const { variant, media } = await chosenVariant(list, sources);
  const video: Track = { kind: "video", playlists: [read, media.read], ...said(media.list) };
  const sound = await soundOf(list, variant, sources);
  if (sound === undefined) return [video];
  return [video, { kind: "audio", playlists: [read, sound.read], ...said(sound.list) }];
}

function said({ segments, seconds }: MediaPlaylist): Pick<Track, "segments" | "seconds"> {
  return { segments, seconds };
}

interface Reading<List = MediaPlaylist | MasterPlaylist> {
  readonly list: List;
  readonly read: ReadList;
}

async function readAt(url: string, { listAt }: Sources): Promise<Reading> {
  const found = await listAt(url);
  if (found === undefined) throw notThere();
  const { text, base, ...read } = found;
  return { list: readPlaylist(text, base), read: { url, ...read } };
}

async function mediaAt(url: string, sources: Sources): Promise<Reading<MediaPlaylist>> {
  const { list, read } = await readAt(url, sources);
  if (list.kind === "media") return { list, read };
  throw new PlacardError("malformed", "The list of its parts cannot be read: it leads to lists of lists.");
}

/** Undefined where that list did not come: another variant's may have. */
async function mediaThere(url: string, sources: Sources): Promise<Reading<MediaPlaylist> | undefined> {
  return mediaAt(url, sources).catch((error: unknown) => {
    if (isPlacardError(error, "not_found")) return undefined;
    throw error;
  });
}

const notThere = (): PlacardError => new PlacardError("not_found", "The list of its parts did not come whole.");

interface Chosen {
  readonly variant: Variant;
  readonly media: Reading<MediaPlaylist>;
}

/** The one of which most came, the whole before a part, and of those the best; where none did, the best that a file may hold. */
async function chosenVariant({ variants }: MasterPlaylist, sources: Sources): Promise<Chosen> {
  const best = variants.toSorted((a, b) => b.bandwidth - a.bandwidth);
  let most: (Chosen & { readonly share: number }) | undefined;
  for (const variant of best.filter(({ url }) => sources.isHere(url)).slice(0, MOST_LISTS)) {
    const media = await mediaThere(variant.url, sources);
    if (media === undefined) continue;
    const share = shareOf(media, sources);
    if (share > (most?.share ?? 0)) most = { variant, media, share };
  }
  if (most !== undefined) return most;
  let isAnyThere = false;
  for (const variant of best.slice(0, MOST_TRIED)) {
    const media = await mediaThere(variant.url, sources);
    if (media === undefined) continue;
    if ((variant.bandwidth * media.list.seconds) / 8 <= sources.most) return { variant, media };
    isAnyThere = true;
  }
  if (!isAnyThere) throw notThere();
  throw new PlacardError("too_large", "It is larger than is kept.");
}

function shareOf({ list: { segments } }: Reading<MediaPlaylist>, { hasSegment }: Sources): number {
  return segments.filter(hasSegment).length / segments.length;
}

/** Of a variant whose sound is apart: what of it the page fetched, else what it would have. */
async function soundOf({ audio }: MasterPlaylist, { audioGroup }: Variant, sources: Sources) {
  const group = audio
    .filter(({ group: name }) => name === audioGroup)
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const apart = group.filter((one): one is AudioRendition & { readonly url: string } => one.url !== undefined);
  let most: { readonly media: Reading<MediaPlaylist>; readonly share: number } | undefined;
  for (const { url } of apart.filter((one) => sources.isHere(one.url)).slice(0, MOST_LISTS)) {
    const media = await mediaThere(url, sources);
    const share = media === undefined ? 0 : shareOf(media, sources);
    if (media !== undefined && share > (most?.share ?? 0)) most = { media, share };
  }
  if (most !== undefined) return most.media;
  const [first] = group;
  if (first?.url === undefined) return undefined; // The sound is in the variant itself, or there is none.
  return mediaAt(first.url, sources);
}
