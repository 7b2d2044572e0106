/** Which links may be captured, and which addresses nobody's pasted link has any business with. */
import { BlockList, isIP } from "node:net";
import { PlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import { say } from "../said.ts";

const LONGEST_URL = 8192;
export const INTO_OWN_NETWORK = say("own_network");

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

/** Whether an IP address is one that strangers cannot reach, and so one that a pasted link has no business with. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return true;
  return family === 4 ? PRIVATE_4.check(bare, "ipv4") : PRIVATE_6.check(bare, "ipv6");
}

/** Parses a pasted link: only http and https, no name or password in it. Throws `usage`. */
export function parseLink(text: string): URL {
  if (text.length > LONGEST_URL) throw refused(say("link_too_long", { count: LONGEST_URL }));
  const url = URL.parse(text.trim());
  if (url === null) throw refused(say("no_link_this"));
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused(say("only_http"));
  if (url.username !== "" || url.password !== "") throw refused(say("link_with_password"));
  return url;
}

/**
 * Throws `usage` where the link is written so that it leads into one's own network, whatever the spelling: `URL` makes
 * one of all. Names that lead there are found out by the gate (gate.ts), which asks for their addresses only once.
 */
export function refusePrivate({ hostname }: URL): void {
  const host = hostname.replace(/\.$/, "");
  const literal = host.replace(/^\[|\]$/g, "");
  const isPrivate =
    isIP(literal) === 0 ? host === "localhost" || host.endsWith(".localhost") : isPrivateAddress(literal);
  if (isPrivate) throw refused(INTO_OWN_NETWORK);
}

function refused(message: Told): PlacardError {
  return new PlacardError("usage", message);
}
