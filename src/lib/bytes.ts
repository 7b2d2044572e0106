import { PlacardError } from "./error.ts";

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text) as Uint8Array<ArrayBuffer>;
}

/** Decodes UTF-8; throws `malformed` on any byte that is not UTF-8. A byte order mark is kept as a character. */
export function fromUtf8(bytes: Uint8Array, what = "text"): string {
  try {
    return strictDecoder.decode(bytes);
  } catch (cause) {
    throw new PlacardError("malformed", `The ${what} is not valid UTF-8.`, { cause });
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * A copy whose buffer holds these bytes and no others. Not slice(): that of a Node Buffer copies nothing, and its buffer is
 * that of whatever it was cut from.
 */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Smaller ones may be parts of a buffer that others use too (Node's pool). */
const LEAST_GIVEN_BACK = 1 << 20;

/**
 * Gives back the memory of bytes that nobody reads any more; the whole buffer they are in. Large ones that only wait to be
 * collected make the engine collect everything, again and again.
 */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LEAST_GIVEN_BACK) buffer.transfer(0);
}

/** Compares public values; not constant time. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Decodes lower-case hexadecimal of exactly `length` bytes; throws `malformed`. */
export function fromHex(text: string, length: number, what = "hexadecimal value"): Uint8Array<ArrayBuffer> {
  if (text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    throw new PlacardError("malformed", `The ${what} is not ${length} bytes of lower-case hexadecimal.`);
  }
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Each byte as the character of that number (ISO 8859-1). */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    // Spreading a typed array is several times slower.
    text += String.fromCharCode.apply(undefined, bytes.subarray(i, i + 8192) as unknown as number[]);
  }
  return text;
}

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(latin1(bytes));
}

/** URL-safe base64 without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Decodes canonical padded base64 only: what re-encodes to another text is refused as `malformed`. */
export function fromBase64(text: string, what = "base64 value"): Uint8Array<ArrayBuffer> {
  return decodeStrictly(text, text, toBase64, what);
}

/** Decodes canonical unpadded base64url only; throws `malformed`. */
export function fromBase64Url(text: string, what = "base64url value"): Uint8Array<ArrayBuffer> {
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return decodeStrictly(text, standard + "=".repeat((4 - (standard.length % 4)) % 4), toBase64Url, what);
}

function decodeStrictly(
  given: string,
  standard: string,
  encode: (bytes: Uint8Array) => string,
  what: string,
): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  try {
    const binary = atob(standard);
    bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  } catch {
    // Reported below, together with text that decodes but is not canonical.
  }
  if (bytes === undefined || encode(bytes) !== given) {
    throw new PlacardError("malformed", `The ${what} is not canonical base64.`);
  }
  return bytes;
}
