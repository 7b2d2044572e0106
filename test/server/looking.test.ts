import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { decode } from "fast-png";
import { verifyFile } from "../../src/app/verify-file.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { readPlacardFile } from "../../src/verify/placard-file.ts";
import { PNG } from "../placard-fixture.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";

let home: FoundedHouse;
let id: string;
before(async () => {
  home = await foundedHouse();
  const media = [
    { bytes: PNG, mediaType: "image/png" },
    { bytes: utf8("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), mediaType: "image/svg+xml" },
    { bytes: utf8("<!doctype html><script>alert(1)</script>"), mediaType: "image/png" },
  ];
  [id = ""] = await sealPosts(home.folder, [{ ...POST, case: "spring", note: "from the lane's meeting" }], media);
  await sealActs(home.folder, [
    { ...POST, title: "Lantern", platform: "Chatter", url: "https://chatter.example/1" },
    { title: "Notice of nothing" },
  ]);
});
after(() => home[Symbol.asyncDispose]());

type Role = keyof FoundedHouse["cookies"];
const ask = (path: string, role: Role = "contributor", method = "GET", json?: unknown) =>
  home.ask(path, { method, cookie: home.cookies[role], ...(json === undefined ? {} : { json }) });

const wordsOf = (step: { readonly told: readonly { readonly text: string }[] }): string =>
  step.told.map(({ text }) => text).join(" ");

interface Listed {
  readonly exhibits: readonly { readonly id: string; readonly title: string; readonly caseName: string | null }[];
  readonly next?: string;
}
const list = async (query: string, role: Role = "contributor"): Promise<Listed> =>
  (await (await good(await ask(`/api/exhibits?${query}`, role))).json()) as Listed;
const titles = async (query: string, role?: Role) => (await list(query, role)).exhibits.map(({ title }) => title);

test("a list is the newest first, narrowed and paged by its address", async () => {
  assert.deepEqual(await titles(""), ["Notice of nothing", "Lantern", "Notice board"]);
  assert.deepEqual(await titles("text=notic"), ["Notice of nothing", "Notice board"]);
  assert.deepEqual(await titles("text=notic&case=spring"), ["Notice board"]);
  assert.deepEqual(await titles("platform=Chatter&platform=Townsquare&sort=posted"), ["Lantern", "Notice board"]);
  assert.deepEqual(await titles("by=posted&from=2026-03-14&to=2026-03-14"), ["Lantern", "Notice board"]);
  const first = await list("limit=2");
  assert.deepEqual(await titles(`limit=2&cursor=${first.next ?? ""}`), ["Notice board"]);
  assert.equal((await ask("/api/exhibits?cursor=zz")).status, 400);
  assert.equal((await ask("/api/exhibits?from=yesterday")).status, 400);
  assert.equal((await ask(`/api/exhibits?text=${encodeURIComponent(`"'*()🐒שלום${"x".repeat(3000)}`)}`)).status, 200);
});

test("counts and charts answer from the same filters", async () => {
  const counts = (await (await good(await ask("/api/exhibits/counts?text=notice"))).json()) as {
    total: number;
    cases: unknown;
  };
  assert.equal(counts.total, 2);
  assert.deepEqual(counts.cases, [
    { value: null, count: 1 },
    { value: "spring", count: 1 },
  ]);
  const charts = (await (await good(await ask("/api/exhibits/charts"))).json()) as {
    weeks: unknown;
    withoutTime: number;
    standings: unknown;
  };
  assert.deepEqual(charts.weeks, [
    { week: "2026-03-09", platform: "Chatter", count: 1 },
    { week: "2026-03-09", platform: "Townsquare", count: 1 },
  ]);
  assert.equal(charts.withoutTime, 1);
  assert.deepEqual(charts.standings, [{ value: "unchecked", count: 3 }]);
  const { cases } = (await (await good(await ask("/api/cases"))).json()) as { cases: readonly { name: string }[] };
  assert.deepEqual(
    cases.map(({ name }) => name),
    ["spring"],
  );
});

test("an exhibit tells who says what, how it came here, and what is like it", async () => {
  const view = await (await good(await ask(`/api/exhibits/${id}`))).json();
  assert.equal(view.exhibit.id, id);
  assert.deepEqual(view.post, {
    text: POST["postText"],
    isVisible: true,
    sources: "JSON-LD and OpenGraph",
    by: ["JSON-LD", "OpenGraph"],
  });
  assert.equal(view.note, "from the lane's meeting");
  assert.deepEqual(
    view.facts.find(({ name }: { name: string }) => name === "author"),
    { name: "author", label: "By", value: "A Neighbour", sources: "JSON-LD", by: ["JSON-LD"] },
  );
  assert.match(
    view.provenance.map(({ text }: { text: string }) => text).join(" "),
    /opened the link on 15 March 2026, 08:11:52 UTC in Chromium/,
  );
  assert.match(view.provenance.map(({ text }: { text: string }) => text).join(" "), /nobody can change it now/);
  assert.deepEqual(
    view.alike.map(({ why, exhibit }: { why: string; exhibit: { title: string } }) => [why, exhibit.title]),
    [["same-words", "Lantern"]],
  );
  assert.deepEqual(view.steps.map(wordsOf), ["Recorded, and sealed."]);
  assert.ok(view.files.some(({ name }: { name: string }) => name === "media/1"));
  assert.ok(!JSON.stringify(view).includes("tileSeed"));
  assert.equal((await ask("/api/exhibits/PLC-0000-0000-0000-0000")).status, 404);
  assert.equal((await ask("/api/exhibits/..%2f..%2fkeys")).status, 400);
});

test("a guest is told of no case and no note, not even by searching", async () => {
  const view = await (await good(await ask(`/api/exhibits/${id}`, "guest"))).json();
  assert.equal(view.note, null);
  assert.ok(!JSON.stringify(view).includes("spring") && !JSON.stringify(view).includes("meeting"));
  assert.deepEqual(await titles("text=meeting", "guest"), []);
  assert.deepEqual(await titles("text=meeting"), ["Notice board"]);
  assert.equal(
    (await list("", "guest")).exhibits.every(({ caseName }) => caseName === null),
    true,
  );
  assert.equal((await ask("/api/cases", "guest")).status, 403);
  const file = join(home.folder, "guest.placard");
  for (const [role, told] of [
    ["guest", undefined],
    ["reviewer", "spring"],
  ] as const) {
    await writeFile(
      file,
      new Uint8Array(await (await good(await ask(`/api/exhibits/${id}/proof`, role))).arrayBuffer()),
    );
    const { exhibit } = await verifyFile(file);
    const { act } = await readPlacardFile(new Blob([new Uint8Array(await readFile(file))]));
    const disclosed = act.split("~").map((part) => Buffer.from(part, "base64url").toString());
    assert.equal(
      disclosed.some((part) => part.includes("spring")),
      told !== undefined,
      role,
    );
    assert.equal(exhibit?.fields["case"], exhibit === undefined ? undefined : told);
  }
});

test("what has a form made for sharing is told to a guest in that form, and found by nobody who may not know it", async () => {
  const act = {
    ...POST,
    title: "Hello Wilhelmina",
    postText: "wilhelmina was here",
    session: "x",
    shared: { title: "Hello [removed]", postText: "[removed] was here" },
  };
  const [guarded = ""] = await sealActs(home.folder, [act]);
  const [row] = (await list("limit=1", "guest")).exhibits;
  assert.deepEqual([row?.id, row?.title], [guarded, null]);
  assert.deepEqual(await titles("text=wilhelmina", "guest"), []);
  assert.deepEqual(await titles("text=wilhelmina"), ["Hello Wilhelmina"]);
  const counts = (await (await ask("/api/exhibits/counts?text=wilhelmina", "guest")).json()) as { total: number };
  assert.equal(counts.total, 0);
  const answer = await (await good(await ask(`/api/exhibits/${guarded}`, "guest"))).text();
  assert.ok(answer.includes("Hello [removed]") && !/wilhelmina/i.test(answer));
  assert.ok(
    !/wilhelmina/i.test(await (await good(await ask(`/api/exhibits/${id}`, "guest"))).text()),
    "nor by what is like it",
  );
  const [twin = ""] = await sealActs(home.folder, [{ ...POST, postText: "wilhelmina was here" }]);
  const alikeOf = async (one: string, role: Role): Promise<unknown> =>
    (await (await good(await ask(`/api/exhibits/${one}`, role))).json()).alike.length;
  for (const one of [guarded, twin]) {
    assert.equal(await alikeOf(one, "contributor"), 1);
    assert.equal(await alikeOf(one, "guest"), 0, "of the same words as what is not told");
  }
  await good(await ask(`/api/exhibits/${twin}`, "owner", "DELETE", { reason: "done" }));
  await good(await ask(`/api/exhibits/${guarded}`, "owner", "DELETE", { reason: "done" }));
});

test("files are given as what they are by their bytes, and nothing among them runs", async () => {
  const expected: Readonly<Record<string, readonly [string, string]>> = {
    picture: ["image/png", "inline"],
    text: ["text/plain; charset=utf-8", "inline"],
    thumbnail: ["image/png", "inline"],
    "media/1": ["image/png", "inline"],
    "media/2": ["application/octet-stream", "attachment"],
    "media/3": ["application/octet-stream", "attachment"],
  };
  for (const [name, [type, disposition]] of Object.entries(expected)) {
    const answer = await good(await ask(`/api/exhibits/${id}/${name}`));
    const header = (key: string) => answer.headers.get(key) ?? "";
    assert.deepEqual([name, header("content-type")], [name, type]);
    assert.ok(header("content-disposition").startsWith(disposition), name);
    assert.equal(header("x-content-type-options"), "nosniff");
    assert.equal(header("content-security-policy"), "default-src 'none'; sandbox");
    await answer.arrayBuffer();
  }
  const small = decode(new Uint8Array(await (await ask(`/api/exhibits/${id}/thumbnail`)).arrayBuffer()));
  assert.deepEqual([small.width, small.height], [320, 240]);
  for (const name of ["post-picture", "media/4", "media/0"])
    assert.ok((await ask(`/api/exhibits/${id}/${name}`)).status >= 400, name);
  const part = await home.ask(`/api/exhibits/${id}/text`, {
    cookie: home.cookies.guest,
    headers: { range: "bytes=3-6" },
  });
  assert.deepEqual(
    [part.status, await part.text(), part.headers.get("content-range")?.slice(0, 10)],
    [206, "were", "bytes 3-6/"],
  );
  const past = await home.ask(`/api/exhibits/${id}/text`, {
    cookie: home.cookies.guest,
    headers: { range: "bytes=9999-" },
  });
  assert.equal(past.status, 416);
});

test("the proof that is handed out holds, and so says the server", async () => {
  const answer = await good(await ask(`/api/exhibits/${id}/proof`));
  assert.equal(answer.headers.get("content-disposition"), `attachment; filename="${id}.placard"`);
  const file = join(home.folder, "out.placard");
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  const there = await verifyFile(file);
  const here = await (await good(await ask(`/api/exhibits/${id}/verify`, "guest", "POST"))).json();
  assert.equal(here.verdict, there.verdict);
  assert.deepEqual(
    here.checks,
    there.checks.map(({ name, state, why, told }) => ({ name, state, why, ...(told && { told }) })),
  );
  const [bare = ""] = await sealActs(home.folder, [{ title: "bare" }]);
  const verdict = await (await good(await ask(`/api/exhibits/${bare}/verify`, "guest", "POST"))).json();
  assert.deepEqual([verdict.verdict, verdict.heading.text], ["holds", "Everything holds"]);
  await ask(`/api/exhibits/${bare}`, "owner", "DELETE", { reason: "not needed" });
});

test("what was found when a post was looked at again opens by its id, and is in no list; a guest is not told what changed", async () => {
  const [of = ""] = await sealPosts(home.folder, [{ ...POST, url: "https://again.example/1", platform: "Again" }]);
  const recaptureOf = { id: of, leaf: "0".repeat(64), position: 0 };
  const changes = { postText: { before: "We were here.", after: "We are here." } };
  const [edited = "", gone = ""] = await sealActs(home.folder, [
    { ...POST, act: "recaptured", recaptureOf, result: "edited", changes },
    {
      act: "recaptured",
      recaptureOf,
      result: "gone",
      cause: "gone",
      reason: "The server answered 410.",
      url: "https://again.example/1",
    },
  ]);
  const seen = async (role: Role) => (await (await good(await ask(`/api/exhibits/${of}`, role))).json()).recaptures;
  const told = { code: "cause_gone" };
  const found = await seen("contributor");
  assert.deepEqual(
    found.map((one: Record<string, unknown>) => [one["id"], one["result"], one["changes"], one["reason"], one["told"]]),
    [
      [edited, "edited", changes, null, undefined],
      [gone, "gone", {}, "The server answered 410.", told],
    ],
  );
  assert.ok(!JSON.stringify(await seen("guest")).includes("We are here."));
  for (const one of [edited, gone]) {
    const view = await (await good(await ask(`/api/exhibits/${one}`))).json();
    assert.deepEqual([view.exhibit.id, view.exhibit.recaptureOf], [one, of]);
  }
  assert.deepEqual(
    (await list("platform=Again")).exhibits.map((one) => one.id),
    [of],
  );
  await ask(`/api/exhibits/${of}`, "owner", "DELETE", { reason: "not needed" });
});

test("so many proofs are handed out and checked at once; one that is not read any more makes room", async () => {
  const path = `/api/exhibits/${id}/proof`;
  const open = [await good(await ask(path)), await good(await ask(path))];
  assert.equal((await ask(path)).status, 503);
  await good(await ask(path, "reviewer").then(async (answer) => (await answer.body?.cancel(), answer)));
  for (const answer of open) await answer.body?.cancel();
  await (await good(await ask(path))).arrayBuffer();
  const checks = await Promise.all([1, 2, 3].map(() => ask(`/api/exhibits/${id}/verify`, "guest", "POST")));
  assert.deepEqual(checks.map(({ status }) => status).toSorted(), [200, 200, 503]);
  assert.equal((await ask("/api/exhibits/none/proof")).status, 400);
  for (let n = 0; n < 3; n += 1) assert.notEqual((await ask("/api/exhibits/none/proof")).status, 503);
});

test("an exhibit is erased with a reason by who may, and leaves neither word nor picture", async () => {
  const [gone = ""] = await sealPosts(home.folder, [
    { ...POST, title: "Quillfeather", postText: "quillfeather words" },
  ]);
  await good(await ask(`/api/exhibits/${gone}/thumbnail`));
  assert.equal((await ask(`/api/exhibits/${gone}`, "reviewer", "DELETE", { reason: "x" })).status, 403);
  assert.equal((await ask(`/api/exhibits/${gone}`, "organiser", "DELETE", { reason: " " })).status, 400);
  await good(await ask(`/api/exhibits/${gone}`, "organiser", "DELETE", { reason: "asked for" }));
  const view = await (await good(await ask(`/api/exhibits/${gone}`))).json();
  assert.deepEqual(
    [view.exhibit.state, view.exhibit.reason, view.exhibit.title, view.post],
    ["erased", "asked for", null, null],
  );
  assert.deepEqual(view.steps.map(wordsOf), ["Recorded, and sealed.", "Erased."]);
  assert.ok(view.steps[1].actor !== null);
  for (const name of ["thumbnail", "picture", "proof"])
    assert.equal((await ask(`/api/exhibits/${gone}/${name}`)).status, 410, name);
  assert.deepEqual(await titles("text=quillfeather"), []);
  assert.ok(!(await readFile(join(home.folder, "index.sqlite"))).includes("uillfeather"));
});

test("without a sandbox nothing is replayed or previewed, and that is said", async () => {
  assert.equal((await ask(`/api/exhibits/${id}/replay`, "guest", "POST")).status, 400);
  assert.equal((await ask("/api/placards/preview", "contributor", "POST", { ids: [id], size: "A3" })).status, 400);
});
