/** Whose domain signed a mail (DKIM, RFC 6376). What a signature says is said of the domain, never of a person. */
import { dkimVerify } from "mailauth/lib/dkim/verify.js";

/** Texts of a name in DNS; rejects as Node's resolver does. Tests have their own. */
export type ResolveTexts = (name: string) => Promise<readonly (readonly string[])[]>;

export interface SignatureFact {
  readonly domain: string;
  readonly selector: string;
  readonly result: "holds" | "fails" | "unknown";
  /** Whether it is the domain of whom the mail says it is from, or one of the same owner. */
  readonly aligned: boolean;
  /** Bytes at the end that are not signed: anybody may have added them. */
  readonly unsigned: number;
  /** The key as DNS had it when this was looked at: keys are taken out of it later. */
  readonly key?: string;
  readonly why?: string;
}

const MOST = 5;

/** `now`: for signatures that end. A key that cannot be fetched makes it unknown, never false. */
export async function readSignatures(
  mail: Uint8Array,
  options: { readonly resolve: ResolveTexts; readonly now: number },
): Promise<readonly SignatureFact[]> {
  const resolver = async (name: string, type: string): Promise<string[][]> => {
    if (type !== "TXT") throw Object.assign(new Error("not asked for"), { code: "ENODATA" });
    return (await options.resolve(name)).map((parts) => [...parts]);
  };
  const { results, fromFields } = await dkimVerify(Buffer.from(mail), {
    resolver,
    strict: true,
    minBitLength: 1024,
    curTime: new Date(options.now),
  });
  return results.slice(0, MOST).flatMap((one): SignatureFact[] => {
    const { signingDomain: domain, selector, status, rr } = one;
    if (domain === undefined || selector === undefined) return [];
    const why = status.comment || undefined;
    return [
      {
        domain,
        selector,
        result: RESULTS[status.result] ?? "fails",
        // Of two "From" lines a reader may show the other.
        aligned: fromFields === 1 && status.aligned !== undefined && status.aligned !== false,
        unsigned: status.underSized ?? 0,
        ...(rr === undefined ? {} : { key: rr }),
        ...(why === undefined ? {} : { why }),
      },
    ];
  });
}

const RESULTS: Readonly<Record<string, SignatureFact["result"]>> = {
  pass: "holds",
  temperror: "unknown",
  none: "unknown",
};
