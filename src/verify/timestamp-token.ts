/** Takes an RFC 3161 response or token apart; nothing in it is verified here. */
import { GeneralizedTime, type ObjectIdentifier, Sequence } from "asn1js";
import { type Accuracy, SignedData, TimeStampResp, TSTInfo } from "pkijs";
import { copyOf, toHex } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { readTime, wholeSequence } from "./asn1.ts";

export interface ReadToken {
  readonly signed: SignedData;
  readonly info: TSTInfo;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** How many milliseconds the time may be off, as the authority states; 0 where it does not. */
  readonly accuracy: number;
  /** Hexadecimal. */
  readonly serial: string;
  /** DER of the TSTInfo: what the signature is over. */
  readonly content: Uint8Array;
  /** DER of each certificate in it: its own bytes, since trust is in their hash. */
  readonly certificates: readonly Uint8Array[];
}

export const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const LONGEST_TOKEN = 1 << 16;
/** PKIStatus (RFC 3161 §2.4.2): granted, or granted with changes. */
const GRANTED = [0, 1];
const CONTEXT = 3;
const UNIVERSAL = 1;
const SEQUENCE = 16;

/** DER of the token in a response. Throws `remote` where the authority refused, `malformed`, `too_large`. */
export function tokenOfResponse(response: Uint8Array): Uint8Array {
  return guarded("timestamp response", () => {
    requireSize(response);
    const [, token] = wholeSequence(response, "timestamp response").valueBlock.value;
    const { status, statusStrings } = TimeStampResp.fromBER(copyOf(response).buffer).status;
    if (!GRANTED.includes(status)) {
      const said = statusStrings?.map((text) => text.valueBlock.value).join(" ") ?? "";
      const why = `The authority refused to give a timestamp (status ${status}). ${said.slice(0, 200)}`;
      throw new PlacardError("remote", why.trim());
    }
    if (token === undefined) throw new PlacardError("malformed", "The authority's answer holds no timestamp.");
    return token.valueBeforeDecodeView.slice();
  });
}

/** Throws `malformed`, `too_large`, and `mismatch` for signed data that is no timestamp. */
export function readToken(token: Uint8Array): ReadToken {
  return guarded("timestamp", () => {
    requireSize(token);
    const [type, explicit] = wholeSequence(token, "timestamp").valueBlock.value as [ObjectIdentifier?, Sequence?];
    if (type?.valueBlock.toString() !== SIGNED_DATA) throw mismatch("is not signed data");
    if (explicit === undefined || !isExplicit(explicit)) throw mismatch("is not signed data");
    const signedData = explicit.valueBlock.value[0];
    const certificates = certificatesOf(signedData);
    const signed = new SignedData({ schema: signedData });
    const { eContentType, eContent } = signed.encapContentInfo;
    if (eContentType !== TST_INFO || eContent === undefined) throw mismatch("holds something other than a time");
    const content = new Uint8Array(eContent.getValue());
    return { signed, content, certificates, ...readInfo(content) };
  });
}

function readInfo(content: Uint8Array): Pick<ReadToken, "info" | "time" | "accuracy" | "serial"> {
  const fields = wholeSequence(content, "timestamp").valueBlock.value;
  const info = TSTInfo.fromBER(copyOf(content).buffer);
  if (info.version !== 1) throw new PlacardError("unsupported", "The timestamp is of another version.");
  if (info.extensions?.some((one) => one.critical)) {
    throw new PlacardError("unsupported", "The timestamp says something that we do not understand and must.");
  }
  return {
    info,
    time: readTime(fields.find((field) => field instanceof GeneralizedTime)),
    accuracy: inMilliseconds(info.accuracy),
    serial: toHex(info.serialNumber.valueBlock.valueHexView),
  };
}

/** Rounded up. Throws `malformed`: thousandths and millionths go from 1 to 999. */
function inMilliseconds(accuracy: Accuracy | undefined): number {
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {};
  if (
    ![seconds, millis, micros].every((value) => Number.isSafeInteger(value) && value >= 0) ||
    millis > 999 ||
    micros > 999
  ) {
    throw new PlacardError("malformed", "The timestamp's accuracy cannot be read.");
  }
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}

function certificatesOf(signedData: unknown): readonly Uint8Array[] {
  const parts = signedData instanceof Sequence ? signedData.valueBlock.value : [];
  const set = parts.find(({ idBlock }) => idBlock.tagClass === CONTEXT && idBlock.tagNumber === 0);
  return ((set as Sequence | undefined)?.valueBlock.value ?? [])
    .filter(({ idBlock }) => idBlock.tagClass === UNIVERSAL && idBlock.tagNumber === SEQUENCE)
    .map((part) => part.valueBeforeDecodeView.slice());
}

/** Tagged [0]: the parser takes any tag there. */
function isExplicit({ idBlock }: Sequence): boolean {
  return idBlock.tagClass === CONTEXT && idBlock.tagNumber === 0 && idBlock.isConstructed;
}

function requireSize(der: Uint8Array): void {
  if (der.length > LONGEST_TOKEN) throw new PlacardError("too_large", "The timestamp is larger than 64 KiB.");
}

/** Parsers throw errors of many kinds; out of here comes only ours. */
export function guarded<T>(what: string, work: () => T): T {
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

export function mismatch(why: string): PlacardError {
  return new PlacardError("mismatch", `The timestamp ${why}.`);
}
