import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { keptExchange } from "../../../test/kept-exchange.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { type AskedForm, formsOf } from "./other-forms.ts";
import { readForms } from "./read-forms.ts";

const url = "https://square.example/statuses/1";
const accept = "application/activity+json";
const asked: readonly AskedForm[] = [{ kind: "ActivityStreams", url: `${url}#x`, accept }];
const json = Buffer.from('{"type":"Note"}');

function answer(body: Uint8Array, changes: Partial<Exchange> = {}): Exchange {
  const requestHeaders = [["Accept", accept]] as const;
  return keptExchange(url, body, {
    requestHeaders,
    responseHeaders: [["content-type", `${accept}; charset=utf-8`]],
    ...changes,
  });
}

const texts = async (...exchanges: readonly Exchange[]): Promise<readonly string[]> =>
  (await readForms(exchanges, asked)).map(({ text }) => text);

test("only links of the web are asked for", () => {
  const kinds = (activityLink: string, oembedLink: string) =>
    formsOf({ activityLink, oembedLink }).map(({ kind }) => kind);
  assert.deepEqual(kinds(url, "https://square.example/oembed"), ["ActivityStreams", "oEmbed"]);
  assert.deepEqual(kinds("", ""), []);
  assert.deepEqual(kinds("file:///etc/hostname", "javascript:alert(1)"), []);
  assert.deepEqual(kinds("data:application/json,{}", `https://square.example/${"a".repeat(2000)}`), []);
});

test("the answer to the very request is read, coded or sent on", async () => {
  assert.deepEqual(await texts(answer(json)), [json.toString()]);
  const coded = answer(gzipSync(json), {
    responseHeaders: [
      ["Content-Type", "application/json"],
      ["Content-Encoding", "gzip"],
    ],
  });
  assert.deepEqual(await texts(coded), [json.toString()]);
  const sent = answer(new Uint8Array(), { status: 302, redirectedTo: "https://square.example/other" });
  assert.deepEqual(await texts(sent, { ...answer(json), url: "https://square.example/other" }), [json.toString()]);
  const pages = keptExchange(url, Buffer.from('{"type":"Page"}'), { responseHeaders: [["content-type", accept]] });
  assert.deepEqual(await texts(pages, answer(json), pages), [json.toString()], "not what the page fetched for itself");
});

test("what is not whole, not JSON, not text or too long says nothing", async () => {
  for (const exchange of [
    answer(json, { status: 404 }),
    answer(json, { truncated: true }),
    answer(json, { error: "ERR_ABORTED" }),
    answer(json, { responseHeaders: [["content-type", "text/html"]] }),
    answer(json, { responseHeaders: [] }),
    answer(json, {
      responseHeaders: [
        ["content-type", accept],
        ["content-encoding", "gzip"],
      ],
    }),
    answer(Buffer.from([0x22, 0xff, 0x22])),
    answer(gzipSync(Buffer.alloc(8 << 20, 0x20)), {
      responseHeaders: [
        ["content-type", accept],
        ["content-encoding", "gzip"],
      ],
    }),
    answer(new Uint8Array(), { status: 302, redirectedTo: url }),
  ]) {
    assert.deepEqual(await texts(exchange), []);
  }
});

test("of what the page fetched for itself, only answers about posts are read, and five of them", async () => {
  const at = (path: string): Exchange =>
    keptExchange(`https://api.example${path}`, json, { responseHeaders: [["content-type", "application/json"]] });
  const thread = "/xrpc/app.bsky.feed.getPostThread?uri=x";
  const found = await readForms(
    [at("/xrpc/app.bsky.actor.getProfile"), at(thread), at("/x/xrpc/app.bsky.feed.getPosts")],
    [],
  );
  assert.deepEqual(found, [{ kind: "AT Protocol", url: `https://api.example${thread}`, text: json.toString() }]);
  assert.equal(
    (
      await readForms(
        Array.from({ length: 9 }, () => at(thread)),
        [],
      )
    ).length,
    5,
  );
});
