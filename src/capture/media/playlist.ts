/**
 * Playlists of HTTP Live Streaming (RFC 8216): what they list, as far as a file can be put together from it. What cannot be is
 * refused with a sentence for people.
 */
import { PlacardError } from "../../lib/error.ts";
import { withoutFragment } from "../page/same-page.ts";
import { MOST_PARTS } from "./join.ts";
import type { Span } from "./pieces.ts";
import { attributesOf, spanOf } from "./playlist-values.ts";

export const LONGEST_PLAYLIST = 1 << 20;
const MOST_LISTED = 200;
const LONGEST_ADDRESS = 4096;

export interface Segment {
  /** Absolute, http or https, without a fragment. */
  readonly url: string;
  /** The bytes of it that are meant, where not all. */
  readonly span: Span | undefined;
}

export interface MediaPlaylist {
  readonly kind: "media";
  /** In order; what initialises them first (EXT-X-MAP). */
  readonly segments: readonly Segment[];
  readonly seconds: number;
}

export interface Variant {
  readonly url: string;
  /** Bits a second, at most. */
  readonly bandwidth: number;
  /** Of its sound, where that is apart. */
  readonly audioGroup: string | undefined;
}

export interface AudioRendition {
  readonly group: string;
  /** Undefined where the sound is in the variants themselves. */
  readonly url: string | undefined;
  readonly isDefault: boolean;
}

export interface MasterPlaylist {
  readonly kind: "master";
  readonly variants: readonly Variant[];
  readonly audio: readonly AudioRendition[];
  /** All playlists that it leads to, subtitles and the like too. */
  readonly listed: readonly string[];
}

/** Whether an answer is one by its address or by what its server calls it (§4). */
export function isPlaylist(url: string, contentType: string): boolean {
  return /mpegurl/i.test(contentType.slice(0, 200)) || /\.m3u8?$/i.test(URL.parse(url)?.pathname ?? "");
}

export const isPlaylistText = (text: string): boolean => text.startsWith("#EXTM3U");

/**
 * Reads a playlist that was at `url`. Throws `malformed`, `too_large`, and `unsupported` for what no file is made of: encrypted,
 * live, cut together, in another form.
 */
export function readPlaylist(text: string, url: string): MediaPlaylist | MasterPlaylist {
  if (text.length > LONGEST_PLAYLIST) throw tooLong();
  // oxlint-disable-next-line no-control-regex -- §4.1 forbids them; tabs stand in titles all the same
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffd]/.test(text)) throw malformed("it has control characters");
  const [first, ...lines] = text.split(/\r?\n/).map((line) => line.trim());
  if (first !== "#EXTM3U") throw malformed("it does not begin as one");
  if (text.includes("{$") || lines.some((line) => line.startsWith("#EXT-X-DEFINE")))
    throw unsupported("It is written with variables, which we do not read.");
  const isMaster = lines.some((line) => /^#EXT-X-(?:STREAM-INF|I-FRAME-STREAM-INF|MEDIA):/.test(line));
  return isMaster ? readMaster(lines, url) : readMedia(lines, url);
}

function readMaster(lines: readonly string[], base: string): MasterPlaylist {
  const variants: Variant[] = [];
  const audio: AudioRendition[] = [];
  const listed: string[] = [];
  let pending: ReadonlyMap<string, string> | undefined;
  const list = (address: string): string => {
    if (listed.length >= MOST_LISTED) throw tooLong();
    const url = absolute(address, base);
    listed.push(url);
    return url;
  };
  for (const line of lines) {
    const [tag, value] = tagOf(line);
    if (tag === "#EXTINF") throw malformed("it lists segments and playlists");
    if (tag === "#EXT-X-STREAM-INF") pending = attributesOf(value);
    else if (tag === "#EXT-X-I-FRAME-STREAM-INF") list(attributesOf(value).get("URI") ?? "");
    else if (tag === "#EXT-X-MEDIA") {
      const about = attributesOf(value);
      const address = about.get("URI");
      const url = address === undefined ? undefined : list(address);
      if (about.get("TYPE") !== "AUDIO") continue;
      if (audio.length >= MOST_LISTED) throw tooLong();
      audio.push({ group: about.get("GROUP-ID") ?? "", url, isDefault: about.get("DEFAULT") === "YES" });
    } else if (line !== "" && !line.startsWith("#")) {
      if (pending === undefined) throw malformed("it lists a playlist without saying of what kind");
      variants.push({
        url: list(line),
        bandwidth: wholeOf(pending.get("BANDWIDTH")),
        audioGroup: pending.get("AUDIO"),
      });
      pending = undefined;
    }
  }
  if (variants.length === 0) throw malformed("it lists nothing");
  return { kind: "master", variants, audio, listed };
}

