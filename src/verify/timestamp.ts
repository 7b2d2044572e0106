/** RFC 3161 timestamps (with RFC 5816): asking for one, and verifying a token long after its certificate has expired. */

import { sha1 } from "@noble/hashes/legacy.js";
import { sha384, sha512 } from "@noble/hashes/sha2.js";
import { Integer, Null, ObjectIdentifier, OctetString, Sequence } from "asn1js";
import {
  AlgorithmIdentifier,
  type Attribute,
  IssuerAndSerialNumber,
  MessageImprint,
  type SignerInfo,
  TimeStampReq,
  type TSTInfo,
} from "pkijs";
import { copyOf, equal } from "../lib/bytes.ts";
import { sha256 } from "../lib/sha256.ts";
import {
  chainTo,
  isIssuedAs,
  type ParsedCertificate,
  parseCertificates,
  publicKeyOf,
  requireTimestampSigner,
  subjectKeyIdentifier,
  subjectName,
} from "./certificate.ts";
import { type HashName, hashName, signatureKind, verifySignature } from "./signature.ts";
import { guarded, mismatch, readToken, TST_INFO, tokenOfResponse } from "./timestamp-token.ts";

export type RequestHash = "sha256" | "sha384" | "sha512";

export interface TimestampRequest {
  readonly hash: RequestHash;
  /** At least 8 unpredictable bytes. */
  readonly nonce: Uint8Array;
}

/** A certificate that the reader trusts, by the SHA-256 of its DER: of an authority itself, or of one above it. */
export interface Anchor {
  readonly name: string;
  readonly sha256: Uint8Array;
}

export interface VerifiedTimestamp {
  /** Milliseconds since 1970, as the authority states. */
  readonly time: number;
  /** How many milliseconds that may be off, as the authority states; 0 where it does not. */
  readonly accuracy: number;
  /** Whom the signer's certificate names. */
  readonly authority: string;
  /** The name of the anchor it leads to, where it leads to one. */
  readonly trusted: string | undefined;
  /** Object identifier of the authority's policy. */
  readonly policy: string;
  /** The authority's number for this token, in hexadecimal. */
  readonly serial: string;
}

const OIDS: Readonly<Record<RequestHash, string>> = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};
const DIGEST: Readonly<Record<HashName, (bytes: Uint8Array) => Uint8Array>> = {
  "SHA-256": sha256,
  "SHA-384": sha384,
  "SHA-512": sha512,
};
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

