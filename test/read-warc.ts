/** WARC files read back with warcio's own parser, for tests. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { WARCParser, type WARCRecord } from "warcio";

export interface ReadRecord {
  readonly type: string;
  readonly url: string | undefined;
  /** WARC header by name, case kept; repeated ones as warcio joins them. */
  readonly header: (name: string) => string | undefined;
  readonly record: WARCRecord;
  /** The record's block as it stands in the file. */
  readonly block: Buffer;
  /** What follows the first empty line of the block. */
  readonly payload: Buffer;
}

/** Blocks unparsed: what warcio makes of HTTP headers is not what stands there. */
export async function readWarc(path: string): Promise<readonly ReadRecord[]> {
  const records: ReadRecord[] = [];
  const source = createReadStream(path) as AsyncIterable<Uint8Array>;
  for await (const record of WARCParser.iterRecords(source, { keepHeadersCase: true, parseHttp: false })) {
    const block = Buffer.from(await record.readFully(false));
    const end = block.indexOf("\r\n\r\n");
    records.push({
      type: record.warcType,
      url: record.warcTargetURI ?? undefined,
      header: (name) => record.warcHeader(name) ?? undefined,
      record,
      block,
      payload: end < 0 ? Buffer.alloc(0) : block.subarray(end + 4),
    });
  }
  return records;
}

/** Whether `bytes` have the digest a WARC header states (sha1 in base32, sha256 in hexadecimal or base32). */
export function hasDigest(bytes: Uint8Array, stated: string): boolean {
  const [algorithm = "", value = ""] = stated.split(":", 2);
  const digest = createHash(algorithm).update(bytes).digest();
  return value === digest.toString("hex") || value === base32(digest);
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(group.padEnd(5, "0"), 2)])
    .join("");
}
