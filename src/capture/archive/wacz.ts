/**
 * Packs a WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1), profile `data-package`, with the anonymous signature of the
 * WACZ signing spec: ECDSA P-384 with SHA-256, raw 96 bytes, over the text `sha256:<hex>` of datapackage.json. Nothing
 * is held in memory but the index; the archive is streamed.
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { toBase64, toHex, utf8 } from "../../lib/bytes.ts";
import { openPending } from "../../lib/durable.ts";
import { readPieces } from "../../lib/pieces.ts";
import { sha256 } from "../../lib/sha256.ts";
import { writeZip, type ZipMember } from "../../lib/zip-writer.ts";
import { cdxj } from "./cdxj.ts";
import type { WarcEntry } from "./warc-record.ts";

export interface WaczContents {
  /** Path of the WARC, a gzip member a record. */
  readonly warc: string;
  readonly entries: readonly WarcEntry[];
  readonly pages: readonly {
    readonly url: string;
    readonly title: string /** Milliseconds since 1970. */;
    readonly time: number;
  }[];
  readonly software: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly publicKeySpki: Uint8Array;
}

export interface Resource extends ZipMember {
  readonly sha256: string;
}

const WARC_NAME = "data.warc.gz";
export const WARC_MEMBER = `archive/${WARC_NAME}`;
const SIGNING_VERSION = "0.1.0";

/** Writes the archive to `target`, whole or not at all; says at which of its bytes the WARC begins. Throws `storage`. */
export async function packWacz(contents: WaczContents, target: string): Promise<{ readonly warcAt: number }> {
  const warc = await fileMember(WARC_MEMBER, contents.warc);
  const pending = await openPending(dirname(target), { mode: 0o600, scratch: true });
  let warcAt = 0;
  let written = 0;
  const noticed = { ...warc, chunks: () => ((warcAt = written), warc.chunks()) };
  try {
    for await (const chunk of writeZip(waczMembers(contents, noticed))) {
      await pending.write(chunk);
      written += chunk.length;
    }
    await pending.commit(target);
    return { warcAt };
  } finally {
    await pending.discard();
  }
}

/** All members of an archive in their order, the WARC first; `more` are listed and hashed like the rest. */
export function waczMembers(
  contents: Omit<WaczContents, "warc">,
  warc: Resource,
  more: readonly Resource[] = [],
): readonly ZipMember[] {
  const resources = [
    warc,
    bytesMember("indexes/index.cdx", utf8(cdxj(contents.entries, WARC_NAME))),
    bytesMember("pages/pages.jsonl", utf8(pagesFile(contents))),
    ...more,
  ];
  const manifest = utf8(`${JSON.stringify(dataPackage(contents, resources), null, 2)}\n`);
  const digest = utf8(`${JSON.stringify(signedDigest(contents, manifest), null, 2)}\n`);
  return [...resources, bytesMember("datapackage.json", manifest), bytesMember("datapackage-digest.json", digest)];
}

function dataPackage(contents: Omit<WaczContents, "warc">, resources: readonly Resource[]): object {
  const [main] = contents.pages;
  return {
    profile: "data-package",
    wacz_version: "1.1.1",
    software: contents.software,
    created: time(contents.created),
    ...(main === undefined ? {} : { title: main.title, mainPageUrl: main.url, mainPageDate: time(main.time) }),
    resources: resources.map(({ name, sha256, bytes }) => ({
      name: name.slice(name.lastIndexOf("/") + 1),
      path: name,
      hash: `sha256:${sha256}`,
      bytes,
    })),
  };
}

function signedDigest(contents: Omit<WaczContents, "warc">, manifest: Uint8Array): object {
  const hash = `sha256:${toHex(sha256(manifest))}`;
  return {
    path: "datapackage.json",
    hash,
    signedData: {
      hash,
      created: time(contents.created),
      software: contents.software,
      version: SIGNING_VERSION,
      publicKey: toBase64(contents.publicKeySpki),
      signature: toBase64(contents.sign(utf8(hash))),
    },
  };
}

function pagesFile({ pages }: Pick<WaczContents, "pages">): string {
  const lines = [
    { format: "json-pages-1.0", id: "pages", title: "All Pages" },
    ...pages.map((page, i) => ({ id: `page-${i + 1}`, url: page.url, ts: time(page.time), title: page.title })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function bytesMember(name: string, bytes: Uint8Array): Resource {
  return { name, bytes: bytes.length, crc32: crc32(bytes), sha256: toHex(sha256(bytes)), chunks: () => [bytes] };
}

async function fileMember(name: string, path: string): Promise<Resource> {
  const hash = createHash("sha256");
  let bytes = 0;
  let crc = 0;
  for await (const piece of readPieces(path)) {
    hash.update(piece);
    crc = crc32(piece, crc);
    bytes += piece.length;
  }
  return { name, bytes, crc32: crc, sha256: hash.digest("hex"), chunks: () => readPieces(path) };
}
