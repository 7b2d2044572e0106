/** RSA and ECDSA signatures as CMS and X.509 name them, verified by WebCrypto. SHA-1 and MD5 are not taken. */
import { Any, type BitString, fromBER, Null, type Sequence } from "asn1js";
import { AlgorithmIdentifier, RSASSAPSSParams } from "pkijs";
import { concat, copyOf } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isInteger, wholeSequence } from "./asn1.ts";

export type HashName = "SHA-256" | "SHA-384" | "SHA-512";

export interface SignatureKind {
  readonly scheme: "RSASSA-PKCS1-v1_5" | "RSA-PSS" | "ECDSA";
  readonly hash: HashName;
  readonly saltLength?: number;
}

const HASHES: Readonly<Record<string, HashName>> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
const KINDS: Readonly<Record<string, SignatureKind>> = {
  "1.2.840.113549.1.1.11": { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  "1.2.840.113549.1.1.12": { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-384" },
  "1.2.840.113549.1.1.13": { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-512" },
  "1.2.840.10045.4.3.2": { scheme: "ECDSA", hash: "SHA-256" },
  "1.2.840.10045.4.3.3": { scheme: "ECDSA", hash: "SHA-384" },
  "1.2.840.10045.4.3.4": { scheme: "ECDSA", hash: "SHA-512" },
};
const RSA = "1.2.840.113549.1.1.1";
const RSA_PSS = "1.2.840.113549.1.1.10";
const EC_KEY = "1.2.840.10045.2.1";
const MGF1 = "1.2.840.113549.1.1.8";
const CURVES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  "1.2.840.10045.3.1.7": { name: "P-256", bytes: 32 },
  "1.3.132.0.34": { name: "P-384", bytes: 48 },
  "1.3.132.0.35": { name: "P-521", bytes: 66 },
};
/** How a point's encoding begins that gives both coordinates (SEC 1 §2.3.3). */
const UNCOMPRESSED = 4;
const FEWEST_RSA_BITS = 2048;
/** Beyond these, libraries differ in what they take, and verifying takes long. */
const MOST_RSA_BITS = 8192;
const LONGEST_RSA_EXPONENT = 4;
const LONGEST_SALT = MOST_RSA_BITS / 8;

/** Throws `unsupported` for SHA-1, MD5 and whatever else we do not take, `malformed` for parameters, which no hash has. */
export function hashName({ algorithmId, algorithmParams }: AlgorithmIdentifier): HashName {
  const name = HASHES[algorithmId];
  if (name === undefined)
    throw new PlacardError("unsupported", "It uses a hash that we do not take (only SHA-256, 384 and 512).");
  if (!hasNoParameters(algorithmParams)) throw new PlacardError("malformed", "A hash in it has parameters.");
  return name;
}

/** Absent or NULL: RFC 5754 §2 takes both. */
function hasNoParameters(parameters: unknown): boolean {
  return parameters === undefined || parameters instanceof Null || parameters instanceof Any;
}

/** `digest` is used where the algorithm names only a kind of key, as CMS allows. Throws `unsupported`. */
export function signatureKind(algorithm: AlgorithmIdentifier, digest: HashName | undefined): SignatureKind {
  const { algorithmId } = algorithm;
  const known = KINDS[algorithmId];
  if (algorithmId !== RSA_PSS && algorithmId !== EC_KEY && !hasNoParameters(algorithm.algorithmParams)) {
    throw new PlacardError("malformed", "A way of signing in it has parameters that it should not have.");
  }
  if (known !== undefined) return known;
  if (algorithmId === RSA_PSS) return pssKind(algorithm);
  if (digest !== undefined && algorithmId === RSA) return { scheme: "RSASSA-PKCS1-v1_5", hash: digest };
  if (digest !== undefined && algorithmId === EC_KEY) return { scheme: "ECDSA", hash: digest };
  throw new PlacardError("unsupported", "It is signed in a way that we do not take.");
}

function pssKind(algorithm: AlgorithmIdentifier): SignatureKind {
  const parameters = new RSASSAPSSParams({ schema: algorithm.algorithmParams });
  const hash = hashName(parameters.hashAlgorithm);
  const mask = parameters.maskGenAlgorithm;
  const maskHash = new AlgorithmIdentifier({ schema: mask.algorithmParams });
  const isUsual = mask.algorithmId === MGF1 && hashName(maskHash) === hash && parameters.trailerField === 1;
  if (!isUsual || !(parameters.saltLength >= 0 && parameters.saltLength <= LONGEST_SALT)) {
    throw new PlacardError("unsupported", "It is signed in a way that we do not take.");
  }
  return { scheme: "RSA-PSS", hash, saltLength: parameters.saltLength };
}

/** Throws `unsupported` for a key of another kind, or an RSA key under 2048 or over 8192 bits. */
export async function verifySignature(
  kind: SignatureKind,
  spki: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  const curve = kind.scheme === "ECDSA" ? curveOf(spki) : undefined;
  const algorithm =
    curve === undefined ? { name: kind.scheme, hash: kind.hash } : { name: "ECDSA", namedCurve: curve.name };
  const key = await importKey(spki, algorithm);
  if (curve === undefined) requireSoundRsa(key.algorithm as RsaHashedKeyAlgorithm);
  const raw = curve === undefined ? signature : rawEcdsa(signature, curve.bytes);
  if (raw === undefined) return false;
  const parameters = {
    name: kind.scheme,
    hash: kind.hash,
    ...(kind.saltLength === undefined ? {} : { saltLength: kind.saltLength }),
  };
  return crypto.subtle.verify(parameters, key, copyOf(raw), copyOf(message));
}

function requireSoundRsa({ modulusLength, publicExponent }: RsaHashedKeyAlgorithm): void {
  if (modulusLength < FEWEST_RSA_BITS) {
    throw new PlacardError("unsupported", `An RSA key of ${modulusLength} bits is too weak to count.`);
  }
  if (modulusLength > MOST_RSA_BITS || publicExponent.length > LONGEST_RSA_EXPONENT) {
    throw new PlacardError("unsupported", "An RSA key in it is larger than we take.");
  }
}

/**
 * Whether a key is written as every library reads it. Some take an RSA exponent of 1 (under which anything is signed),
 * even or negative numbers, an RSA key without its NULL, bits left over, or a point in another form; a file must not hold
 * in one program and fail in another.
 */
function isPlainKey(spki: Uint8Array): boolean {
  const [algorithm, bits] = wholeSequence(spki, "key").valueBlock.value as [Sequence, BitString];
  if (bits.valueBlock.unusedBits !== 0) return false;
  const key = bits.valueBlock.valueHexView;
  const { algorithmId, algorithmParams } = new AlgorithmIdentifier({ schema: algorithm });
  if (algorithmId === EC_KEY) return key[0] === UNCOMPRESSED;
  if (algorithmId !== RSA || !(algorithmParams instanceof Null)) return false;
  const [modulus, exponent] = wholeSequence(key, "key").valueBlock.value.map((part) =>
    isInteger(part) ? part.valueBlock.valueHexView : new Uint8Array(),
  );
  return isOdd(modulus) && isOdd(exponent) && !(exponent?.length === 1 && exponent[0] === 1);
}

/** And positive. */
function isOdd(number: Uint8Array = new Uint8Array()): boolean {
  return ((number[0] ?? 0) & 0x80) === 0 && ((number.at(-1) ?? 0) & 1) === 1;
}

async function importKey(
  spki: Uint8Array,
  algorithm: { readonly name: string; readonly hash?: string; readonly namedCurve?: string },
): Promise<CryptoKey> {
  try {
    if (!isPlainKey(spki)) throw new Error("It is not written in the usual form.");
    return await crypto.subtle.importKey("spki", copyOf(spki), algorithm, false, ["verify"]);
  } catch (cause) {
    throw new PlacardError("unsupported", "A key in it is of a kind that we do not take.", { cause });
  }
}

function curveOf(spki: Uint8Array): { readonly name: string; readonly bytes: number } {
  const sequence = fromBER(copyOf(spki).buffer).result as Sequence;
  const algorithm = new AlgorithmIdentifier({ schema: sequence.valueBlock.value[0] });
  const oid =
    (algorithm.algorithmParams as { valueBlock?: { toString(): string } } | undefined)?.valueBlock?.toString() ?? "";
  const curve = CURVES[oid];
  if (curve === undefined) throw new PlacardError("unsupported", "A key in it is on a curve that we do not take.");
  return curve;
}

/** DER SEQUENCE { r, s } → r ‖ s, each of the curve's length; undefined where it is no such thing. */
function rawEcdsa(der: Uint8Array, length: number): Uint8Array | undefined {
  const parts = wholeSequence(der, "signature").valueBlock.value;
  const [r, s] = parts.map((part) => (isInteger(part) ? fixedLength(part.valueBlock.valueHexView, length) : undefined));
  return parts.length === 2 && r !== undefined && s !== undefined ? concat(r, s) : undefined;
}

function fixedLength(value: Uint8Array, length: number): Uint8Array | undefined {
  const bare = value[0] === 0 ? value.subarray(1) : value;
  const isNegative = ((value[0] ?? 0) & 0x80) !== 0;
  if (isNegative || bare.length > length) return undefined;
  const fixed = new Uint8Array(length);
  fixed.set(bare, length - bare.length);
  return fixed;
}
