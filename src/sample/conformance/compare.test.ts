/** The comparison itself: a recorder that drops or cuts bodies must not come out well, however honestly it marks them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConformancePage } from "./answer.ts";
import { compare, type Figures, noFigures, type Recorded } from "./compare.ts";
import type { Served } from "./served.ts";

const ORIGIN = "http://127.0.0.1:1";
const HEAD = Buffer.from("GET / HTTP/1.1\r\n\r\n");
const SAID = Buffer.from("HTTP/1.1 200 Said\r\n\r\n");

const page: ConformancePage = { name: "lane", answers: () => ({}), cut: ["stream"], mayBeCut: ["film"] };

function served(path: string, pieces: readonly string[], more: Partial<Served> = {}): Served {
  return {
    origin: ORIGIN,
    protocol: "http/1.1",
    method: "GET",
    path: `/lane/${path}`,
    requestHead: HEAD,
    requestHeaders: [],
    requestBody: [],
    status: 200,
    responseHead: SAID,
    responseHeaders: [],
    written: pieces.map((piece) => Buffer.from(piece)),
    whole: true,
    ...more,
  };
}

/** What a recorder has of it: `bytes` of the body, all unless said, or no answer at all. */
function recorded(one: Served, bytes: number | "nothing" = Number.POSITIVE_INFINITY, truncated = false): Recorded {
  const common = { url: one.origin + one.path, method: "GET", protocol: one.protocol, requestHead: HEAD };
  const request = { ...common, requestBody: Buffer.alloc(0) };
  if (bytes === "nothing") return request;
  return { ...request, response: { head: SAID, body: Buffer.concat(one.written).subarray(0, bytes), truncated } };
}

function figuresOf(all: readonly Served[], kept: readonly Recorded[]): Figures {
  const figures = noFigures();
  compare(all, kept, figures, [page]);
  return figures;
}

const post = served("post", ["The hedge ", "on Hollow Lane"]);
const CHUNKED: Partial<Served> = { whole: false, responseHeaders: [["Transfer-Encoding", "chunked"]] };
const stream = served("stream", ["3\r\none\r\n", "3\r\ntwo\r\n", "5\r\nthree\r\n"], CHUNKED);
/** The page says that it was handed five bytes: "one" and "tw". */
const told = served("read?path=stream&bytes=5", ["noted"]);
const HANDED = "3\r\none\r\n3\r\ntw".length;

test("a recorder that drops or cuts bodies fails, also where it marks each as cut", () => {
  assert.deepEqual(figuresOf([post], [recorded(post)]).wrong, []);
  for (const bytes of [0, 4, Buffer.concat(post.written).length - 1]) {
    const { bodies, wrong } = figuresOf([post], [recorded(post, bytes, true)]);
    assert.deepEqual([bodies, wrong.length], [0, 1], wrong.join("\n"));
    assert.match(wrong[0] ?? "", /is to be whole/);
  }
  assert.match(figuresOf([post], [recorded(post, "nothing")]).wrong[0] ?? "", /no response recorded/);
});

test("what is to be whole is no better where its server had not written all of it", () => {
  const unfinished = served("post", ["The hedge"], { whole: false });
  const { bodies, wrong } = figuresOf([unfinished], [recorded(unfinished, undefined, true)]);
  assert.deepEqual([bodies, wrong.length], [0, 1]);
});

test("a whole body that is marked as cut is no faithful record", () => {
  assert.match(figuresOf([post], [recorded(post, undefined, true)]).wrong[0] ?? "", /marked as cut/);
});

test("of a stream without end at least what the page was handed is to be there, and marked", () => {
  const kept = (bytes: number | "nothing", truncated = true) =>
    figuresOf([stream, told], [recorded(stream, bytes, truncated), recorded(told)]);
  assert.deepEqual([kept(HANDED).wrong, kept(HANDED).bodies, kept(HANDED).cut], [[], 2, 1]);
  for (const bytes of [0, 8, HANDED - 1]) {
    const { bodies, wrong } = kept(bytes);
    assert.deepEqual([bodies, wrong.length], [1, 1], `${bytes} bytes`);
    assert.match(wrong[0] ?? "", /handed 5 bytes/);
  }
  assert.match(kept(HANDED, false).wrong[0] ?? "", /not marked/);
  assert.equal(kept(HANDED, false).bodies, 1);
  assert.match(kept("nothing").wrong[0] ?? "", /no response recorded/);
});

test("what a browser may choose not to read may be lacking, where it is marked, and what there is must be right", () => {
  const film = served("film", ["silence"]);
  for (const bytes of ["nothing", 0, 3] as const)
    assert.deepEqual(figuresOf([film], [recorded(film, bytes, true)]).wrong, []);
  const other = { ...recorded(film, 3, true), response: { head: SAID, body: Buffer.from("sot"), truncated: true } };
  assert.equal(figuresOf([film], [other]).wrong.length, 1);
});

test("of two answers from one address, each is held against its own", () => {
  const [first, second] = [served("film", ["silence"]), served("film", ["silence and a bell"])];
  const kept = [recorded(second), recorded(first, 3, true)];
  assert.deepEqual(figuresOf([first, second], kept).wrong, []);
});

test("a certificate of another connection is no record of this one", () => {
  const secure = served("post", ["The hedge"], { certificate: "AAAA" });
  const kept = (chain?: readonly string[]) =>
    figuresOf([secure], [{ ...recorded(secure), ...(chain && { chain }) }]).wrong;
  assert.deepEqual([kept(["AAAA"]), kept(["AAAA", "BBBB"]), kept()], [[], [], []]);
  for (const chain of [["BBBB"], ["BBBB", "AAAA"], []]) assert.match(kept(chain)[0] ?? "", /another connection/);
});
