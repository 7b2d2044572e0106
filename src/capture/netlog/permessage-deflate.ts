/** Compressed WebSocket messages (RFC 7692): what was agreed upon, and inflating within bounds. */
import { constants, inflateRawSync } from "node:zlib";
import type { Header } from "./exchange.ts";
import { valuesOf } from "./head.ts";

const WINDOW = 32 * 1024;
/** What the sender leaves away at the end of each message (§7.2.1). */
const TAIL = Buffer.from("0000ffff", "hex");
/** Most bytes that one byte of DEFLATE data stands for (zlib's technical details). */
const LARGEST_RATIO = 1032;
/** Most that one message may inflate to. */
const LONGEST_INFLATED = 16 << 20;

export interface Compression {
  /** Whether each side goes on with the window of its messages before (context takeover). */
  readonly browserKeepsWindow: boolean;
  readonly serverKeepsWindow: boolean;
}

/** From the handshake's answer; undefined where messages are not compressed. */
export function compressionOf(responseHeaders: readonly Header[]): Compression | undefined {
  const extensions = valuesOf(responseHeaders, "sec-websocket-extensions").flatMap((value) => value.split(","));
  const parts = extensions.map((one) => one.split(";").map((part) => part.trim().toLowerCase()));
  const found = parts.find(([name]) => name === "permessage-deflate");
  return (
    found && {
      browserKeepsWindow: !found.includes("client_no_context_takeover"),
      serverKeepsWindow: !found.includes("server_no_context_takeover"),
    }
  );
}

/** Bytes that may yet be inflated, of all messages of a log together. */
export interface InflateBudget {
  inflatable: number;
}

export interface Inflater {
  /**
   * The content of a message, given its payload (or, with `cut`, the beginning of it). Undefined where it cannot be
   * had: it is no DEFLATE data, is larger than we inflate, or goes on from a message that could not be inflated.
   */
  inflate(payload: Uint8Array, cut: boolean): Uint8Array | undefined;
}

export function openInflater(keepsWindow: boolean, budget: InflateBudget): Inflater {
  let window: Uint8Array | undefined = new Uint8Array(0);
  return {
    inflate(payload, cut) {
      // Of a payload that is cut the tail would be taken for more of it.
      const data = cut ? payload : Buffer.concat([payload, TAIL]);
      const content = window && inflateWithin(data, window, budget);
      if (keepsWindow) window = cut ? undefined : content && endOf(window as Uint8Array, content);
      return content;
    },
  };
}

function inflateWithin(data: Uint8Array, dictionary: Uint8Array, budget: InflateBudget): Uint8Array | undefined {
  const maxOutputLength = Math.min(LONGEST_INFLATED, budget.inflatable);
  if (maxOutputLength <= 0) return undefined;
  try {
    const content = inflateRawSync(data, {
      dictionary,
      maxOutputLength,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    budget.inflatable -= content.length;
    return content;
  } catch {
    // How far it got is not told, so it is charged with the furthest it can have got.
    budget.inflatable -= Math.min(maxOutputLength, data.length * LARGEST_RATIO);
    return undefined;
  }
}

function endOf(before: Uint8Array, content: Uint8Array): Uint8Array {
  if (content.length >= WINDOW) return content.slice(-WINDOW);
  return Buffer.concat([before, content]).subarray(-WINDOW);
}
