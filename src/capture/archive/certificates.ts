/** The certificates of every server that a page is made of, each chain once, and on each record by which of them it came. */
import { createHash } from "node:crypto";
import { utf8 } from "../../lib/bytes.ts";
import type { Exchange, Header, TlsSession } from "../netlog/exchange.ts";
import { inMemory, type RecordDraft } from "./warc-record.ts";

/** More than any site sends; a longer chain is cut, and what crossed the wire decides nothing by its end. */
const MOST_CERTIFICATES = 10;
/** Characters of base64. */
const LONGEST_CERTIFICATE = 32_768;
/** Names the record that holds the certificates of the connection by which this one came. */
const FIELD = "WARC-Placard-Certificates";
const PEM_LINE = /.{1,64}/g;

/** As much of a chain as is kept. */
export function boundedChain({ chain }: TlsSession): readonly string[] {
  const end = chain.findIndex((certificate) => certificate.length > LONGEST_CERTIFICATE);
  return chain.slice(0, Math.min(MOST_CERTIFICATES, end < 0 ? chain.length : end));
}

/** Which chain an exchange came by, where any of it is written; the same text for the same. */
export function chainOf({ tls, requestHead, responseHead }: Exchange): string | undefined {
  if (tls === undefined || requestHead.length + responseHead.length === 0) return undefined;
  return boundedChain(tls).join("\n") || undefined;
}

/** A record of its own (WARC 1.1 §6.7), beside what replay looks up: PEM, the server's own first (RFC 8555 §9.1). */
export function draftCertificates({ url, startedAt, tls }: Exchange): RecordDraft {
  const chain = tls === undefined ? [] : boundedChain(tls);
  const isCut = tls !== undefined && chain.length < tls.chain.length;
  const block = utf8(chain.map(pem).join(""));
  const target = `${URL.parse(url)?.origin ?? url}/`;
  return {
    type: "metadata",
    date: new Date(startedAt).toISOString(),
    contentType: "application/pem-certificate-chain",
    // A chain that is cut says so (WARC 1.1 §5.13).
    headers: [["WARC-Target-URI", target], ...(isCut ? [["WARC-Truncated", "length"] as const] : [])],
    head: new Uint8Array(),
    body: inMemory(block),
    blockDigest: `sha256:${createHash("sha256").update(block).digest("hex")}`,
    about: { url: target },
  };
}

export function cameBy(record: string | undefined): readonly Header[] {
  return record === undefined ? [] : [[FIELD, record]];
}

function pem(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.match(PEM_LINE)?.join("\n") ?? ""}\n-----END CERTIFICATE-----\n`;
}
