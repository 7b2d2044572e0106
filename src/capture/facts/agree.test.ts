import assert from "node:assert/strict";
import { test } from "node:test";
import { blankPage } from "../../../test/blank-page.ts";
import { agree, statesZone } from "./agree.ts";
import { readFacts } from "./facts.ts";
import type { FactName } from "./post-facts.ts";

const long = "Nobody here wants them, and everybody knows it. ".repeat(4).trim();

function same(name: FactName, a: string | number, b: string | number, shortens = false): boolean {
  const forward = agree(name, { value: a, shortens: false }, { value: b, shortens });
  assert.equal(agree(name, { value: b, shortens }, { value: a, shortens: false }), forward, "either way round");
  return forward;
}

test("what differs in how it is written only is no conflict", () => {
  assert.ok(same("postText", "Leave  them\nbe.", " Leave them be. "));
  assert.ok(same("author", "Marrow & Sons", "Marrow &amp; Sons"));
  assert.ok(same("postText", long, `${long.slice(0, 40)}…`));
  assert.ok(same("postText", long, `${long.slice(0, 41)}...`));
  assert.ok(same("postText", long, long.slice(0, 120), true));
  assert.ok(same("handle", "@OldFencePost", "oldfencepost"));
  assert.ok(same("handle", "oldfencepost@townsquare.example", "@oldfencepost"));
  for (const other of [
    "2026-03-14T20:07:00Z",
    "2026-03-14T22:07:00.250+02:00",
    "2026-03-14T21:07+0100",
    "2026-03-14T21:07:00",
    "2026-03-14",
  ]) {
    assert.ok(same("postedAt", "2026-03-14T21:07:00+01:00", other), other);
  }
  assert.ok(same("postedAt", "2026-03-15", "2026-03-14T23:30:00-02:00"), "the day it was in UTC");
});

test("anything else is", () => {
  assert.ok(!same("postText", "Leave them be.", "Leave them be!"));
  assert.ok(!same("postText", "now here", "nowhere"));
  assert.ok(!same("postText", "I like them.", "I like them. Not."));
  assert.ok(!same("postText", "I like them.", "I like them. Not.", true), "a short text was not shortened");
  assert.ok(!same("postText", long, long.slice(0, 120)), "this source does not shorten");
  assert.ok(!same("postText", "…", "Leave."));
  assert.ok(!same("author", "Old Fence Post", "New Fence Post"));
  assert.ok(!same("handle", "@a@one.example", "@a@two.example"));
  assert.ok(!same("likes", 3, 4));
  for (const other of ["2026-03-14T21:07:00Z", "2026-03-14T21:07:01+01:00", "2026-03-15", "yesterday"]) {
    assert.ok(!same("postedAt", "2026-03-14T21:07:00+01:00", other), other);
  }
});

test("whether a time states its zone", () => {
  for (const time of ["2026-03-14T21:07:00Z", "2026-03-14 21:07+01", "2026-03-14T21:07:00.5-0330"])
    assert.ok(statesZone(time));
  for (const time of ["2026-03-14T21:07:00", "2026-03-14", "14 March", "2026-13-45T99:99:99"])
    assert.ok(!statesZone(time));
});

test("a conflict keeps who said what; sources that agree stand together", () => {
  const url = "https://townsquare.example/p/1";
  const metas = [
    { name: "og:description", content: "Pack up and stay." },
    { name: "article:published_time", content: "2026-03-14T20:07:00Z" },
    { name: "author", content: "Somebody Else" },
  ];
  const posting = {
    "@type": "Comment",
    url,
    text: "Pack up and leave.",
    datePublished: "2026-03-14T21:07:00+01:00",
    author: { name: "Old Fence Post" },
  };
  const facts = readFacts({ ...blankPage, metas, jsonLd: [JSON.stringify(posting)] }, url);
  assert.deepEqual(facts["factConflicts"], {
    author: [{ source: "OpenGraph", value: "Somebody Else" }],
    postText: [{ source: "OpenGraph", value: "Pack up and stay." }],
  });
  assert.deepEqual((facts["factSources"] as Record<string, unknown>)["postedAt"], ["JSON-LD", "OpenGraph"]);
});
