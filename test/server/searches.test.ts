/** Named searches and occasions: each member's own, shared with the group, durable; and proofs handed out in one file. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { verifyFile } from "../../src/app/verify-file.ts";
import { openAccounts } from "../../src/server/accounts/open.ts";
import { openZip, readMember } from "../../src/verify/zip.ts";
import { BASE_URL, type FoundedHouse, foundedHouse, good } from "./house.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";

let home: FoundedHouse;
before(async () => {
  home = await foundedHouse();
});
after(() => home[Symbol.asyncDispose]());

type Role = keyof FoundedHouse["cookies"];
const ask = (path: string, role: Role = "contributor", method = "GET", json?: unknown) =>
  home.ask(path, { method, cookie: home.cookies[role], ...(json === undefined ? {} : { json }) });
const told = async <T>(asked: Promise<Response>): Promise<T> => (await (await good(await asked)).json()) as T;
interface Saved {
  readonly id: string;
  readonly name: string;
  readonly own: boolean;
}
const list = async (role: Role): Promise<readonly Saved[]> =>
  (await told<{ searches: readonly Saved[] }>(ask("/api/searches", role))).searches;
const names = async (role: Role): Promise<readonly string[]> => (await list(role)).map(({ name }) => name);

test("a search is its member's until it is shared; others see it then and cannot change it", async () => {
  const search = { text: "lane", case: "spring", tag: "march" };
  const kept = await told<Saved>(
    ask("/api/searches", "contributor", "POST", { name: " Lanes ", search, shared: false }),
  );
  assert.deepEqual(await told(ask("/api/searches")), {
    searches: [{ id: kept.id, name: "Lanes", search, shared: false, own: true }],
  });
  assert.deepEqual(await names("reviewer"), []);
  const path = `/api/searches/${kept.id}`;
  assert.equal((await ask(path, "reviewer", "PATCH", { name: "Mine" })).status, 404);
  assert.equal((await ask(path, "owner", "DELETE")).status, 404, "nobody takes away what is not shared");
  await good(await ask(path, "contributor", "PATCH", { shared: true, name: "All lanes" }));
  assert.deepEqual(await names("reviewer"), ["All lanes"]);
  assert.equal((await ask(path, "reviewer", "PATCH", { shared: false })).status, 404);
  assert.equal((await ask(path, "reviewer", "DELETE")).status, 404);
  assert.equal(
    (await ask("/api/searches", "contributor", "POST", { name: "All lanes", search, shared: false })).status,
    409,
  );
  for (const json of [
    { name: "", search, shared: false },
    { name: "x".repeat(81), search, shared: false },
    { name: "x", search: { ...search, elsewhere: "x" }, shared: false },
    { name: "x", search: { text: "x".repeat(501) }, shared: false },
  ])
    assert.equal((await ask("/api/searches", "contributor", "POST", json)).status, 400);
  assert.equal((await ask("/api/searches", "guest")).status, 403);
});

test("what was acknowledged is there after a restart; of a member who is removed what was shared stays", async () => {
  await good(await ask("/api/searches", "reviewer", "POST", { name: "Own", search: {}, shared: false }));
  await good(await ask("/api/searches", "reviewer", "POST", { name: "Ours", search: {}, shared: true }));
  await using again = await openAccounts(home.folder, { baseUrl: BASE_URL });
  assert.deepEqual(
    again.searches.list(home.ids.reviewer).map(({ name }) => name),
    ["All lanes", "Ours", "Own"],
  );
  await good(await ask(`/api/members/${home.ids.reviewer}`, "owner", "DELETE"));
  assert.deepEqual(await names("contributor"), ["All lanes", "Ours"]);
  assert.deepEqual(
    again.searches.list(home.ids.reviewer).map(({ own }) => own),
    [false, false],
  );
  const [, ours] = await list("organiser");
  await good(await ask(`/api/searches/${ours?.id}`, "organiser", "DELETE"));
  assert.deepEqual(await names("contributor"), ["All lanes"]);
});

test("occasions are noted for a case or for all, and removed by who noted them or who leads", async () => {
  const noted = await told<{ id: string }>(
    ask("/api/occasions", "contributor", "POST", { day: "2026-03-14", name: "The march" }),
  );
  await good(await ask("/api/occasions", "organiser", "POST", { day: "2026-03-02", name: "Hearing", case: "spring" }));
  const of = async (query: string) =>
    (await told<{ occasions: readonly { name: string }[] }>(ask(`/api/occasions${query}`))).occasions.map(
      ({ name }) => name,
    );
  assert.deepEqual(await of(""), ["Hearing", "The march"]);
  assert.deepEqual(await of("?case=autumn"), ["The march"]);
  assert.deepEqual(await of("?case=spring"), ["Hearing", "The march"]);
  const hearing = (await told<{ occasions: readonly { id: string }[] }>(ask("/api/occasions?case=spring")))
    .occasions[0];
  assert.equal((await ask(`/api/occasions/${hearing?.id}`, "contributor", "DELETE")).status, 404);
  for (const [id, role] of [
    [noted.id, "contributor"],
    [hearing?.id, "owner"],
  ] as const)
    await good(await ask(`/api/occasions/${id}`, role, "DELETE"));
  assert.deepEqual(await of(""), []);
  for (const day of ["2026-02-30", "yesterday", "2026-3-1"])
    assert.equal((await ask("/api/occasions", "contributor", "POST", { day, name: "x" })).status, 400, day);
});

test("proofs of several are one file; one that cannot be handed out is named in it", async () => {
  const [whole = ""] = await sealPosts(home.folder, [POST]);
  const [bare = "", gone = ""] = await sealActs(home.folder, [{ title: "bare" }, { title: "gone" }]);
  await good(await ask(`/api/exhibits/${gone}`, "owner", "DELETE", { reason: "asked for" }));
  const answer = await good(await ask("/api/proofs", "contributor", "POST", { ids: [whole, gone, bare, "nonsense"] }));
  assert.equal(answer.headers.get("content-disposition"), 'attachment; filename="proofs.zip"');
  const zip = await openZip(new Blob([await answer.arrayBuffer()]));
  assert.deepEqual(
    zip.entries.map(({ name }) => name).toSorted(),
    [`${bare}.placard`, `${whole}.placard`, "not-included.txt"].toSorted(),
  );
  const read = (name: string) => readMember(zip.find(name) ?? assert.fail(name), 1e8);
  const file = join(home.folder, "one.placard");
  await writeFile(file, await read(`${bare}.placard`));
  assert.equal((await verifyFile(file)).verdict, "holds");
  const missing = new TextDecoder().decode(await read("not-included.txt"));
  assert.match(missing, new RegExp(`${gone}: .*erased[^]*nonsense: `));
  assert.equal((await ask("/api/proofs", "contributor", "POST", { ids: [gone] })).status, 410);
  await good(
    await ask("/api/proofs", "contributor", "POST", { ids: [bare] }).then(
      async (one) => (await one.body?.cancel(), one),
    ),
  );
  await (await good(await ask("/api/proofs", "contributor", "POST", { ids: [bare] }))).arrayBuffer();
});
