/** The lines a WebSocket's bytes are read into, for tests. */
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SpooledBytes } from "../src/capture/netlog/exchange.ts";
import { Spool } from "../src/capture/netlog/spool.ts";
import { readWebSocket } from "../src/capture/netlog/websocket.ts";
import { type MessageBudget, messageBudget } from "../src/capture/netlog/websocket-log.ts";

export interface Carried {
  readonly from: "browser" | "server";
  readonly bytes: Uint8Array;
  readonly time: number;
}

export async function readLines(
  carried: Iterable<Carried>,
  extensions = "",
  budget: MessageBudget = messageBudget(),
): Promise<readonly Record<string, unknown>[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "placard-socket-"));
  await using spool = await Spool.open(folder.path);
  const reader = readWebSocket([["Sec-WebSocket-Extensions", extensions]], spool.target(), budget);
  for (const { from, bytes, time } of carried) {
    if (from === "browser") reader.sent(bytes, time);
    else reader.received(bytes, time);
  }
  reader.end();
  reader.end();
  return await parseLines(reader.messages);
}

/** Every line is JSON and ends in a line feed. */
export async function parseLines(messages: SpooledBytes): Promise<readonly Record<string, unknown>[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of messages.chunks()) pieces.push(new Uint8Array(piece));
  const text = Buffer.concat(pieces).toString("utf8");
  return text === ""
    ? []
    : text
        .slice(0, -1)
        .split("\n")
        .map((line) => JSON.parse(line));
}
