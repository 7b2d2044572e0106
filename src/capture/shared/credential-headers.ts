/** Headers that let somebody in, or would tell one visitor from another: taken out of every archive that is handed out. */
import type { Header } from "../netlog/exchange.ts";
import { MARKER } from "./secret.ts";

/**
 * By the words of a header's name: Cookie, Set-Cookie, Authorization, Proxy-Authorization, Authentication-Info,
 * X-CSRF-Token, X-Guest-Token, X-Api-Key, Secure-Session-Response … whatever a site calls its own.
 */
const WORDS = new Set(
  "cookie cookie2 cookies auth authorization authentication token csrf csrftoken xsrf xsrftoken session sessionid sid apikey jwt secret credential credentials password passwd dpop otp signature".split(
    " ",
  ),
);
const NAMES =
  /^(?:x-)?(?:api|access|private|auth)-?key$|^sec-websocket-protocol$|^x-goog-authuser$|^x-ig-www-claim$|^x-client-data$/i;
/** Named like the above, and a server's own word to everybody. */
const PUBLIC = /^(?:www-authenticate|proxy-authenticate|access-control-.*|sec-fetch-.*|signature-input)$/i;

export function isCredential(name: string): boolean {
  if (PUBLIC.test(name)) return false;
  return (
    NAMES.test(name) ||
    name
      .toLowerCase()
      .split(/[-_]/)
      .some((word) => WORDS.has(word))
  );
}

export const REMOVED_HEADER = "X-Placard-Removed-";

/** A head without credentials: each such header keeps its place and its name, after a prefix that nothing acts on. */
export function withoutCredentials(head: Uint8Array): {
  readonly head: Uint8Array;
  readonly removed: readonly string[];
} {
  const removed: string[] = [];
  const [first = "", ...lines] = Buffer.from(head)
    .toString("latin1")
    .split(/(?<=\n)/);
  const kept: string[] = [];
  let inRemoved = false;
  for (const line of lines) {
    // A folded line (RFC 9112 §5.2) goes on with the header before it.
    if (/^[ \t]/.test(line) && line.trim() !== "") {
      if (!inRemoved) kept.push(line);
      continue;
    }
    const name = /^([^:\r\n]+):/.exec(line)?.[1]?.trim();
    inRemoved = name !== undefined && isCredential(name);
    if (name === undefined || !inRemoved) {
      kept.push(line);
      continue;
    }
    removed.push(name.toLowerCase());
    kept.push(`${REMOVED_HEADER}${name}: ${MARKER}${/\r?\n$/.exec(line)?.[0] ?? ""}`);
  }
  if (removed.length === 0) return { head, removed };
  return { head: Buffer.from(first + kept.join(""), "latin1"), removed };
}

/** What credentials a list of headers names: cookies one by one, the rest whole, with and without its scheme. */
export function* credentialsIn(
  headers: readonly Header[],
): Generator<{ readonly name: string; readonly value: string; readonly hidden: boolean }> {
  for (const [name, value] of headers) {
    if (!isCredential(name)) continue;
    if (/^set-cookie2?$/i.test(name)) {
      const [pair = "", ...attributes] = value.split(";");
      yield {
        ...cookieOf(pair),
        hidden: attributes.some((attribute) => attribute.trim().toLowerCase() === "httponly"),
      };
    } else if (/^cookie2?$/i.test(name)) {
      for (const pair of value.split(";")) yield { ...cookieOf(pair), hidden: false };
    } else {
      yield* credentialsOf(name, value.trim());
    }
  }
}

function cookieOf(pair: string): { readonly name: string; readonly value: string } {
  const at = pair.indexOf("=");
  const value = pair.slice(at + 1).trim();
  return { name: pair.slice(0, Math.max(0, at)).trim(), value: value.replace(/^"(.*)"$/, "$1") };
}

function* credentialsOf(name: string, value: string) {
  const [, scheme = "", rest = value] = /^([A-Za-z][\w-]*) +(.*)$/.exec(value) ?? [];
  yield { name, value: rest, hidden: true };
  if (!/^basic$/i.test(scheme)) return;
  const decoded = Buffer.from(rest, "base64").toString("utf8");
  yield { name, value: decoded, hidden: true };
  for (const part of [decoded.slice(0, decoded.indexOf(":")), decoded.slice(decoded.indexOf(":") + 1)]) {
    yield { name, value: part, hidden: true };
  }
}
