/** What was said over a WebSocket, as lines of JSON that a person can read. */
import type { SpooledBytes } from "./exchange.ts";
import type { HoldBudget } from "./kept-bytes.ts";
import type { InflateBudget } from "./permessage-deflate.ts";
import type { SpoolTarget } from "./spool.ts";

/** What all WebSockets of a log together may take. */
export interface MessageBudget extends InflateBudget, HoldBudget {
  /** Bytes of lines that may yet be written. */
  writable: number;
}

export function messageBudget(): MessageBudget {
  return { writable: 64 << 20, inflatable: 256 << 20, holdable: 32 << 20 };
}

/** A line without its time: a message, a control frame, or what could not be parted into frames. */
export interface Said {
  readonly from: "browser" | "server";
  readonly kind: "text" | "binary" | "ping" | "pong" | "close" | "broken";
  /** Bytes of payload on the wire, unmasked. */
  readonly length: number;
  /** Frames the message came in, where it was more than one. */
  readonly frames?: number;
  /** It crossed the wire compressed; `length` counts it so. */
  readonly compressed?: true;
  /** "size": only the first part of it is kept. "unfinished": the rest of it never came. */
  readonly cut?: "size" | "unfinished";
  /** Of a close frame. */
  readonly code?: number;
  readonly reason?: string;
  /** Why the bytes are broken. */
  readonly why?: string;
  /** Its content: as text where it is to be text and is valid UTF-8 … */
  readonly text?: string;
  /** … or its bytes … */
  readonly base64?: string;
  /** … or, where it could not be inflated, its bytes as they crossed the wire. */
  readonly deflated?: string;
}

export interface MessageLog {
  readonly lines: SpooledBytes;
  /** Adds a line; once there is no room for one, no other is added. */
  add(said: Said, time: number): void;
  /** Says how much was left out, if anything was. */
  end(): void;
}

export function openMessageLog(target: SpoolTarget, budget: MessageBudget): MessageLog {
  let leftOut = 0;
  let leftOutBytes = 0;
  return {
    lines: target,
    add(said, time) {
      const line = Buffer.from(`${JSON.stringify({ time: new Date(time).toISOString(), ...said })}\n`);
      if (leftOut > 0 || line.length > budget.writable) {
        leftOut += 1;
        leftOutBytes += said.length;
        return;
      }
      budget.writable -= line.length;
      target.append(line);
    },
    end() {
      if (leftOut === 0) return;
      target.append(Buffer.from(`${JSON.stringify({ kind: "left out", messages: leftOut, length: leftOutBytes })}\n`));
      leftOut = 0;
    },
  };
}