/** A request (DER) for a token over `message`, with certificates. */
export function makeTimestampRequest(message: Uint8Array, { hash, nonce }: TimestampRequest): Uint8Array {
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: OIDS[hash], algorithmParams: new Null() });
  const hashedMessage = new OctetString({ valueHex: copyOf(DIGEST[hashName(hashAlgorithm)](message)).buffer });
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({ hashAlgorithm, hashedMessage }),
    nonce: new Integer({ valueHex: copyOf(positive(nonce)).buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/**
 * The token (DER) of a response. Throws `remote` where the authority refused, `mismatch` where it answers another
 * request, `malformed`, `too_large`.
 */
export function readTimestampResponse(der: Uint8Array, message: Uint8Array, request: TimestampRequest): Uint8Array {
  const token = tokenOfResponse(der);
  return guarded("timestamp response", () => {
    const { info } = readToken(token);
    const nonce = info.nonce?.valueBlock.valueHexView ?? new Uint8Array();
    if (!equal(stripped(nonce), stripped(request.nonce))) throw mismatch("answers another request (its nonce differs)");
    requireImprint(info, message);
    return token;
  });
}

/**
 * Verifies a token over `message`, but for trust: its one signer, the signed attributes, the certificate's purpose, and
 * that it was valid at the time the token states (whether it has expired since does not matter). `trusted` is set where
 * the certificates in the token, and the `extra` ones (DER) kept beside it, lead to an anchor, each valid at that time.
 * Throws `malformed`, `too_large`, `mismatch`, `unsupported`.
 */
export function verifyTimestamp(
  token: Uint8Array,
  message: Uint8Array,
  anchors: readonly Anchor[] = [],
  extra: readonly Uint8Array[] = [],
): Promise<VerifiedTimestamp> {
  return guarded("timestamp", async () => {
    const { info, signed, content, time, accuracy, serial, ...read } = readToken(token);
    const certificates = parseCertificates([...read.certificates, ...extra]);
    const [signer] = signed.signerInfos;
    if (signer === undefined || signed.signerInfos.length !== 1) throw mismatch("does not have exactly one signer");
    // Some verifiers hash by this list; all should see the same.
    const listed = signed.digestAlgorithms.map(({ algorithmId }) => algorithmId);
    if (!listed.includes(signer.digestAlgorithm.algorithmId)) throw mismatch("lists another hash than it uses");
    const certificate = await checkSigner(signer, content, certificates);
    requireTimestampSigner(certificate, time);
    requireImprint(info, message);
    const anchorOf = (candidate: ParsedCertificate): Anchor | undefined =>
      anchors.find((anchor) => equal(anchor.sha256, candidate.sha256));
    const reached =
      anchors.length === 0
        ? undefined
        : await chainTo(certificate, certificates, time, "timeStamping", (one) => anchorOf(one) !== undefined);
    const trusted = reached && anchorOf(reached)?.name;
    return { time, accuracy, authority: subjectName(certificate), trusted, policy: info.policy, serial };
  });
}

/** SHA-256 of a certificate that can be named as an anchor: the highest in a token already verified that its signer's leads to. Throws as above. */
export function highestIn(token: Uint8Array): Promise<Uint8Array> {
  return guarded("timestamp", async () => {
    const { signed, time, ...read } = readToken(token);
    const certificates = parseCertificates(read.certificates);
    const [signer] = signed.signerInfos;
    const own = certificates.find((one) => signer !== undefined && names(signer.sid, one));
    if (own === undefined) throw mismatch("does not carry the certificate it was signed with");
    let highest = own;
    await chainTo(own, certificates, time, "timeStamping", (one) => {
      highest = one;
      return false;
    });
    return highest.sha256;
  });
}

async function checkSigner(
  signer: SignerInfo,
  content: Uint8Array,
  certificates: readonly ParsedCertificate[],
): Promise<ParsedCertificate> {
  const attributes = signer.signedAttrs;
  if (attributes === undefined) throw mismatch("has no signed attributes");
  const digest = hashName(signer.digestAlgorithm);
  const only = (type: string): unknown => onlyValue(attributes.attributes, type);
  const contentType = only(CONTENT_TYPE);
  if (!(contentType instanceof ObjectIdentifier) || contentType.valueBlock.toString() !== TST_INFO)
    throw mismatch("is signed as something else");
  const messageDigest = only(MESSAGE_DIGEST);
  if (
    !(messageDigest instanceof OctetString) ||
    !equal(new Uint8Array(messageDigest.getValue()), DIGEST[digest](content))
  ) {
    throw mismatch("was changed after it was signed");
  }
  const certificate = signingCertificate(only(SIGNING_CERTIFICATE_V2), only(SIGNING_CERTIFICATE), certificates);
  if (!names(signer.sid, certificate)) throw mismatch("names one certificate and is bound to another");
  const kind = signatureKind(signer.signatureAlgorithm, digest);
  const signature = new Uint8Array(signer.signature.getValue());
  if (!(await verifySignature(kind, publicKeyOf(certificate), signature, new Uint8Array(attributes.encodedValue)))) {
    throw mismatch("has a signature that does not match");
  }
  return certificate;
}

/** The one value of a signed attribute, undefined where it is not there. Throws `mismatch` where it comes twice. */
function onlyValue(attributes: readonly Attribute[], type: string): unknown {
  const found = attributes.filter((attribute) => attribute.type === type);
  if (found.length > 1 || found.some((attribute) => attribute.values.length !== 1))
    throw mismatch("states something twice");
  return found[0]?.values[0];
}

/**
 * The certificate that ESSCertIDv2 (RFC 5816) or, with older authorities, ESSCertID (RFC 2634) binds into the
 * signature; where both are there, both must. SHA-1 only picks it out of those at hand there; the signature itself is
 * never over SHA-1.
 */
function signingCertificate(v2: unknown, v1: unknown, certificates: readonly ParsedCertificate[]): ParsedCertificate {
  if (v2 === undefined && v1 === undefined) throw mismatch("does not say which certificate it was signed with");
  const isBound = ({ der }: ParsedCertificate): boolean =>
    (v2 === undefined || isIdentified(der, v2, sha256)) && (v1 === undefined || isIdentified(der, v1, sha1));
  const certificate = certificates.find(isBound);
  if (certificate === undefined) throw mismatch("does not carry the certificate it was signed with");
  return certificate;
}

/** Whether the first ESSCertID of the list is of `der`; `usual` hashes where it does not say how. */
function isIdentified(der: Uint8Array, attribute: unknown, usual: (bytes: Uint8Array) => Uint8Array): boolean {
  const [algorithm, ...rest] = children(children(children(attribute)[0])[0]);
  const isStated = usual === sha256 && algorithm instanceof Sequence;
  const hash = isStated ? DIGEST[hashName(new AlgorithmIdentifier({ schema: algorithm }))] : usual;
  const identifier = isStated ? rest[0] : algorithm;
  return identifier instanceof OctetString && equal(hash(der), identifier.valueBlock.valueHexView);
}

function children(value: unknown): readonly unknown[] {
  return value instanceof Sequence ? value.valueBlock.value : [];
}

/** SignerIdentifier (RFC 5652 §5.3): issuer and serial number, or the key's identifier. */
function names(sid: unknown, certificate: ParsedCertificate): boolean {
  if (sid instanceof IssuerAndSerialNumber) return isIssuedAs(certificate, sid.issuer, sid.serialNumber);
  const key = (sid as { valueBlock?: { valueHexView?: Uint8Array } }).valueBlock?.valueHexView;
  const known = subjectKeyIdentifier(certificate);
  return key !== undefined && known !== undefined && equal(key, known);
}

function requireImprint(info: TSTInfo, message: Uint8Array): void {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const expected = DIGEST[hashName(hashAlgorithm)](message);
  if (!equal(new Uint8Array(hashedMessage.getValue()), expected)) throw mismatch("is over something else");
}

/** As a positive INTEGER in DER: a leading zero where the first bit is set, and only there. */
function positive(bytes: Uint8Array): Uint8Array {
  const bare = stripped(bytes);
  return (bare[0] ?? 0) & 0x80 || bare.length === 0 ? new Uint8Array([0, ...bare]) : bare;
}

function stripped(bytes: Uint8Array): Uint8Array {
  const from = bytes.findIndex((byte) => byte !== 0);
  return from < 0 ? new Uint8Array() : bytes.subarray(from);
}
