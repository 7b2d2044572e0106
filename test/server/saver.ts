/** What tests of saving ask of a house, and how they wait for it. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "@hono/zod-openapi";
import type { linkStateSchema } from "../../src/server/link-state.ts";
import type { batchSchema } from "../../src/server/routes/captures.ts";
import { BASE_URL, type EmptyHouse } from "./house.ts";

export type Link = z.infer<typeof linkStateSchema>;
export type Batch = z.infer<typeof batchSchema>;

export interface Saver {
  get(path: string): Promise<Response>;
  post(path: string, json?: unknown): Promise<Response>;
  /** Hands a file in. */
  send(file: Blob | undefined, name: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  batches(): Promise<readonly Batch[]>;
  /** The links of these keys, once all of them are done. */
  whenDone(items: readonly string[]): Promise<readonly Link[]>;
}

const DONE: readonly string[] = ["sealed", "not-captured", "cancelled"];
const PATIENCE = 90_000;

export function saverIn(house: EmptyHouse, cookie: string): Saver {
  const batches = async (): Promise<readonly Batch[]> => {
    const answer = await house.ask("/api/captures", { cookie });
    assert.equal(answer.status, 200);
    return ((await answer.json()) as { batches: Batch[] }).batches;
  };
  return {
    batches,
    get: (path) => house.ask(path, { cookie }),
    post: (path, json) => house.ask(path, { method: "POST", cookie, ...(json === undefined ? {} : { json }) }),
    send: async (file, name, fields = {}) => {
      const form = new FormData();
      if (file !== undefined) form.append("file", file, name);
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      const headers = { cookie, origin: BASE_URL };
      return house.app.request(`${BASE_URL}/api/imports`, { method: "POST", body: form, headers });
    },
    whenDone: async (items) => {
      const until = performance.now() + PATIENCE;
      for (;;) {
        const links = (await batches()).flatMap((batch) => batch.links).filter(({ item }) => items.includes(item));
        if (links.length === items.length && links.every(({ state }) => DONE.includes(state))) return links;
        assert.ok(performance.now() < until, `not done in time: ${JSON.stringify(links)}`);
        await sleep(100);
      }
    },
  };
}

export const itemsOf = ({ links }: Batch): readonly string[] => links.map(({ item }) => item);

export async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

/** Reads server-sent events until `enough`; resolves to all of them. */
export async function readEvents(
  response: Response,
  enough: (events: readonly ServerEvent[]) => boolean,
): Promise<readonly ServerEvent[]> {
  const events: ServerEvent[] = [];
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (!enough(events)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? "";
      events.push({ event: field("event"), data: field("data") });
    }
  }
  await reader.cancel();
  return events;
}

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}
