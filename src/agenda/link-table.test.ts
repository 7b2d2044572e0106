import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { parseLinkTable } from "./link-table.ts";

const check = (link: string): void => {
  if (!/^https?:\/\/[^ ]+\.example\//.test(link)) throw new PlacardError("usage", "This is not a link.");
};
const parse = (text: string): readonly string[] => parseLinkTable(text, check);

test("one link a line, commas and all", () => {
  assert.deepEqual(parse("\ufeffhttps://a.example/1\r\n\r\n# a remark\nhttps://b.example/2,3\n"), [
    "https://a.example/1",
    "https://b.example/2,3",
  ]);
  assert.throws(() => parse("https://a.example/1\nhtps://b"), /Line 2 of the list/);
});

test("links in the cells of a table, whatever lies between them", () => {
  const rows = [
    ["case", "link", "note"],
    ["7", "https://a.example/1", "by the bins"],
    ["8", "https://b.example/2", "x"],
  ];
  for (const delimiter of [",", ";", "\t"]) {
    const text = rows.map((row) => row.join(delimiter)).join("\r\n");
    assert.deepEqual(parse(text), ["https://a.example/1", "https://b.example/2"], JSON.stringify(delimiter));
  }
  assert.deepEqual(parse('link,note\n"https://a.example/2,3","he said ""no"", then\nhttps://b.example/9"\n'), [
    "https://a.example/2,3",
    "https://b.example/9",
  ]);
  assert.deepEqual(parse("link,note\nhttps://a.example/1,ours"), ["https://a.example/1"]);
});

test("links among words", () => {
  assert.deepEqual(parse("look at this https://a.example/1 and https://b.example/2"), [
    "https://a.example/1",
    "https://b.example/2",
  ]);
});

test("no link at all", () => {
  for (const text of ["", "a,b\nc,d", "only words here"]) {
    assert.throws(
      () => parse(text),
      (error) => isPlacardError(error, "usage"),
      text,
    );
  }
});

test("a long hostile line takes no long time", () => {
  const start = performance.now();
  assert.throws(
    () => parse(`a "${'"x'.repeat(1 << 20)}`),
    (error) => isPlacardError(error),
  );
  assert.ok(performance.now() - start < 2000);
});
