/**
 * The WACZ signing spec's other form, as authsign makes it: an ECDSA signature by the key of a web site's certificate,
 * with an RFC 3161 timestamp over the signature. Who is trusted to stand above the web site's certificate is for the
 * reader to say; the timestamp's authority is only named.
 */
import { fromBase64, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import {
  chainTo,
  namesDomain,
  type ParsedCertificate,
  parseCertificates,
  publicKeyOf,
  requireWebSigner,
} from "./certificate.ts";
import { mismatch } from "./check.ts";
import { verifySignature } from "./signature.ts";
import { verifyTimestamp } from "./timestamp.ts";
import { guarded, tokenOfResponse } from "./timestamp-token.ts";
import { leadsToRoot, type WebRoots } from "./web-roots.ts";

export interface DomainSignature {
  readonly domain: string;
  /** Milliseconds since 1970, as the timestamp authority states. */
  readonly time: number;
  readonly authority: string;
  /** Whether one of the given authorities vouches for the web site's certificate; undefined where none were given. */
  readonly vouched: boolean | undefined;
}

const LONGEST_PEM = 1 << 17;
/** How far the stated time may lie from the timestamp's (§ Domain-Name Identity + Timestamp Validation, step 7). */
const LEEWAY = 600_000;

/** Throws `mismatch`, `malformed`, `unsupported`, `too_large`. */
export function verifyDomainSignature(
  signed: JsonObject,
  hash: string,
  webRoots: WebRoots | undefined,
): Promise<DomainSignature> {
  return guarded("archive's signature", () => verifyUnguarded(signed, hash, webRoots));
}

async function verifyUnguarded(
  signed: JsonObject,
  hash: string,
  webRoots: WebRoots | undefined,
): Promise<DomainSignature> {
  const domain = text(signed, "domain");
  const signature = text(signed, "signature");
  const chain = readPem(text(signed, "domainCert"));
  const [certificate] = chain;
  const top = chain.at(-1);
  if (certificate === undefined || top === undefined) throw malformed("domainCert");
  if (!namesDomain(certificate, domain)) throw mismatch("The archive is signed by another web site than it says.");
  const der = fromBase64(signature, "archive's signature");
  const kind = { scheme: "ECDSA", hash: "SHA-256" } as const;
  if (!(await verifySignature(kind, publicKeyOf(certificate), der, utf8(hash)))) {
    throw mismatch("The archive's signature does not match.");
  }
  const response = fromBase64(text(signed, "timeSignature"), "archive's timestamp");
  const extra = readPem(text(signed, "timestampCert")).map((one) => one.der);
  const { time, authority } = await verifyTimestamp(tokenOfResponse(response), utf8(signature), [], extra);
  if (Math.abs(momentOf(text(signed, "created")) - time) > LEEWAY) {
    throw mismatch("The archive's timestamp is of another time than the archive.");
  }
  await requireChain(certificate, chain, top, time);
  const vouched = webRoots && (await leadsToRoot(certificate, chain, webRoots(), time));
  return { domain, time, authority, vouched };
}

async function requireChain(
  certificate: ParsedCertificate,
  chain: readonly ParsedCertificate[],
  top: ParsedCertificate,
  time: number,
): Promise<void> {
  requireWebSigner(certificate, time);
  if ((await chainTo(certificate, chain, time, "serverAuth", (one) => one === top)) === undefined) {
    throw mismatch("The archive's certificates do not lead from one to the next.");
  }
}

/**
 * Milliseconds since 1970 of an RFC 3339 time; one without a zone is in UTC, as the tools that leave it out write it. Not
 * `Date.parse` as it is: that takes such a time, and many other texts, as this computer's own, so that a file would hold in
 * one country and fail in the next. Throws `malformed`.
 */
export function momentOf(text: string): number {
  const [, moment, zone = "Z"] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const time = Date.parse(`${moment?.replace(/(\.\d{3})\d+$/, "$1")}${zone}`);
  if (moment === undefined || Number.isNaN(time)) throw malformed("created");
  return time;
}

function readPem(pem: string): readonly ParsedCertificate[] {
  if (pem.length > LONGEST_PEM)
    throw new PlacardError("too_large", "The archive's certificates are longer than 128 KiB.");
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g);
  return parseCertificates(
    [...blocks].map(([, body]) => fromBase64((body as string).replace(/\s/g, ""), "certificate")),
  );
}

function text(signed: JsonObject, name: string): string {
  const value = signed[name];
  if (typeof value !== "string") throw malformed(name);
  return value;
}

function malformed(name: string): PlacardError {
  return new PlacardError("malformed", `The archive's signature has no ${name} that can be read.`);
}
