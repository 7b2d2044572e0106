import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type NetLogEvent, readEvents } from "./event.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { bytesOf } from "./params.ts";

const VECTOR = join(import.meta.dirname, "../../../test/vectors/netlog/http1.json");

async function eventsWith(lines: readonly string[]): Promise<readonly (NetLogEvent & { readonly held: string })[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-event-"));
  try {
    const path = join(folder, "log");
    const [constants = ""] = (await readFile(VECTOR, "utf8")).split("\n", 1);
    await writeFile(path, `${constants}\n"events": [\n${lines.join(",\n")}]\n}\n`);
    const events: (NetLogEvent & { readonly held: string })[] = [];
    for await (const batch of readEvents(path, DEFAULT_LIMITS)) {
      events.push(...batch.events.map((event) => ({ ...event, held: Buffer.from(bytesOf(event)).toString() })));
    }
    return events;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("bytes are read the same whether they are parted from their line or not", async () => {
  const line = (params: string): string =>
    `{"params":{${params}},"phase":0,"source":{"id":1,"start_time":"1","type":1},"time":"2","type":1}`;
  const text = "a hedge of Hollow Lane";
  const base64 = Buffer.from(text).toString("base64");
  const forms = [
    `"byte_count":22,"bytes":"${base64}"`,
    `"bytes":"${base64}","byte_count":22`,
    `"byte_count":22,"bytes":"\\u0059${base64.slice(1)}"`,
    `"byte_count":22,"other":{"x":1,"bytes":"bm8="},"bytes":"${base64}"`,
    `"byte_count":22,"bytes":"${base64}","said":"x,\\"bytes\\":\\"bm8=\\""`,
  ];
  const events = await eventsWith(forms.map(line));
  assert.deepEqual(
    events.map(({ held }) => held),
    forms.map(() => text),
  );
  assert.equal(events.filter((event) => event.base64 !== undefined).length, 2);
});
