/** The messages of a WebSocket (RFC 6455 §5.4–5.6, RFC 7692), from what its connection carried after the handshake. */
import type { Header, SpooledBytes } from "./exchange.ts";
import { type KeptBytes, keepBytes } from "./kept-bytes.ts";
import { compressionOf, type Inflater, openInflater } from "./permessage-deflate.ts";
import type { SpoolTarget } from "./spool.ts";
import { OPCODE, scanWebSocketFrames, type WebSocketFrameSink } from "./websocket-frames.ts";
import { type MessageBudget, type MessageLog, openMessageLog, type Said } from "./websocket-log.ts";

/** Most of one message's content that is kept. */
const LONGEST_KEPT = 1 << 20;

export interface WebSocketReader {
  /** Lines of JSON, a message or control frame each (docs/formats/capture.md). Bytes outside any frame are a line too. */
  readonly messages: SpooledBytes;
  /** Bytes the browser sent, at `time` (milliseconds since 1970). */
  sent(bytes: Uint8Array, time: number): void;
  received(bytes: Uint8Array, time: number): void;
  /** Nothing more comes (said once or more): what is under way is written down as unfinished. */
  end(): void;
}

/** `responseHeaders` are the handshake's answer; they say whether messages are compressed. Nothing a page sends makes this throw. */
export function readWebSocket(
  responseHeaders: readonly Header[],
  target: SpoolTarget,
  budget: MessageBudget,
): WebSocketReader {
  const log = openMessageLog(target, budget);
  const compression = compressionOf(responseHeaders);
  const browser = readSide("browser", compression && openInflater(compression.browserKeepsWindow, budget), log, budget);
  const server = readSide("server", compression && openInflater(compression.serverKeepsWindow, budget), log, budget);
  return {
    messages: log.lines,
    sent: browser.push,
    received: server.push,
    end() {
      browser.end();
      server.end();
      log.end();
    },
  };
}

/** A message or control frame that is coming. */
interface Coming {
  readonly opcode: number;
  readonly compressed: boolean;
  readonly payload: KeptBytes;
  frames: number;
  /** Its last frame has begun. */
  final: boolean;
}

interface Side {
  push(bytes: Uint8Array, time: number): void;
  end(): void;
}

function readSide(from: Said["from"], inflater: Inflater | undefined, log: MessageLog, budget: MessageBudget): Side {
  let now = 0;
  let message: Coming | undefined;
  /** Whose frame is coming: control frames come between those of a message. */
  let current: Coming | undefined;
  let ended = false;
  let broken: { readonly why: string; readonly bytes: KeptBytes } | undefined;

  const add = (coming: Coming, unfinished: boolean): void => {
    log.add({ from, ...describe(coming, inflater, unfinished) }, now);
    if (coming === message) message = undefined;
    current = undefined;
  };
  const sink: WebSocketFrameSink = {
    frame({ opcode, final, compressed }) {
      if (opcode === OPCODE.continuation && message !== undefined) {
        current = message;
        message.frames += 1;
        message.final = final;
        return;
      }
      current = { opcode, compressed, final, frames: 1, payload: keepBytes(LONGEST_KEPT, budget) };
      if (opcode < OPCODE.close) message = current;
    },
    payload: (bytes) => current?.payload.append(bytes),
    endOfFrame() {
      if (current?.final) add(current, false);
    },
    broken(why) {
      broken = { why, bytes: keepBytes(LONGEST_KEPT, budget) };
    },
    stray: (bytes) => broken?.bytes.append(bytes),
  };
  const scanner = scanWebSocketFrames(sink, { masked: from === "browser", compression: inflater !== undefined });

  return {
    push(bytes, time) {
      now = time;
      scanner.push(bytes);
    },
    end() {
      if (ended) return;
      ended = true;
      for (const coming of new Set([message, current])) if (coming !== undefined) add(coming, true);
      if (scanner.pending.length > 0 && broken === undefined) {
        sink.broken("it ends in the header of a frame");
        sink.stray(scanner.pending);
      }
      if (broken !== undefined) log.add({ from, ...describeBroken(broken.why, broken.bytes) }, now);
    },
  };
}

type Description = Omit<Said, "from">;

const KINDS: Readonly<Record<number, Said["kind"]>> = {
  [OPCODE.text]: "text",
  [OPCODE.binary]: "binary",
  [OPCODE.close]: "close",
  [OPCODE.ping]: "ping",
  [OPCODE.pong]: "pong",
};

function describe(coming: Coming, inflater: Inflater | undefined, unfinished: boolean): Description {
  const { opcode, compressed, frames, payload } = coming;
  const { length, cut } = payload;
  const bytes = payload.release();
  const content = compressed ? inflater?.inflate(bytes, cut || unfinished) : bytes;
  const partly = cut || (content !== undefined && content.length > LONGEST_KEPT);
  return {
    kind: KINDS[opcode] ?? "broken",
    length,
    ...(frames > 1 ? { frames } : {}),
    ...(compressed ? { compressed } : {}),
    ...(unfinished ? { cut: "unfinished" } : partly ? { cut: "size" } : {}),
    ...(content === undefined
      ? { deflated: base64(bytes) }
      : contentOf(opcode, content.subarray(0, LONGEST_KEPT), unfinished || partly)),
  };
}

function contentOf(opcode: number, bytes: Uint8Array, cut: boolean): Partial<Said> {
  if (opcode === OPCODE.close) return closeOf(bytes, cut);
  if (opcode === OPCODE.text) {
    const text = textOf(bytes, cut);
    return text === undefined ? { base64: base64(bytes) } : { text };
  }
  return bytes.length === 0 && opcode !== OPCODE.binary ? {} : { base64: base64(bytes) };
}

/** RFC 6455 §5.5.1: nothing, or a number of two bytes and a text. */
function closeOf(bytes: Uint8Array, cut: boolean): Partial<Said> {
  if (bytes.length === 0) return {};
  const reason = textOf(bytes.subarray(2), cut);
  if (bytes.length === 1 || reason === undefined) return { base64: base64(bytes) };
  return { code: ((bytes[0] as number) << 8) | (bytes[1] as number), ...(reason === "" ? {} : { reason }) };
}

/** Undefined where it is not UTF-8. Of a text that is cut, a character cut in two is left away. */
function textOf(bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}

function describeBroken(why: string, bytes: KeptBytes): Description {
  const { length, cut } = bytes;
  return { kind: "broken", why, length, ...(cut ? { cut: "size" } : {}), base64: base64(bytes.release()) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
