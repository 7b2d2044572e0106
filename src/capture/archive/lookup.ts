/** Under which address replay tools look up an exchange that is no GET: method and body become part of it. */
import { postToGetUrl } from "warcio";
import { whole } from "../../lib/pieces.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";

export interface Lookup {
  readonly url: string;
  /** The body as it stands in the address. */
  readonly requestBody?: string;
}

/** As long as warcio and pywb make it. */
const LONGEST_QUERY = 4096;
/** A longer body is not looked into: no tool tells requests apart by so much. */
const LONGEST_BODY = 1 << 20;

/** Undefined for a GET, which is looked up by its own address. */
export async function lookupOf({ url, method, requestHeaders, requestBody }: Exchange): Promise<Lookup | undefined> {
  if (method === "GET") return undefined;
  const [contentType = ""] = valuesOf(requestHeaders, "content-type");
  const request = {
    url,
    method,
    headers: new Map([["content-type", contentType]]),
    postData: await whole(requestBody.length > LONGEST_BODY ? [] : requestBody.chunks()),
    requestBody: "",
  };
  if (!postToGetUrl(request as unknown as Parameters<typeof postToGetUrl>[0], LONGEST_QUERY)) return { url };
  return { url: request.url, ...(request.requestBody === "" ? {} : { requestBody: request.requestBody }) };
}
