/** X.509 certificates (RFC 5280), as far as the chains of timestamps and signed archives need them. Runs in a browser: WebCrypto and pkijs' parser. */
import { type Integer, OctetString, type Sequence } from "asn1js";
import { Certificate, type Extension, type RelativeDistinguishedNames } from "pkijs";
import { copyOf, equal } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { readTime, wholeSequence } from "./asn1.ts";
import { type SignatureKind, signatureKind, verifySignature } from "./signature.ts";

export interface ParsedCertificate {
  readonly der: Uint8Array;
  readonly sha256: Uint8Array;
  readonly parsed: Certificate;
  /** First and last moment of its validity, milliseconds since 1970. */
  readonly validity: readonly [from: number, to: number];
}

const MOST_CERTIFICATES = 16;
const COMMON_NAME = "2.5.4.3";
const ORGANISATION = "2.5.4.10";
const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
const CERTIFICATE_POLICIES = "2.5.29.32";
const EXTENDED_KEY_USAGE = "2.5.29.37";
/** What a chain is to vouch for (RFC 5280 §4.2.1.12). */
export type Purpose = keyof typeof PURPOSES;
const PURPOSES = { timeStamping: "1.3.6.1.5.5.7.3.8", serverAuth: "1.3.6.1.5.5.7.3.1" } as const;
const ANY_PURPOSE = "2.5.29.37.0";
/** Critical extensions we understand; any other makes a certificate unusable (RFC 5280 §4.2). */
const UNDERSTOOD = new Set([KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, CERTIFICATE_POLICIES]);

/** Throws `malformed`, `too_large`. */
export function parseCertificates(all: readonly Uint8Array[]): readonly ParsedCertificate[] {
  if (all.length > MOST_CERTIFICATES) throw new PlacardError("too_large", "There are too many certificates.");
  return all.map((der) => {
    try {
      return { der, sha256: sha256(der), parsed: Certificate.fromBER(copyOf(der).buffer), validity: readValidity(der) };
    } catch (cause) {
      if (cause instanceof PlacardError) throw cause;
      throw new PlacardError("malformed", "Something is no certificate that should be one.", { cause });
    }
  });
}

/** Read from the bytes: the parser takes a time that names no zone as this computer's. */
function readValidity(der: Uint8Array): readonly [number, number] {
  const [signed] = wholeSequence(der, "certificate").valueBlock.value as [Sequence];
  const fields = signed.valueBlock.value;
  // An explicit version comes before serial number, algorithm, issuer, validity (RFC 5280 §4.1).
  const validity = fields[fields[0]?.idBlock.tagClass === 3 ? 4 : 3] as Sequence;
  const [from, to] = validity.valueBlock.value;
  return [readTime(from), readTime(to)];
}

/** Whom a certificate names, for people. */
export function subjectName({ parsed }: ParsedCertificate): string {
  return nameOf(parsed.subject, COMMON_NAME) ?? nameOf(parsed.subject, ORGANISATION) ?? "an authority without a name";
}

/** Throws `mismatch` unless its one purpose is time-stamping, marked critical (RFC 3161 §2.3), and it was valid then. */
export function requireTimestampSigner(certificate: ParsedCertificate, time: number): void {
  const purposes = purposesOf(certificate) ?? [];
  const isCritical = extension(certificate, EXTENDED_KEY_USAGE)?.critical === true;
  if (!isCritical || purposes.length !== 1 || purposes[0] !== PURPOSES.timeStamping) {
    throw new PlacardError("mismatch", "The timestamp's certificate is not one for time-stamping and nothing else.");
  }
  requireUsable(certificate, time);
  if (!allowsUse(certificate, DIGITAL_SIGNATURE) && !allowsUse(certificate, NON_REPUDIATION)) {
    throw new PlacardError("mismatch", "The timestamp's certificate may not be used to sign.");
  }
}

/** Throws `mismatch` unless it may speak for a web site, and was valid then. */
export function requireWebSigner(certificate: ParsedCertificate, time: number): void {
  requireUsable(certificate, time);
  if (!isFor(certificate, "serverAuth") || !allowsUse(certificate, DIGITAL_SIGNATURE)) {
    throw new PlacardError("mismatch", `The certificate of ${subjectName(certificate)} is not one for a web site.`);
  }
}

/** A certificate that names no purpose is for all. */
function isFor(certificate: ParsedCertificate, purpose: Purpose): boolean {
  const purposes = purposesOf(certificate);
  return purposes === undefined || purposes.includes(PURPOSES[purpose]) || purposes.includes(ANY_PURPOSE);
}

function purposesOf(certificate: ParsedCertificate): readonly string[] | undefined {
  const usage = extension(certificate, EXTENDED_KEY_USAGE);
  return usage && ((usage.parsedValue as { keyPurposes?: readonly string[] } | undefined)?.keyPurposes ?? []);
}

