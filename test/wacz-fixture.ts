/** Small web archives for tests, honest and forged; all content is invented. */
import { crc32, deflateRawSync } from "node:zlib";
import { p384 } from "@noble/curves/nist.js";
import { concat, fromHex, toBase64, toHex, utf8 } from "../src/lib/bytes.ts";
import { sha256 } from "../src/lib/sha256.ts";
import { writeZip, type ZipMember } from "../src/lib/zip-writer.ts";

/** A P-384 key that signs archives: one byte 48 times over, fit for nothing but tests. */
export function archiveKey(seedByte: number) {
  const secret = new Uint8Array(48).fill(seedByte);
  const point = p384.getPublicKey(secret, false);
  return {
    spki: toBase64(concat(fromHex("3076301006072a8648ce3d020106052b81040022036200", 23), point)),
    sign: (message: Uint8Array): Uint8Array => p384.sign(sha256(message), secret, { prehash: false, lowS: false }),
  };
}

export type ArchiveKey = ReturnType<typeof archiveKey>;
export type Members = readonly (readonly [name: string, bytes: Uint8Array])[];

export const WARC = utf8("WARC/1.1\r\nWARC-Type: response\r\n\r\nA notice on Hollow Lane.\r\n\r\n");
export const PAGES = utf8('{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n');

export interface WaczParts {
  readonly warc?: Uint8Array;
  readonly pages?: Uint8Array;
  readonly index?: Uint8Array;
  readonly key?: ArchiveKey;
}

/** The members of a sound archive, in the order in which they are packed. */
export function waczMembers({
  warc = WARC,
  pages = PAGES,
  index = utf8(""),
  key = archiveKey(5),
}: WaczParts = {}): Members {
  const resources = [
    ["archive/data.warc.gz", warc],
    ["indexes/index.cdx", index],
    ["pages/pages.jsonl", pages],
  ] as const;
  const manifest = utf8(
    JSON.stringify({
      profile: "data-package",
      wacz_version: "1.1.1",
      resources: resources.map(([path, bytes]) => ({
        name: path.slice(path.lastIndexOf("/") + 1),
        path,
        hash: `sha256:${toHex(sha256(bytes))}`,
        bytes: bytes.length,
      })),
    }),
  );
  return [...resources, ["datapackage.json", manifest], ["datapackage-digest.json", signedDigest(manifest, key)]];
}

function signedDigest(manifest: Uint8Array, key: ArchiveKey): Uint8Array {
  const hash = `sha256:${toHex(sha256(manifest))}`;
  const signedData = { hash, version: "0.1.0", publicKey: key.spki, signature: toBase64(key.sign(utf8(hash))) };
  return utf8(JSON.stringify({ path: "datapackage.json", hash, signedData }));
}

export function zipMember([name, bytes]: Members[number]): ZipMember {
  return { name, bytes: bytes.length, crc32: crc32(bytes), chunks: () => [bytes] };
}

/** A ZIP of stored members, by our own writer. */
export async function zipOf(members: Members): Promise<Uint8Array<ArrayBuffer>> {
  return collect(writeZip(members.map(zipMember)));
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return concat(...all);
}

/** `members` with those of these names changed; one changed to undefined is left out. */
export function withMembers(members: Members, changes: Readonly<Record<string, Uint8Array | undefined>>): Members {
  return members.flatMap(([name, bytes]) => {
    const changed = name in changes ? changes[name] : bytes;
    return changed === undefined ? [] : [[name, changed] as const];
  });
}

/** A ZIP by a plainer writer than ours, with those members deflated that are to be. */
export async function deflatedZip(
  members: Members,
  isDeflated: (name: string) => boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const [name, contents] of members) {
    const method = isDeflated(name) ? 8 : 0;
    const packed = method === 8 ? new Uint8Array(deflateRawSync(contents)) : contents;
    const shared = fields([2, 20], [2, 0], [2, method], [2, 0], [2, 33], [4, crc32(contents)], [4, packed.length]);
    const sizes = concat(shared, fields([4, contents.length], [2, utf8(name).length], [2, 0]));
    locals.push(utf8("PK\x03\x04"), sizes, utf8(name), packed);
    centrals.push(utf8("PK\x01\x02"), fields([2, 20]), sizes, fields([4, 0], [2, 0], [4, 0], [4, offset]), utf8(name));
    offset += 30 + utf8(name).length + packed.length;
  }
  const directory = concat(...centrals);
  const count = members.length;
  const end = fields([4, 0], [2, count], [2, count], [4, directory.length], [4, offset], [2, 0]);
  return concat(...locals, directory, utf8("PK\x05\x06"), end);
}

/** Little-endian unsigned integers. */
function fields(...values: readonly (readonly [width: number, value: number])[]): Uint8Array {
  return concat(...values.map(([width, value]) => Uint8Array.from({ length: width }, (_, i) => value / 2 ** (8 * i))));
}
