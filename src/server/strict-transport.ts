/** Browsers that came over TLS once are told to come no other way: https://www.rfc-editor.org/rfc/rfc6797 */
import { isLoopback } from "./serve.ts";

/** A year, in seconds. Not for the names below ours, which may be other people's. */
const STRICT = "max-age=31536000";

/**
 * The header for whoever comes to this origin: none in the open, where it counts for nothing, and none under this machine's own
 * names. It counts for a name whatever the port, and so would shut out other programs that are at work on this machine.
 */
export function strictTransport(origin: string): Readonly<Record<string, string>> {
  const { protocol, hostname } = new URL(origin);
  const isOwn = isLoopback(hostname.replace(/^\[|\]$/g, "")) || hostname.endsWith(".localhost");
  return protocol === "https:" && !isOwn ? { "Strict-Transport-Security": STRICT } : {};
}
