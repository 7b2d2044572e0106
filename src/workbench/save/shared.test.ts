import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedLinks, sharedOf } from "./shared.ts";

test("a link is found wherever an app has put it, without the words and signs around it", () => {
  const cases: readonly (readonly [Parameters<typeof sharedLinks>[0], string])[] = [
    [{ url: "https://a.example/1" }, "https://a.example/1"],
    [{ title: "A post", text: "Look at this: https://a.example/p?x=1&y=2#z." }, "https://a.example/p?x=1&y=2#z"],
    [{ text: "(https://a.example/w_(x)), “https://b.example/”" }, "https://a.example/w_(x)\nhttps://b.example/"],
    [{ title: "HTTPS://A.example/t" }, "HTTPS://A.example/t"],
    [{ url: "https://a.example/1", text: "again https://a.example/1", title: "1" }, "https://a.example/1"],
    [{ text: "שלום https://a.example/שלום" }, "https://a.example/שלום"],
    [{ text: "javascript:alert(1) data:text/html,x file:///etc/passwd no link" }, ""],
    [{ text: 'https://a.example/"><img src=x onerror=alert(1)>' }, "https://a.example/"],
    [{ text: "https:// http://:80" }, ""],
    [{ text: `https://a.example/${"x".repeat(9000)}` }, ""],
    [{}, ""],
  ];
  for (const [shared, links] of cases) assert.equal(sharedLinks(shared), links);
  const many = Array.from({ length: 600 }, (_, i) => `https://a.example/${i}`).join(" ");
  assert.equal(sharedLinks({ text: many }).split("\n").length, 500);
});

test("of an address only the three are taken, and only where they are text", () => {
  assert.deepEqual(sharedOf({ url: 5, text: "x", title: ["y"], other: "z" }), { text: "x" });
});
