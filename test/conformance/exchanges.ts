/** The exchanges of a WARC file, Placard's or another tool's, to be held against what servers wrote down. */
import type { Recorded } from "../../src/sample/conformance/compare.ts";
import type { ReadRecord } from "../read-warc.ts";

export function exchangesOf(records: readonly ReadRecord[]): readonly Recorded[] {
  return records
    .filter(({ type }) => type === "request")
    .map((request) => {
      const response = records.find(
        (one) => one.type === "response" && (leadsTo(request, one) || leadsTo(one, request)),
      );
      return {
        url: request.url ?? "",
        method: request.block.toString("latin1", 0, request.block.indexOf(" ")),
        protocol: request.header("WARC-Protocol")?.split(/,\s*/)[0] ?? "",
        requestHead: headOf(request),
        requestBody: request.payload,
        ...chainOf(response ?? request, records),
        ...(response && {
          response: {
            head: headOf(response),
            body: response.payload,
            truncated: response.header("WARC-Truncated") !== undefined,
          },
        }),
      };
    });
}

/** As the record that is named has it; other tools name none. */
function chainOf(record: ReadRecord, records: readonly ReadRecord[]): Pick<Recorded, "chain"> {
  const named = record.header("WARC-Placard-Certificates");
  const found = named && records.find(({ type, header }) => type === "metadata" && header("WARC-Record-ID") === named);
  if (!found) return {};
  const pem = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;
  return { chain: [...found.block.toString().matchAll(pem)].map(([, base64 = ""]) => base64.replace(/\s/g, "")) };
}

const headOf = ({ block, payload }: ReadRecord): Buffer => block.subarray(0, block.length - payload.length);

/** Other tools say it on the response alone. */
function leadsTo(from: ReadRecord, to: ReadRecord): boolean {
  return from.header("WARC-Concurrent-To") === to.header("WARC-Record-ID");
}
