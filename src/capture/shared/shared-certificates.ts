import { boundedChain } from "../archive/certificates.ts";
import type { Exchange } from "../netlog/exchange.ts";
import type { Search } from "./search.ts";
import type { Removed } from "./shared-exchange.ts";

/**
 * What may be shared of the certificates of an exchange's server, and what was taken out: a host may be named after somebody. A certificate that changes
 * is none any more, so where one tells, all of that chain is left out.
 */
export function shareCertificates(
  exchange: Exchange,
  search: Search | undefined,
): { readonly shown: Exchange; readonly removed: Removed | undefined } {
  const { tls, url } = exchange;
  if (search === undefined || tls === undefined) return { shown: exchange, removed: undefined };
  let values = 0;
  const found = (): number => values++;
  const address = search.removeFromText(URL.parse(url)?.origin ?? url, found);
  const inAddress = values;
  for (const certificate of boundedChain(tls)) search.removeFromBytes(Buffer.from(certificate, "base64"), found);
  if (values === 0) return { shown: exchange, removed: undefined };
  const tells = values > inAddress;
  return {
    shown: { ...exchange, url: address, ...(tells ? { tls: { ...tls, chain: [] } } : {}) },
    removed: { headers: [], values: inAddress, body: tells ? "left out" : "kept" },
  };
}
