/** Reading an event's parameters: what is missing or of another type is undefined, never guessed. */
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject } from "../../lib/json.ts";
import { unsupported } from "./constants.ts";
import type { NetLogEvent } from "./event.ts";
import type { Header } from "./exchange.ts";

export function textParam(event: NetLogEvent, name: string): string | undefined {
  const value = event.params[name];
  return typeof value === "string" ? value : undefined;
}

export function numberParam(event: NetLogEvent, name: string): number | undefined {
  const value = event.params[name];
  return typeof value === "number" ? value : undefined;
}

/** The other source this event points at. */
export function dependencyOf(event: NetLogEvent): number | undefined {
  const value = event.params["source_dependency"];
  const id = isJsonObject(value) ? value["id"] : undefined;
  return typeof id === "number" ? id : undefined;
}

/** The bytes an event carries; `unsupported` where it only counts them, `malformed` where the two disagree. */
export function bytesOf(event: NetLogEvent): Uint8Array {
  const count = numberParam(event, "byte_count") ?? 0;
  const encoded = event.base64?.toString("latin1") ?? textParam(event, "bytes");
  if (encoded === undefined) {
    if (count > 0) throw unsupported("counts bytes without holding them (capture mode is not Everything)");
    return new Uint8Array(0);
  }
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== count || encoded.length !== 4 * Math.ceil(count / 3)) {
    throw new PlacardError("malformed", `The network log holds ${bytes.length} bytes where it counts ${count}.`);
  }
  return bytes;
}

/** Lines of a list such as `headers`, each code unit one byte. */
export function linesOf(event: NetLogEvent, name: string): readonly string[] {
  const value = event.params[name];
  return Array.isArray(value) ? value.filter((line) => typeof line === "string").map(unescaped) : [];
}

/** "Name: value" lines as headers. HTTP/2 and 3 join the values of a repeated name with a zero byte; they are parted again. */
export function headersOf(lines: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (const line of lines) {
    const colon = line.indexOf(":", 1);
    if (colon < 0) continue;
    const name = line.slice(0, colon);
    for (const value of line.slice(colon + 1).split("\0")) headers.push([name, value.trim()]);
  }
  return headers;
}

const ESCAPED = "%ESCAPED:\u200b ";

/** Chromium writes a string with bytes outside ASCII percent-encoded behind this mark (net/log/net_log_values.cc). */
function unescaped(text: string): string {
  const isBytes = text.startsWith(ESCAPED);
  if (!isBytes) return Buffer.from(text, "utf8").toString("latin1");
  return text
    .slice(ESCAPED.length)
    .replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
