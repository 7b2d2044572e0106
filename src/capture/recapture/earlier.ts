/** An archive that was sealed before, as a place where payloads lie: found by their digests in its index. */
import { WARCParser } from "warcio";
import { isJsonObject, parseJson } from "../../lib/json.ts";
import { openZip, readMember, type ZipEntry } from "../../verify/zip.ts";
import type { EarlierRecord, FindEarlier } from "./revisit.ts";

const LONGEST_INDEX = 1 << 26;
const LINE = { length: 1 << 16, depth: 8 };
const WARC = "archive/data.warc.gz";

interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Of an archive of our own, whose bytes are known to be those that were sealed. A record counts where it is a response
 * that names the digest itself, or one that came in chunks: of those alone the digest stands in our index only. Throws `malformed`, `too_large`, `storage`.
 */
export async function findInEarlier(archive: Blob): Promise<FindEarlier> {
  const zip = await openZip(archive);
  const [index, warc] = [zip.find("indexes/index.cdx"), zip.find(WARC)];
  if (index === undefined || warc === undefined) return async () => undefined;
  const places = placesIn(new TextDecoder().decode(await readMember(index, LONGEST_INDEX)));
  return async (digest) => {
    const place = places.get(digest);
    // Where it cannot be read any more (it may be erased meanwhile), the payload is kept once again.
    return place && recordAt(warc, place, digest).catch(() => undefined);
  };
}

function placesIn(index: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const line of index.split("\n")) {
    const open = line.indexOf("{");
    const said = open < 0 ? undefined : parseJson(line.slice(open), "archive's index", LINE);
    if (!isJsonObject(said)) continue;
    const { digest, offset, length, status, method, mime } = said;
    if (status !== 200 || method !== undefined || mime === "warc/revisit") continue;
    if (typeof digest !== "string" || typeof offset !== "number" || typeof length !== "number") continue;
    if (!places.has(digest)) places.set(digest, { offset, length });
  }
  return places;
}

async function recordAt(warc: ZipEntry, { offset, length }: Place, digest: string): Promise<EarlierRecord | undefined> {
  const source = warc.packed.slice(offset, offset + length).stream() as unknown as AsyncIterable<Uint8Array>;
  const record = await WARCParser.parse(source, { keepHeadersCase: true, parseHttp: false });
  const field = (name: string): string => record?.warcHeader(name) ?? "";
  const stated = field("WARC-Payload-Digest");
  const isIt = field("WARC-Type") === "response" && (stated === digest || stated === "");
  const [id, url, date] = [field("WARC-Record-ID"), field("WARC-Target-URI"), field("WARC-Date")];
  if (!isIt || id === "" || url === "" || date === "") return undefined;
  return { id, url, date, from: warc.at + offset, bytes: length, isTransferCoded: stated === "" };
}
