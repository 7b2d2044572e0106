/** What came with a post, what was made of it, and looking at it again. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PNG } from "../placard-fixture.ts";
import { MOVING, tone, VIDEO } from "../sample-media.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

let home: FoundedHouse;
let id: string;
before(async () => {
  home = await foundedHouse();
  const media = [
    { bytes: tone(), mediaType: "audio/wav" },
    { bytes: VIDEO, mediaType: "video/webm" },
    { bytes: MOVING, mediaType: "image/gif" },
    { bytes: PNG, mediaType: "image/png" },
    { bytes: Buffer.from("<!doctype html><script>alert(1)</script>"), mediaType: "video/mp4" },
  ];
  [id = ""] = await sealPosts(home.folder, [{ ...POST, case: "spring" }], media);
});
after(() => home[Symbol.asyncDispose]());

type Role = keyof FoundedHouse["cookies"];
const ask = (path: string, role: Role = "contributor", method = "GET", json?: unknown) =>
  home.ask(path, { method, cookie: home.cookies[role], ...(json === undefined ? {} : { json }) });
const viewOf = async (one: string, role?: Role) => (await good(await ask(`/api/exhibits/${one}`, role))).json();

test("of each file that came with a post it is said what it is by its bytes, whatever its server called it", async () => {
  const { files } = (await viewOf(id, "guest")) as {
    readonly files: readonly { readonly name: string; readonly mediaType?: string; readonly moves?: boolean }[];
  };
  assert.deepEqual(
    files
      .filter(({ name }) => name.startsWith("media/"))
      .map(({ name, mediaType, moves }) => [name, mediaType, moves === true]),
    [
      ["media/1", "audio/wave", false],
      ["media/2", "video/webm", false],
      ["media/3", "image/gif", true],
      ["media/4", "image/png", false],
      ["media/5", "application/octet-stream", false],
    ],
  );
});

test("sounds and videos are answered in parts, so that one can seek in them, and run nothing", async () => {
  for (const [n, bytes, type] of [
    [1, tone(), "audio/wave"],
    [2, VIDEO, "video/webm"],
  ] as const) {
    const answer = await home.ask(`/api/exhibits/${id}/media/${n}`, {
      cookie: home.cookies.guest,
      headers: { range: "bytes=100-" },
    });
    const header = (name: string) => answer.headers.get(name);
    assert.equal(answer.status, 206);
    assert.equal(header("content-type"), type);
    assert.equal(header("content-range"), `bytes 100-${bytes.length - 1}/${bytes.length}`);
    assert.deepEqual(
      [header("x-content-type-options"), header("content-security-policy"), header("accept-ranges")],
      ["nosniff", "default-src 'none'; sandbox", "bytes"],
    );
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes.subarray(100)));
  }
  const hidden = await ask(`/api/exhibits/${id}/media/5`);
  assert.deepEqual(
    [hidden.headers.get("content-type"), hidden.headers.get("content-disposition")?.slice(0, 10)],
    ["application/octet-stream", "attachment"],
  );
});
