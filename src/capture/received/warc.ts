/** A WARC file (ISO 28500), plain or gzip: read from end to end, each record held to the digest it names. */
import { createHash, type Hash } from "node:crypto";
import { WARCParser, type WARCRecord } from "warcio";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { absent, fails, holds } from "../../verify/check.ts";
import { refuseStopped } from "../../verify/digest.ts";
import type { Check } from "../../verify/verdict.ts";
import { counted } from "../../verify/wording.ts";
import { say } from "../said.ts";
import { type Claims, claimsOf } from "./received.ts";

/** Unpacked; a file of a few kilobytes can unpack to any size. */
const MOST_BYTES = 2 ** 33;
const MOST_RECORDS = 1_000_000;
const LONGEST_INFO = 65_536;
const ALGORITHMS: Readonly<Record<string, string>> = {
  sha1: "sha1",
  sha256: "sha256",
  "sha-256": "sha256",
  sha512: "sha512",
  md5: "md5",
};

interface Tally {
  records: number;
  checked: number;
  wrong: number;
  bytes: number;
  software: string | undefined;
  page: { readonly url: string; readonly date: string | undefined } | undefined;
}

/** Throws `malformed`, `too_large`, `cancelled`. */
export async function readWarcFile(
  file: Blob,
  signal?: AbortSignal,
): Promise<{ readonly claims: Claims; readonly checks: readonly Check[] }> {
  const tally: Tally = { records: 0, checked: 0, wrong: 0, bytes: 0, software: undefined, page: undefined };
  try {
    const source = file.stream() as unknown as AsyncIterable<Uint8Array>;
    for await (const record of WARCParser.iterRecords(source, { keepHeadersCase: true, parseHttp: false })) {
      refuseStopped(signal);
      if (++tally.records > MOST_RECORDS) throw tooLarge(`has more than ${MOST_RECORDS} records`);
      await readRecord(record, tally);
    }
  } catch (cause) {
    if (isPlacardError(cause)) throw cause;
    throw malformed("cannot be read to its end", cause);
  }
  if (tally.records === 0) throw malformed("has no records");
  const { page, software } = tally;
  return {
    claims: claimsOf({ url: page?.url, title: undefined, savedAt: page?.date, software }),
    checks: [digestCheck(tally)],
  };
}

async function readRecord(record: WARCRecord, tally: Tally): Promise<void> {
  const stated = record.warcHeader("WARC-Block-Digest") ?? undefined;
  const hash = stated === undefined ? undefined : startHash(stated);
  const announced = Number(record.warcHeader("Content-Length") ?? "NaN");
  if (!Number.isSafeInteger(announced)) throw malformed("has a record that does not say how long it is");
  const beginning: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of record) {
    tally.bytes += chunk.length;
    if (tally.bytes > MOST_BYTES) throw tooLarge("unpacks to more than 8 GiB");
    hash?.update(chunk);
    if (length < LONGEST_INFO) beginning.push(chunk.slice(0, LONGEST_INFO - length));
    length += chunk.length;
  }
  if (length !== announced) throw malformed("ends in the middle of a record");
  note(record, Buffer.concat(beginning).toString("latin1"), tally);
  if (hash === undefined || stated === undefined) return;
  tally.checked++;
  if (!isDigest(hash.digest(), stated)) tally.wrong++;
}

/** The first page that was answered with success is taken for the one the file is about. */
function note(record: WARCRecord, beginning: string, tally: Tally): void {
  const { warcType, warcTargetURI, warcDate } = record;
  if (warcType === "warcinfo") tally.software ??= /^software:[ \t]*([^\r\n]{1,500})/im.exec(beginning)?.[1];
  const isPage =
    (warcType === "response" &&
      /^HTTP\/[\d.]+ 2\d\d[\s\S]{0,20000}?\r?\ncontent-type:\s*text\/html/i.test(beginning)) ||
    (warcType === "resource" && /^text\/html/i.test(record.warcContentType ?? ""));
  if (isPage && warcTargetURI) tally.page ??= { url: warcTargetURI, date: warcDate ?? undefined };
}

function digestCheck({ records, checked, wrong }: Tally): Check {
  const name = "record digests";
  if (wrong > 0) {
    const why = `Of ${counted(records, "record")}, ${wrong} have other bytes than their own digest says.`;
    return fails(name, new PlacardError("mismatch", why));
  }
  if (checked === 0) return absent(name, `None of its ${counted(records, "record")} names a digest of its bytes.`);
  return holds(name, `Of ${counted(records, "record")}, ${checked} name a digest, and have the bytes it says.`);
}

function startHash(stated: string): Hash | undefined {
  const algorithm = ALGORITHMS[stated.split(":", 1)[0]?.toLowerCase() ?? ""];
  return algorithm === undefined ? undefined : createHash(algorithm);
}

/** WARC writes digests in base32 (RFC 4648, mostly SHA-1), in hexadecimal, or in base64. */
function isDigest(digest: Buffer, stated: string): boolean {
  const value = stated.slice(stated.indexOf(":") + 1).trim();
  const forms = [digest.toString("hex"), digest.toString("base64"), digest.toString("base64url")];
  return (
    forms.includes(value) ||
    digest.toString("hex") === value.toLowerCase() ||
    base32(digest) === value.toUpperCase().replace(/=+$/, "")
  );
}

/** RFC 4648 §6, without padding. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

function malformed(why: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", say("warc_unreadable", { why }), { cause });
}

function tooLarge(why: string): PlacardError {
  return new PlacardError("too_large", say("warc_unreadable", { why }));
}