/** Tags that mean that what follows is not simply to be put behind what came. */
const NOT_JOINED: ReadonlyMap<string, string> = new Map([
  ["#EXT-X-DISCONTINUITY", "It is cut together from several recordings; such are not made one file."],
  ["#EXT-X-GAP", "Parts of it are missing at its server."],
  ["#EXT-X-I-FRAMES-ONLY", "It has single pictures of a video only."],
  ["#EXT-X-SKIP", "It tells only what changed since an earlier list."],
]);

interface Reading {
  readonly base: string;
  readonly segments: Segment[];
  map: Segment | undefined;
  seconds: number | undefined;
  span: string | undefined;
  total: number;
  hasEnded: boolean;
}

function readMedia(lines: readonly string[], base: string): MediaPlaylist {
  const reading: Reading = {
    base,
    segments: [],
    map: undefined,
    seconds: undefined,
    span: undefined,
    total: 0,
    hasEnded: false,
  };
  for (const line of lines) {
    const [tag, value] = tagOf(line);
    const why = NOT_JOINED.get(tag);
    if (why !== undefined) throw unsupported(why);
    if (line !== "" && !line.startsWith("#")) addSegment(reading, line);
    else readTag(reading, tag, value);
  }
  const { segments, map, total, hasEnded } = reading;
  if (segments.length === 0) throw malformed("it lists nothing");
  if (!hasEnded) throw unsupported("It was still going on when it was captured: the list of its parts has no end.");
  return { kind: "media", segments: map === undefined ? segments : [map, ...segments], seconds: total };
}

function readTag(reading: Reading, tag: string, value: string): void {
  if (tag === "#EXT-X-KEY" && attributesOf(value).get("METHOD") !== "NONE") throw unsupported("It is encrypted.");
  if (tag === "#EXTINF") reading.seconds = secondsIn(value);
  if (tag === "#EXT-X-BYTERANGE") reading.span = value;
  if (tag === "#EXT-X-ENDLIST") reading.hasEnded = true;
  if (tag === "#EXT-X-MAP") addMap(reading, attributesOf(value));
}

function addMap(reading: Reading, about: ReadonlyMap<string, string>): void {
  const range = about.get("BYTERANGE");
  const map = {
    url: absolute(about.get("URI") ?? "", reading.base),
    span: range === undefined ? undefined : spanOf(range, 0),
  };
  const isAnother =
    reading.map === undefined ? reading.segments.length > 0 : JSON.stringify(map) !== JSON.stringify(reading.map);
  if (isAnother) throw unsupported(NOT_JOINED.get("#EXT-X-DISCONTINUITY") ?? "");
  reading.map = map;
}

function addSegment(reading: Reading, line: string): void {
  if (reading.seconds === undefined) throw malformed("it lists a segment without its length");
  if (reading.segments.length >= MOST_PARTS - 1) throw tooLong();
  const url = absolute(line, reading.base);
  const last = reading.segments.at(-1);
  const behind = last?.url === url ? last.span?.to : undefined;
  const span = reading.span === undefined ? undefined : spanOf(reading.span, behind);
  reading.segments.push({ url, span });
  reading.total += reading.seconds;
  reading.seconds = undefined;
  reading.span = undefined;
}

function tagOf(line: string): readonly [tag: string, value: string] {
  const colon = line.indexOf(":");
  return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1)];
}

function absolute(address: string, base: string): string {
  const url = address === "" || address.length > LONGEST_ADDRESS ? null : URL.parse(address, base);
  if (url === null) throw malformed("it has an address that is none");
  if (!/^https?:$/.test(url.protocol)) throw unsupported("Parts of it have no address on the web.");
  return withoutFragment(url.href);
}

function secondsIn(value: string): number {
  const match = /^(\d{1,9}(?:\.\d{0,20})?)\s*(?:,|$)/.exec(value);
  if (match === null) throw malformed("it has a segment of no length");
  return Number(match[1]);
}

function wholeOf(value: string | undefined): number {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : 0;
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `The list of its parts cannot be read: ${why}.`);
}

function unsupported(why: string): PlacardError {
  return new PlacardError("unsupported", why);
}

function tooLong(): PlacardError {
  return new PlacardError("too_large", "The list of its parts is longer than is read.");
}
