/**
 * Which addresses may be captured. Checked before the browser is started and again against the addresses it really
 * connected to, so that nothing from a private network is ever sealed. A page's own requests to private addresses are
 * stopped by the browser where they are written as such; a name that leads there is still asked (docs/formats/capture.md):
 * a proxy that resolves and connects by itself belongs here.
 */
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { PlacardError } from "../lib/error.ts";

const LONGEST_URL = 8192;

/** IANA special-purpose registries: whatever is not globally reachable. Apart, since a list of both mixes up mapped addresses. */
const PRIVATE_4 = new BlockList();
const PRIVATE_6 = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  PRIVATE_4.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  PRIVATE_6.addSubnet(net, bits, "ipv6");
}

/**
 * Chromium's `--host-resolver-rules` that make private addresses and names unreachable to a page's own requests, at no
 * cost to the others. Patterns know only `*` and `?` (none or one character), so they are as near as they get: a public name such as
 * `10.a.b.c` goes unreached too. A public name that resolves to a private address is not caught here but afterwards.
 */
export const PRIVATE_HOST_RULES: readonly string[] = [
  "localhost",
  "*.localhost",
  "localhost.",
  "*.localhost.",
  ...["0", "10", "127", "169.254", "192.168"].map(dotted),
  ...Array.from({ length: 16 }, (_, i) => dotted(`172.${16 + i}`)),
  ...Array.from({ length: 64 }, (_, i) => dotted(`100.${64 + i}`)),
  "[::1]*",
  "[::]*",
  "[::ffff:*",
  "[64:ff9b:*",
  "[fc*",
  "[fd*",
  "[fe8*",
  "[fe9*",
  "[fea*",
  "[feb*",
].map((pattern) => `MAP ${pattern} ~NOTFOUND`);

/** A pattern for the addresses that begin so. */
function dotted(start: string): string {
  return [...start.split("."), "???", "???", "???"].slice(0, 4).join(".");
}

/** Whether an IP address is one that strangers cannot reach, and so one that a pasted link has no business with. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return true;
  return family === 4 ? PRIVATE_4.check(bare, "ipv4") : PRIVATE_6.check(bare, "ipv6");
}

/** Parses a pasted link: only http and https, no name or password in it. Throws `usage`. */
export function parseLink(text: string): URL {
  if (text.length > LONGEST_URL) throw refused(`The link is longer than ${LONGEST_URL} characters.`);
  const url = URL.parse(text.trim());
  if (url === null) throw refused("This is not a link.");
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw refused("Only http and https links can be captured.");
  if (url.username !== "" || url.password !== "") throw refused("The link carries a name or password; take it out.");
  return url;
}

/** Throws `usage` where any address the host has is private; a name that does not resolve passes (the browser will say so). */
export async function refusePrivate(url: URL): Promise<void> {
  const host = url.hostname.replace(/\.$/, "");
  if (host === "localhost" || host.endsWith(".localhost"))
    throw refused("This link leads into your own machine or network.");
  const literal = host.replace(/^\[|\]$/g, "");
  const addresses = isIP(literal) ? [literal] : await resolve(host);
  if (addresses.some(isPrivateAddress)) throw refused("This link leads into your own machine or network.");
}

async function resolve(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map((found) => found.address);
  } catch {
    return [];
  }
}

function refused(message: string): PlacardError {
  return new PlacardError("usage", message);
}
