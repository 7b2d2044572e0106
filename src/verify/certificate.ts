/** X.509 certificates (RFC 5280), as far as a timestamp's chain needs them. Runs in a browser: WebCrypto and pkijs' parser. */
import { Certificate, type Extension, type RelativeDistinguishedNames } from "pkijs";
import { equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { type SignatureKind, signatureKind, verifySignature } from "./signature.ts";

export interface ParsedCertificate {
  readonly der: Uint8Array;
  readonly sha256: Uint8Array;
  readonly parsed: Certificate;
}

const MOST_CERTIFICATES = 16;
const COMMON_NAME = "2.5.4.3";
const ORGANISATION = "2.5.4.10";
const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
/** Critical extensions we understand; any other makes a certificate unusable (RFC 5280 §4.2). */
const UNDERSTOOD = new Set([KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, "2.5.29.32"]);

/** Throws `malformed`, `too_large`. */
export function parseCertificates(all: readonly Uint8Array[]): readonly ParsedCertificate[] {
  if (all.length > MOST_CERTIFICATES)
    throw new PlacardError("too_large", "The timestamp carries too many certificates.");
  return all.map((der) => {
    try {
      return { der, sha256: sha256(der), parsed: Certificate.fromBER(der.slice().buffer) };
    } catch (cause) {
      throw new PlacardError("malformed", "The timestamp carries something that is no certificate.", { cause });
    }
  });
}

/** Whom a certificate names, for people. */
export function subjectName({ parsed }: ParsedCertificate): string {
  return nameOf(parsed.subject, COMMON_NAME) ?? nameOf(parsed.subject, ORGANISATION) ?? "an authority without a name";
}

/** Throws `mismatch` unless its one purpose is time-stamping, marked critical (RFC 3161 §2.3), and it was valid then. */
export function requireTimestampSigner(certificate: ParsedCertificate, time: Date): void {
  const usage = extension(certificate, EXTENDED_KEY_USAGE);
  const purposes = (usage?.parsedValue as { keyPurposes?: readonly string[] } | undefined)?.keyPurposes ?? [];
  if (usage?.critical !== true || purposes.length !== 1 || purposes[0] !== TIME_STAMPING) {
    throw new PlacardError("mismatch", "The timestamp's certificate is not one for time-stamping and nothing else.");
  }
  requireUsable(certificate, time);
  if (!allowsUse(certificate, DIGITAL_SIGNATURE) && !allowsUse(certificate, NON_REPUDIATION)) {
    throw new PlacardError("mismatch", "The timestamp's certificate may not be used to sign.");
  }
}

/**
 * The certificates from `signer` up to the first that `isAnchor` knows, each valid at `time` and signed by the next.
 * Undefined where they do not lead there. Throws `mismatch` where a certificate on the way was not valid.
 */
export async function chainTo(
  signer: ParsedCertificate,
  others: readonly ParsedCertificate[],
  time: Date,
  isAnchor: (certificate: ParsedCertificate) => boolean,
): Promise<ParsedCertificate | undefined> {
  let current = signer;
  for (let step = 0; step <= others.length; step++) {
    if (isAnchor(current)) return current;
    const issuer = await issuerOf(current, others, time);
    if (issuer === undefined || equal(issuer.der, current.der)) return undefined;
    current = issuer;
  }
  return undefined;
}

async function issuerOf(
  certificate: ParsedCertificate,
  others: readonly ParsedCertificate[],
  time: Date,
): Promise<ParsedCertificate | undefined> {
  for (const other of others) {
    if (!other.parsed.subject.isEqual(certificate.parsed.issuer) || !isAuthority(other, time)) continue;
    const { signatureAlgorithm, signatureValue, tbsView } = certificate.parsed;
    const kind: SignatureKind = signatureKind(signatureAlgorithm, undefined);
    const signature = signatureValue.valueBlock.valueHexView;
    if (await verifySignature(kind, publicKeyOf(other), signature, tbsView)) return other;
  }
  return undefined;
}

/** DER SubjectPublicKeyInfo. */
export function publicKeyOf({ parsed }: ParsedCertificate): Uint8Array {
  return new Uint8Array(parsed.subjectPublicKeyInfo.toSchema().toBER());
}

const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;
const CERTIFICATE_SIGN = 5;

function isAuthority(certificate: ParsedCertificate, time: Date): boolean {
  const constraints = extension(certificate, BASIC_CONSTRAINTS)?.parsedValue as { cA?: boolean } | undefined;
  return constraints?.cA === true && allowsUse(certificate, CERTIFICATE_SIGN) && isUsable(certificate, time);
}

/** Where a certificate does not restrict its use, everything is allowed (RFC 5280 §4.2.1.3). */
function allowsUse(certificate: ParsedCertificate, bit: number): boolean {
  const usage = extension(certificate, KEY_USAGE)?.parsedValue as
    | { valueBlock?: { valueHexView?: Uint8Array } }
    | undefined;
  if (usage === undefined) return true;
  const byte = usage.valueBlock?.valueHexView?.[bit >> 3] ?? 0;
  return (byte & (0x80 >> (bit & 7))) !== 0;
}

function requireUsable(certificate: ParsedCertificate, time: Date): void {
  if (!isUsable(certificate, time)) {
    throw new PlacardError("mismatch", "The timestamp's certificate was not valid at the time it states.");
  }
}

function isUsable({ parsed }: ParsedCertificate, time: Date): boolean {
  const strange = parsed.extensions?.some((one) => one.critical && !UNDERSTOOD.has(one.extnID)) ?? false;
  return !strange && parsed.notBefore.value <= time && time <= parsed.notAfter.value;
}

function extension({ parsed }: ParsedCertificate, id: string): Extension | undefined {
  const found = parsed.extensions?.filter((one) => one.extnID === id) ?? [];
  if (found.length > 1) throw new PlacardError("malformed", "A certificate has one extension twice.");
  return found[0];
}

function nameOf(names: RelativeDistinguishedNames, type: string): string | undefined {
  const value: unknown = names.typesAndValues.find((one) => one.type === type)?.value.valueBlock.value;
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;
}
