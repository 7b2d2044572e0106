import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xssPayloads } from "../../../test/xss-vectors.ts";
import { linksRead } from "./found-links.ts";

test("links are found as screens show them, each once, without what only stands beside them", () => {
  const text = `More at https://townsquare.example/p/88213?x=1, and (x.com/oldfence/status/178822).
    www.chatter.example/a_b — again x.com/oldfence/status/178822! mail me: a.b@c.example/d`;
  assert.deepEqual(linksRead(text).links, [
    "https://townsquare.example/p/88213?x=1",
    "https://x.com/oldfence/status/178822",
    "https://www.chatter.example/a_b",
  ]);
});

test("what leads into one's own network, carries a password or is a mere word with a point in it is no link", () => {
  const text = `http://localhost:8080/x https://127.0.0.1/a https://10.0.0.1/ https://[::1]/ https://a:b@c.example/
    javascript:alert(1) data:text/html,x file:///etc/passwd picture.png e.g. ftp://a.example/x https://intranet/x`;
  assert.deepEqual(linksRead(text).links, []);
});

test("a handle is told with where it may be; one that says where it is, with that alone", () => {
  const { handles } = linksRead("@old_fence by @lantern@mastodon.example and @lane.bsky.example; not me@home.example");
  assert.deepEqual(
    handles.map(({ handle }) => handle),
    ["@old_fence", "@lantern@mastodon.example", "@lane.bsky.example"],
  );
  assert.ok(handles[0]?.places.some(({ name, url }) => name === "X" && url === "https://x.com/old_fence"));
  assert.deepEqual(handles[1]?.places, [{ name: "mastodon.example", url: "https://mastodon.example/@lantern" }]);
  assert.deepEqual(handles[2]?.places, [{ name: "Bluesky", url: "https://bsky.app/profile/lane.bsky.example" }]);
});

function assertHarmless(text: string): void {
  const { links, handles } = linksRead(text);
  assert.ok(links.length <= 12 && handles.length <= 12);
  for (const url of [...links, ...handles.flatMap(({ places }) => places.map((place) => place.url))]) {
    assert.match(url, /^https?:\/\/[^\s<>"'`]+$/, text);
    assert.ok(URL.canParse(url));
  }
}

test("whatever a picture says, only web addresses come of it", () => {
  for (const text of [...xssPayloads, xssPayloads.join(" ")]) assertHarmless(text);
  const pieces = ["https://", "@", "a.example/", ".", "<", '"', "\u202e", "javascript:", "x", " ", "-", "_"];
  const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), assertHarmless), { numRuns: 300 });
});

test("a long text made to be slow is not", () => {
  const before = performance.now();
  for (const text of ["a.".repeat(10_000), `@${"a.".repeat(10_000)}`, "a-".repeat(10_000), "https://".repeat(2_500)])
    assertHarmless(text);
  assert.ok(performance.now() - before < 5_000);
});
