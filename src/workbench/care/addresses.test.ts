import assert from "node:assert/strict";
import { test } from "node:test";
import { hasHost, hostsOnly } from "./addresses.ts";

test("of every address in a text the host is told, and nothing that could be a title", () => {
  for (const [text, told] of [
    ["https://townsquare.example/they-shall-all-leave", "https://townsquare.example/…"],
    ["https://townsquare.example:8080/p?title=they-shall#leave", "https://townsquare.example:8080/…"],
    ["https://townsquare.example?they-shall", "https://townsquare.example/…"],
    ["https://townsquare.example#they-shall", "https://townsquare.example/…"],
    ["https://townsquare.example/", "https://townsquare.example/"],
    ["https://townsquare.example", "https://townsquare.example"],
    ["https://they-shall@townsquare.example/", "https://townsquare.example/"],
    ["at://did:plc:abc/app.post/they-shall", "at://did:plc:abc/…"],
    ["file:///home/they-shall.html", "file:///…"],
    ["HTTPS://Townsquare.example/They(shall)", "HTTPS://Townsquare.example/…)"],
    [
      "https://a.example/x; url https://b.example/y, status 301",
      "https://a.example/…; url https://b.example/…, status 301",
    ],
    ["https://a.example/עליהם-לעזוב ועוד", "https://a.example/… ועוד"],
    ["A Neighbour, 12:30", "A Neighbour, 12:30"],
  ] as const)
    assert.equal(hostsOnly(text), told);
});

test("what has no host to be told is no address that could be shown in part", () => {
  assert.ok(hasHost("https://townsquare.example/they-shall") && hasHost("https://townsquare.example"));
  for (const text of ["they-shall", "data:text/html,they-shall", "file:///they-shall", "https://a.example/ they shall"])
    assert.ok(!hasHost(text), text);
});
