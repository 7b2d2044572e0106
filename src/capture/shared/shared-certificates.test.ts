import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exchange } from "../netlog/exchange.ts";
import { openSearch } from "./search.ts";
import { MARKER } from "./secret.ts";
import { shareCertificates } from "./shared-certificates.ts";

const search = openSearch([{ kind: "name", value: "lantern-keeper" }]);

function at(url: string, ...names: readonly string[]): Exchange {
  const chain = names.map((name) => Buffer.from(`\x30\x82${name}`, "latin1").toString("base64"));
  return { url, tls: { version: "tls/1.3", cipher: "TLS_AES_128_GCM_SHA256", chain } } as unknown as Exchange;
}

test("certificates that tell nobody's name stay as they are", () => {
  const exchange = at("https://square.example/p/lantern-keeper", "square.example", "An Authority");
  assert.deepEqual(shareCertificates(exchange, search), { shown: exchange, removed: undefined });
  assert.deepEqual(shareCertificates(exchange, undefined), { shown: exchange, removed: undefined });
});

test("where the host or a certificate is named after somebody, that is taken out, and said", () => {
  const host = shareCertificates(at("https://lantern-keeper.square.example/", "*.square.example"), search);
  assert.equal(host.shown.url, `https://${MARKER}.square.example`);
  assert.deepEqual(host.removed, { headers: [], values: 1, body: "kept" });
  assert.equal(host.shown.tls?.chain.length, 1);
  const both = shareCertificates(at("https://lantern-keeper.example/", "lantern-keeper.example", "Authority"), search);
  assert.deepEqual(both.removed, { headers: [], values: 1, body: "left out" });
  assert.deepEqual(both.shown.tls?.chain, [], "a certificate without its names is none");
});
