/**
 * Looks for seeded secrets in everything a file holds, the other way round than Placard takes them out: whatever can be
 * unpacked or decoded is, over and over, and what comes out is searched for the plain values.
 */
import { brotliDecompressSync, constants, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { openZip, readMember } from "../src/verify/zip.ts";

const DEEPEST = 5;

/** "member of a file: secret", for each that is found. */
export async function findSeeds(name: string, bytes: Uint8Array, seeds: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = async (where: string, data: Buffer, depth: number): Promise<void> => {
    const key = `${data.length} ${data.toString("latin1", 0, 200)} ${data.toString("latin1", Math.max(0, data.length - 200))}`;
    if (depth > DEEPEST || data.length < 4 || seen.has(key)) return;
    seen.add(key);
    for (const text of formsOf(data)) {
      for (const seed of seeds) if (text.includes(seed.toLowerCase())) found.add(`${where}: ${seed}`);
    }
    for (const [inner, part] of await partsOf(where, data)) await look(inner, part, depth + 1);
  };
  await look(name, Buffer.from(bytes), 0);
  return [...found];
}

/** The text as it stands and with every escape we know of undone, in lower case. */
function formsOf(data: Buffer): readonly string[] {
  const plain = [data.toString("utf8"), data.toString("latin1"), data.toString("utf16le")];
  return plain.flatMap((text) => {
    const forms = [text];
    for (let round = 0; round < 3; round++) forms.push(unescaped(forms.at(-1) as string));
    return [...forms, ...forms.map((form) => form.replaceAll("+", " "))].map((form) => form.toLowerCase());
  });
}

function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"))
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(quot|apos|amp|lt|gt|nbsp);/g, (_, entity: string) => ENTITIES[entity] as string)
    .replace(/\\(.)/g, "$1");
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: "&", lt: "<", gt: ">", nbsp: "\u00a0" };

async function partsOf(where: string, data: Buffer): Promise<readonly (readonly [string, Buffer])[]> {
  if (data.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) {
    const { entries } = await openZip(new Blob([data as BlobPart]));
    return Promise.all(
      entries.map(async (entry) => [`${where}/${entry.name}`, Buffer.from(await readMember(entry, 1 << 28))] as const),
    );
  }
  const text = data.toString("latin1");
  if (isGzip(data)) return [[`${where} unpacked`, gunzipSync(data)]];
  if (text.startsWith("WARC/")) return warcRecords(data).map((record, i) => [`${where} record ${i}`, record]);
  const http = /^(?:HTTP\/|[A-Z]+ \S+ HTTP\/)/.test(text) ? httpBody(data) : undefined;
  return [...(http === undefined ? [] : [[`${where} body`, http] as const]), ...encodedRuns(where, text)];
}

/** RFC 1952 §2.3: the one method there is, and no flag that is reserved. Two bytes alone begin many a key, too. */
function isGzip([first, second, method, flags = 0xff]: Buffer): boolean {
  return first === 0x1f && second === 0x8b && method === 8 && flags < 0x20;
}

/** Each record's block, with its own headers as one more. */
function warcRecords(data: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf("\r\n\r\n", at);
    if (end < 0) break;
    const head = data.toString("latin1", at, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    records.push(Buffer.from(head, "latin1"), data.subarray(end + 4, end + 4 + length));
    at = end + 4 + length + 4;
  }
  return records;
}

function httpBody(data: Buffer): Buffer | undefined {
  const end = data.indexOf("\r\n\r\n");
  const head = data.toString("latin1", 0, end);
  let body: Buffer = data.subarray(end + 4);
  if (/^transfer-encoding: .*chunked/im.test(head)) body = dechunked(body);
  const coding = /^content-encoding: *(\w+)/im.exec(head)?.[1];
  if (body.length === 0 || coding === undefined) return body;
  if (coding === "gzip") return gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
  if (coding === "br") return brotliDecompressSync(body);
  if (coding === "zstd") return zstdDecompressSync(body);
  return inflateSync(body);
}

function dechunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, end), 16);
    if (end < 0 || !(size > 0)) break;
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

/** What may be base64 (of any alignment) or hexadecimal, decoded. */
function encodedRuns(where: string, text: string): readonly (readonly [string, Buffer])[] {
  const runs: (readonly [string, Buffer])[] = [];
  for (const [run] of text.matchAll(/[\w+/-]{8,}/g)) {
    for (let shift = 0; shift < 4; shift++) {
      runs.push([`${where} base64`, Buffer.from(run.slice(shift).replaceAll("-", "+").replaceAll("_", "/"), "base64")]);
    }
    for (const [hex] of run.matchAll(/[0-9a-f]{8,}/gi)) {
      runs.push([`${where} hex`, Buffer.from(hex, "hex")], [`${where} hex`, Buffer.from(hex.slice(1), "hex")]);
    }
  }
  return runs;
}