/**
 * The first certificate that `isAnchor` knows on a way from `certificate` upwards: each was valid at `time`, an
 * authority, for this purpose where it names any (as browsers and Windows read it; RFC 5280 leaves it open), and signed
 * the one below it. Undefined where no way leads to one. Throws `unsupported` for an algorithm we
 * do not take on the way.
 */
export async function chainTo(
  certificate: ParsedCertificate,
  others: readonly ParsedCertificate[],
  time: number,
  purpose: Purpose,
  isAnchor: (certificate: ParsedCertificate) => boolean,
): Promise<ParsedCertificate | undefined> {
  const seen = new Set<ParsedCertificate>();
  // Each certificate is climbed from once only: a crowd of them that all sign one another takes no longer.
  const climb = async (from: ParsedCertificate, between: number): Promise<ParsedCertificate | undefined> => {
    if (isAnchor(from)) return from;
    seen.add(from);
    for (const issuer of others) {
      if (seen.has(issuer) || !isAuthority(issuer, time, between) || !isFor(issuer, purpose)) continue;
      if (!(await hasSigned(issuer, from))) continue;
      const anchor = await climb(issuer, between + 1);
      if (anchor !== undefined) return anchor;
    }
    return undefined;
  };
  return climb(certificate, 0);
}

async function hasSigned(issuer: ParsedCertificate, { parsed }: ParsedCertificate): Promise<boolean> {
  if (!issuer.parsed.subject.isEqual(parsed.issuer)) return false;
  const kind: SignatureKind = signatureKind(parsed.signatureAlgorithm, undefined);
  return verifySignature(kind, publicKeyOf(issuer), parsed.signatureValue.valueBlock.valueHexView, parsed.tbsView);
}

/** Whether a certificate is the one of this issuer with this serial number. */
export function isIssuedAs(
  { parsed }: ParsedCertificate,
  issuer: RelativeDistinguishedNames,
  serial: Integer,
): boolean {
  return (
    parsed.issuer.isEqual(issuer) && equal(parsed.serialNumber.valueBlock.valueHexView, serial.valueBlock.valueHexView)
  );
}

export function subjectKeyIdentifier(certificate: ParsedCertificate): Uint8Array | undefined {
  const identifier: unknown = extension(certificate, SUBJECT_KEY_IDENTIFIER)?.parsedValue;
  return identifier instanceof OctetString ? identifier.valueBlock.valueHexView : undefined;
}

/** Whether a certificate is for this host name: among its alternative names, or (as authsign takes it) its common name. */
export function namesDomain(certificate: ParsedCertificate, domain: string): boolean {
  const alternatives = extension(certificate, SUBJECT_ALTERNATIVE_NAME)?.parsedValue as
    | { altNames?: readonly { type: number; value: unknown }[] }
    | undefined;
  const hosts = (alternatives?.altNames ?? []).filter(({ type }) => type === DNS_NAME).map(({ value }) => value);
  return [...hosts, nameOf(certificate.parsed.subject, COMMON_NAME)].includes(domain);
}

/** DER SubjectPublicKeyInfo. */
export function publicKeyOf({ parsed }: ParsedCertificate): Uint8Array {
  return new Uint8Array(parsed.subjectPublicKeyInfo.toSchema().toBER());
}

/** GeneralName's [2] (RFC 5280 §4.2.1.6). */
const DNS_NAME = 2;
/** Bits of KeyUsage. */
const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;
const CERTIFICATE_SIGN = 5;

/** `between`: how many authorities stand between it and the certificate it is asked about (RFC 5280 §4.2.1.9). */
function isAuthority(certificate: ParsedCertificate, time: number, between: number): boolean {
  const constraints = extension(certificate, BASIC_CONSTRAINTS)?.parsedValue as
    | { cA?: boolean; pathLenConstraint?: unknown }
    | undefined;
  const most = constraints?.pathLenConstraint ?? Number.MAX_SAFE_INTEGER;
  return (
    constraints?.cA === true &&
    typeof most === "number" &&
    between <= most &&
    allowsUse(certificate, CERTIFICATE_SIGN) &&
    isUsable(certificate, time)
  );
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

/** Throws `mismatch` unless a certificate was valid at `time` and restricts itself in no way that we do not understand. */
function requireUsable(certificate: ParsedCertificate, time: number): void {
  if (!isUsable(certificate, time)) {
    throw new PlacardError(
      "mismatch",
      `The certificate of ${subjectName(certificate)} was not valid at the time stated.`,
    );
  }
}

function isUsable({ parsed, validity: [from, to] }: ParsedCertificate, time: number): boolean {
  const strange = parsed.extensions?.some((one) => one.critical && !UNDERSTOOD.has(one.extnID)) ?? false;
  return !strange && from <= time && time <= to;
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
