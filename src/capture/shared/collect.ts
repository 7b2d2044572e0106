/** What of a session's capture must not be handed out: gathered from what was stored at sign-in and from the traffic itself. */
import type { Json } from "../../lib/json.ts";
import { isJsonObject } from "../../lib/json.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { canBeHidden, type SignedIn } from "../sign-in/state.ts";
import type { Issued } from "../sign-in/visit.ts";
import { credentialsIn } from "./credential-headers.ts";
import { isTellingCookie, isTellingToken, JWT, namesToken, type Secret } from "./secret.ts";

/** More than any honest page has; what is past it is not looked for, so the archive is not shared at all (`overflow`). */
const MOST = 4000;
const MOST_CHARACTERS = 1 << 21;
/** As much of one body is read for tokens that it issues; the whole of it is searched for those that are known. */
const MOST_READ = 1 << 26;
/** Text is read in pieces of this size that overlap, so that what lies across two is seen in one. */
const PIECE = 1 << 20;
const OVERLAP = 1 << 14;
const DEEPEST = 32;

/** `"csrfToken": "…"`, `token = '…'`, in JSON also with its quotation marks escaped: from where the name tells of a token. */
const ASSIGNED =
  /(?:token|csrf|xsrf|secret|sess|sid|jwt|key|passw|credential|bearer|auth|nonce|sig|otp)[\w-]{0,60}\\{0,3}["']?\s{0,20}[:=]\s{0,20}\\{0,3}["']((?:[^"'\\\s<>]|\\{1,3}[u/x]){10,8192})\\{0,3}["']/gi;
const LONGEST_NAME = 60;
const PARAMETER = /[?&#;]([\w.[\]-]{2,60})=([^&#;"'\\\s<>]{10,8192})/g;
/** As far as the next element: an attribute may hold a ">". */
const ELEMENT = /<(?:input|meta)\b[^<]{0,9000}/gi;
const BEARER = /\bbearer\s+([\w.+/=~-]{10,8192})/gi;

export class Secrets {
  readonly #found = new Map<string, Secret>();
  #characters = 0;
  overflow = false;

  get all(): IterableIterator<Secret> {
    return this.#found.values();
  }

  add(kind: Secret["kind"], value: string): void {
    if (value === "" || this.#found.has(value)) return;
    this.#characters += value.length;
    if (this.#found.size >= MOST || this.#characters > MOST_CHARACTERS) this.overflow = true;
    else this.#found.set(value, { kind, value });
  }

  /** What was stored at sign-in, and the names that the user wants hidden. */
  addSession({ hide, state }: SignedIn): void {
    for (const name of hide) {
      const bare = name.trim().replace(/^@/, "");
      for (const form of [name.trim(), bare]) if (canBeHidden(form)) this.add("name", form);
    }
    for (const { name, value, httpOnly } of state.cookies) this.#addCookie(name, value, httpOnly);
    for (const origin of state.origins) {
      for (const { name, value } of origin.localStorage) this.#addStored(name, value);
      this.#addJson("", (origin as { readonly indexedDB?: Json }).indexedDB ?? null, 0);
    }
  }

  addHeaders(headers: readonly Header[]): void {
    for (const { name, value, hidden } of credentialsIn(headers)) this.#addCookie(name, value, hidden);
  }

  /** What the browser held when the page had been read. */
  addIssued({ cookies, stored }: Issued): void {
    for (const { name, value, httpOnly } of cookies) this.#addCookie(name, value, httpOnly);
    for (const { name, value } of stored) this.#addStored(name, value);
  }

  /** Text in which addresses stand. */
  addAddresses(text: string): void {
    this.#addParameters(text);
  }

  addExchange({ url, requestHeaders, responseHeaders, redirectedTo }: Exchange): void {
    this.addHeaders(requestHeaders);
    this.addHeaders(responseHeaders);
    for (const address of [url, redirectedTo ?? ""]) this.#addParameters(address);
    for (const [, value] of [...requestHeaders, ...responseHeaders]) this.#addParameters(value);
  }

  /** A body, decoded. */
  async addText(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    let held = "";
    let read = 0;
    for await (const chunk of chunks) {
      read += chunk.length;
      if (read > MOST_READ) break;
      held += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
      if (held.length < PIECE) continue;
      this.#addPiece(held);
      held = held.slice(-OVERLAP);
    }
    this.#addPiece(held);
  }

  #addPiece(text: string): void {
    for (const { 0: found, 1: value = "", index } of text.matchAll(ASSIGNED)) {
      const before = /[\w-]*$/.exec(text.slice(Math.max(0, index - LONGEST_NAME), index))?.[0] ?? "";
      this.#addToken(before + (/^[\w-]+/.exec(found)?.[0] ?? ""), value);
    }
    this.#addParameters(text);
    for (const [element] of text.matchAll(ELEMENT)) {
      const name = /\b(?:name|id|property)\s*=\s*["']?([\w.:[\]-]+)/i.exec(element)?.[1];
      const value = /\b(?:value|content)\s*=\s*(?:"([^"]{10,8192})"|'([^']{10,8192})'|([^"'\s<>]{10,8192}))/i.exec(
        element,
      );
      if (name !== undefined && value !== null) this.#addToken(name, value[1] ?? value[2] ?? value[3] ?? "");
    }
    for (const [, value = ""] of text.matchAll(BEARER)) this.#addToken("bearer", value);
    for (const [value] of text.matchAll(JWT)) this.add("credential", value);
  }

  #addParameters(text: string): void {
    for (const [, name = "", value = ""] of text.matchAll(PARAMETER)) this.#addToken(name, value);
  }

  /** `written`: as it stands in the text, whose bytes are its characters. */
  #addToken(name: string, written: string): void {
    if (!namesToken(name) || !isTellingToken(name, written)) return;
    const value = Buffer.from(written, "latin1").toString("utf8");
    for (const meant of [value, unescaped(value)]) if (isTellingToken(name, meant)) this.add("credential", meant);
  }

  #addCookie(name: string, value: string, hidden: boolean): void {
    if (isTellingCookie(name, value, hidden)) this.add("credential", value);
    this.#addNested(name, value);
    // A signed value ("s:<id>.<signature>"), or one of several parts: its parts are told by themselves, too.
    for (const part of decoded(value).split(/[.:|&=,;]/)) {
      if (part.length >= 16 && isTellingToken("part", part)) this.add("credential", part);
    }
  }

  #addStored(name: string, value: string): void {
    if (isTellingToken(name, value)) this.add("credential", value);
    this.#addNested(name, value);
  }

  #addNested(name: string, value: string): void {
    const text = decoded(value);
    for (const [found] of text.matchAll(JWT)) this.add("credential", found);
    if (!/^\s*[[{]/.test(text)) return;
    try {
      this.#addJson(name, JSON.parse(text) as Json, 0);
    } catch {
      // Not JSON after all.
    }
  }

  #addJson(name: string, value: Json, depth: number): void {
    if (depth > DEEPEST) return;
    if (typeof value === "string") {
      if (/^\s*[[{]/.test(value)) this.#addNested(name, value);
      else if (isTellingToken(name, value)) this.add("credential", value);
      for (const [found] of value.matchAll(JWT)) this.add("credential", found);
    } else if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) this.#addJson(name, item, depth + 1);
    } else if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        // The value of {"name": "token", "value": "…"} is named by its neighbour.
        const named = key === "value" && typeof value["name"] === "string" ? value["name"] : key;
        this.#addJson(named, item, depth + 1);
      }
    }
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What JSON, scripts and HTML write otherwise than they mean it. */
function unescaped(text: string): string {
  return text
    .replace(/\\{1,3}(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_, u?: string, x?: string) =>
      String.fromCharCode(Number.parseInt(u ?? x ?? "", 16)),
    )
    .replace(/\\{1,3}\//g, "/")
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&#x([0-9a-f]{1,5});/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity] as string);
}
