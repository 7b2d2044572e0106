/** Which links may be captured, and which addresses nobody's pasted link has any business with. */
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { PlacardError } from "../../lib/error.ts";
import type { Told } from "../../lib/told.ts";
import { say } from "../said.ts";

const LONGEST_URL = 8192;
export const INTO_OWN_NETWORK = say("own_network");

/**
 * IANA special-purpose registries: whatever is not globally reachable; and what clouds answer their own machines at from an address
 * like any other (168.63.129.16, Azure). Apart, since a list of both mixes up mapped addresses. */
const PRIVATE_4 = new BlockList();
const PRIVATE_6 = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
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
  ["::ffff:0:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 63],
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
 * Whether an IP address is one that strangers cannot reach, or leads to this very machine by whatever address, and so one that a pasted
 * link has no business with.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return true;
  const isInside = family === 4 ? PRIVATE_4.check(bare, "ipv4") : PRIVATE_6.check(bare, "ipv6") || isTunnelInside(bare);
  return isInside || own().check(bare, family === 4 ? "ipv4" : "ipv6");
}

/** Asked for anew each time: a machine gets addresses and loses them. */
function own(): BlockList {
  const list = new BlockList();
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((each) => each ?? []))
    list.addAddress(address.replace(/%.*$/, ""), family === "IPv4" ? "ipv4" : "ipv6");
  return list;
}

/** ISATAP (RFC 5214 §6.1) carries an IPv4 address in any network's IPv6 address. */
function isTunnelInside(address: string): boolean {
  const groups = groupsOf(address);
  if (![0, 0x200].includes(groups[4] ?? -1) || groups[5] !== 0x5efe) return false;
  const bytes = groups.slice(6).flatMap((group) => [group >> 8, group & 255]);
  return PRIVATE_4.check(bytes.join("."), "ipv4");
}

/** All eight, of an IPv6 address in any spelling. */
function groupsOf(address: string): readonly number[] {
  const [front = "", back] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const numbers = (text: string): readonly number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [numbers(front), numbers(back ?? "")];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
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
