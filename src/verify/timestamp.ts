/** RFC 3161 timestamps (with RFC 5816): asking for one, and verifying a token long after its certificate has expired. */

import { sha1 } from "@noble/hashes/legacy.js";
import { sha384, sha512 } from "@noble/hashes/sha2.js";
import { Set as Asn1Set, fromBER, Integer, Null, ObjectIdentifier, OctetString, Sequence } from "asn1js";
import {
  AlgorithmIdentifier,
  type Attribute,
  MessageImprint,
  SignedData,
  type SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";
import { equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import {
  chainTo,
  type ParsedCertificate,
  parseCertificates,
  publicKeyOf,
  requireTimestampSigner,
  subjectName,
} from "./certificate.ts";
import { type HashName, hashName, signatureKind, verifySignature } from "./signature.ts";

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
  /** Whom the signer's certificate names. */
  readonly authority: string;
  /** The name of the anchor it leads to, where it leads to one. */
  readonly trusted: string | undefined;
}

const LONGEST_TOKEN = 1 << 16;
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
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
/** PKIStatus (RFC 3161 §2.4.2): granted, or granted with changes. */
const GRANTED = [0, 1];

/** A request (DER) for a token over `message`, with certificates. */
export function makeTimestampRequest(message: Uint8Array, { hash, nonce }: TimestampRequest): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OIDS[hash], algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: DIGEST[hashName(OIDS[hash])](message).slice().buffer }),
    }),
    nonce: new Integer({ valueHex: positive(nonce).slice().buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/** The token (DER) of a response. Throws `remote` where the authority refused, `mismatch` where it answers another request. */
export function readTimestampResponse(der: Uint8Array, message: Uint8Array, request: TimestampRequest): Uint8Array {
  return guarded("timestamp response", () => {
    requireSize(der);
    const response = TimeStampResp.fromBER(der.slice().buffer);
    if (!GRANTED.includes(response.status.status)) {
      const said =
        response.status.statusStrings
          ?.map((text) => text.valueBlock.value)
          .join(" ")
          .slice(0, 200) ?? "";
      throw new PlacardError(
        "remote",
        `The authority refused to give a timestamp (status ${response.status.status}). ${said}`.trim(),
      );
    }
    const whole = wholeSequence(der);
    const token = whole.valueBlock.value[1];
    if (token === undefined) throw new PlacardError("malformed", "The authority's answer holds no timestamp.");
    const bytes = token.valueBeforeDecodeView.slice();
    const { info } = readToken(bytes);
    const nonce = info.nonce?.valueBlock.valueHexView ?? new Uint8Array();
    if (!equal(stripped(nonce), stripped(request.nonce)))
      throw new PlacardError("mismatch", "The timestamp answers another request (its nonce differs).");
    requireImprint(info, message);
    return bytes;
  });
}

/**
 * Verifies a token over `message`, but for trust: its one signer, the signed attributes, the certificate's purpose, and
 * that it was valid at the time the token states (whether it has expired since does not matter). `trusted` is set where
 * the certificates in the token lead to an anchor. Throws `malformed`, `too_large`, `mismatch`, `unsupported`.
 */
export function verifyTimestamp(
  token: Uint8Array,
  message: Uint8Array,
  anchors: readonly Anchor[] = [],
): Promise<VerifiedTimestamp> {
  return guarded("timestamp", async () => {
    const { info, signed, content } = readToken(token);
    const certificates = parseCertificates(embeddedCertificates(token));
    const [signer] = signed.signerInfos;
    if (signer === undefined || signed.signerInfos.length !== 1) throw mismatch("does not have exactly one signer");
    const certificate = await checkSigner(signer, content, certificates);
    const time = new Date(Math.trunc(info.genTime.getTime()));
    requireTimestampSigner(certificate, time);
    requireImprint(info, message);
    const anchorOf = (candidate: ParsedCertificate): Anchor | undefined =>
      anchors.find((anchor) => equal(anchor.sha256, candidate.sha256));
    const reached =
      anchors.length === 0
        ? undefined
        : await chainTo(certificate, certificates, time, (one) => anchorOf(one) !== undefined);
    return { time: time.getTime(), authority: subjectName(certificate), trusted: reached && anchorOf(reached)?.name };
  });
}

interface ReadToken {
  readonly signed: SignedData;
  readonly info: TSTInfo;
  /** DER of the TSTInfo: what the signature is over. */
  readonly content: Uint8Array;
}

function readToken(token: Uint8Array): ReadToken {
  requireSize(token);
  const [type, explicit] = wholeSequence(token).valueBlock.value as [ObjectIdentifier, Sequence];
  if (type?.valueBlock.toString() !== SIGNED_DATA) throw mismatch("is not signed data");
  const signed = new SignedData({ schema: explicit?.valueBlock.value[0] });
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== TST_INFO || eContent === undefined) throw mismatch("holds something other than a time");
  const content = new Uint8Array(eContent.getValue());
  const info = TSTInfo.fromBER(content.slice().buffer);
  if (info.version !== 1 || Number.isNaN(info.genTime.getTime())) throw mismatch("states no time");
  wholeSequence(content);
  return { signed, info, content };
}

async function checkSigner(
  signer: SignerInfo,
  content: Uint8Array,
  certificates: readonly ParsedCertificate[],
): Promise<ParsedCertificate> {
  const attributes = signer.signedAttrs;
  if (attributes === undefined) throw mismatch("has no signed attributes");
  const digest = hashName(signer.digestAlgorithm.algorithmId);
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
 * signature. SHA-1 only picks it out of those in the token there; the signature itself is never over SHA-1.
 */
function signingCertificate(v2: unknown, v1: unknown, certificates: readonly ParsedCertificate[]): ParsedCertificate {
  const attribute = v2 ?? v1;
  const list = children(attribute)[0];
  const first = children(children(list)[0]);
  const named =
    v2 !== undefined && first[0] instanceof Sequence
      ? hashName(new AlgorithmIdentifier({ schema: first[0] }).algorithmId)
      : undefined;
  const hash = named === undefined ? (v2 === undefined ? sha1 : sha256) : DIGEST[named];
  const identifier = first.find((part) => part instanceof OctetString);
  const certificate =
    identifier && certificates.find((one) => equal(hash(one.der), identifier.valueBlock.valueHexView));
  if (certificate === undefined) throw mismatch("does not carry the certificate it was signed with");
  return certificate;
}

function children(value: unknown): readonly unknown[] {
  return value instanceof Sequence || value instanceof Asn1Set ? value.valueBlock.value : [];
}

/** Each certificate's own bytes, since trust is in their hash. */
export function embeddedCertificates(token: Uint8Array): readonly Uint8Array[] {
  const explicit = wholeSequence(token).valueBlock.value[1] as Sequence;
  const signedData = explicit.valueBlock.value[0] as Sequence;
  const set = signedData.valueBlock.value.find((part) => part.idBlock.tagClass === 3 && part.idBlock.tagNumber === 0) as
    | Sequence
    | undefined;
  return (set?.valueBlock.value ?? [])
    .filter((part) => part.idBlock.tagClass === 1 && part.idBlock.tagNumber === 16)
    .map((part) => part.valueBeforeDecodeView.slice());
}

function requireImprint(info: TSTInfo, message: Uint8Array): void {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const expected = DIGEST[hashName(hashAlgorithm.algorithmId)](message);
  if (!equal(new Uint8Array(hashedMessage.getValue()), expected)) throw mismatch("is over something else");
}

function wholeSequence(der: Uint8Array): Sequence {
  const { offset, result } = fromBER(der.slice().buffer);
  if (offset !== der.length || !(result instanceof Sequence))
    throw new PlacardError("malformed", "The timestamp is not whole.");
  return result;
}

function requireSize(der: Uint8Array): void {
  if (der.length > LONGEST_TOKEN) throw new PlacardError("too_large", "The timestamp is larger than 64 KiB.");
}

/** As a positive INTEGER: a leading zero where the first bit is set. */
function positive(bytes: Uint8Array): Uint8Array {
  const bare = stripped(bytes);
  return (bare[0] ?? 0) & 0x80 || bare.length === 0 ? new Uint8Array([0, ...bare]) : bare;
}

function stripped(bytes: Uint8Array): Uint8Array {
  const from = bytes.findIndex((byte) => byte !== 0);
  return from < 0 ? new Uint8Array() : bytes.subarray(from);
}

/** Parsers throw errors of many kinds; out of here comes only ours. */
function guarded<T>(what: string, work: () => T): T {
  const translate = (cause: unknown): never => {
    if (cause instanceof PlacardError) throw cause;
    throw new PlacardError("malformed", `The ${what} cannot be read.`, { cause });
  };
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(translate) as T) : result;
  } catch (cause) {
    return translate(cause);
  }
}

function mismatch(why: string): PlacardError {
  return new PlacardError("mismatch", `The timestamp ${why}.`);
}
