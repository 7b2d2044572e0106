/** The index of an archive: one CDXJ line a response, sorted, as replay tools look records up. */
import { getSurt } from "warcio";
import type { WarcEntry } from "./warc-record.ts";

/** `entries` of one WARC file named `filename`; requests with a body are looked up by it too, as replay tools do. */
export function cdxj(entries: readonly WarcEntry[], filename: string): string {
  const lines = entries.flatMap((entry) =>
    (entry.type === "response" || entry.type === "revisit") && entry.url !== undefined
      ? [line(entry, entry.url, filename)]
      : [],
  );
  return [...new Set(lines)]
    .toSorted()
    .map((text) => `${text}\n`)
    .join("");
}

function line(entry: WarcEntry, url: string, filename: string): string {
  const { method = "GET", lookup } = entry;
  const fields = {
    url,
    ...(entry.payloadDigest === undefined ? {} : { digest: entry.payloadDigest }),
    ...(entry.mime === undefined ? {} : { mime: entry.mime }),
    offset: entry.offset,
    length: entry.length,
    status: entry.status ?? 0,
    ...(method === "GET" ? {} : { method }),
    ...(lookup?.requestBody === undefined ? {} : { requestBody: lookup.requestBody }),
    filename,
  };
  return `${getSurt(lookup?.url ?? url)} ${entry.date.replace(/\D/g, "").slice(0, 14)} ${JSON.stringify(fields)}`;
}
