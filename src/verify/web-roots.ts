/** Whether an authority that the reader trusts for web sites stands above a certificate. */
import { fromBase64 } from "../lib/bytes.ts";
import { chainTo, type ParsedCertificate, parseCertificates } from "./certificate.ts";

/** Base64 of DER, each: more than a hundred, so they are made only where they are needed. */
export type WebRoots = () => readonly string[];

/** `roots`: as WebRoots gives them. Authorities come before the archive's own chain, which may also carry them cross-signed by older ones. */
export async function leadsToRoot(
  certificate: ParsedCertificate,
  chain: readonly ParsedCertificate[],
  roots: readonly string[],
  time: number,
): Promise<boolean> {
  const issuers = chain.map(({ parsed }) => new Uint8Array(parsed.issuer.valueBeforeDecode));
  // Only those that could be meant are parsed.
  const possible = parseCertificates(
    roots
      .map((root) => fromBase64(root, "certificate"))
      .filter((der) => issuers.some((issuer) => includes(der, issuer))),
  );
  const all = [...possible, ...chain];
  return (await chainTo(certificate, all, time, "serverAuth", (one) => possible.includes(one))) !== undefined;
}

function includes(whole: Uint8Array, part: Uint8Array): boolean {
  const [first] = part;
  if (first === undefined) return false;
  for (let at = whole.indexOf(first); at >= 0; at = whole.indexOf(first, at + 1)) {
    if (part.every((byte, i) => whole[at + i] === byte)) return true;
  }
  return false;
}
