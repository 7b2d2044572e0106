/**
 * A fetch that reaches no private address: the address that is checked is the address that is connected to, whatever a name
 * server answers the next time. For what somebody on a screen has this machine ask. Redirects are not followed.
 */
import { lookup as resolveName } from "node:dns";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { INTO_OWN_NETWORK, isPrivateAddress, refusePrivate } from "../capture/gate/link.ts";
import { PlacardError } from "../lib/error.ts";

/** Throws `usage` where it leads into one's own network, and what a connection throws. */
export const publicFetch: typeof fetch = async (input, init = {}) => {
  const asked = new Request(input, init);
  const url = new URL(asked.url);
  refusePrivate(url);
  const body = new Uint8Array(await asked.arrayBuffer());
  const request = url.protocol === "https:" ? requestSecure : requestPlain;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, {
      method: asked.method,
      headers: { ...Object.fromEntries(asked.headers), "content-length": body.length },
      lookup: publicLookup,
      signal: asked.signal,
      agent: false,
    });
    sent.once("response", resolve).once("error", reject);
    sent.end(body);
  });
  const { statusCode = 502 } = answer;
  if (statusCode >= 300 && statusCode < 400) {
    answer.destroy();
    throw new TypeError("it leads elsewhere");
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) if (typeof value === "string") headers.set(name, value);
  const empty = statusCode === 204 || statusCode === 205;
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status: statusCode, headers });
};

/** A name that has private addresses among others is taken for an attack. */
const publicLookup: LookupFunction = (host, options, tell) => {
  resolveName(host, { ...options, all: true }, (error, addresses) => {
    if (error) return tell(error, "");
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isPrivateAddress(address)))
      return tell(new PlacardError("usage", INTO_OWN_NETWORK), "");
    return options.all ? tell(null, addresses) : tell(null, first.address, first.family);
  });
};
