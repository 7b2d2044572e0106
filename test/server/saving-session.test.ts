/** Saving under a session: who may, what is told of it to whom, and what comes of links whose session is gone. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { stateOf } from "../../src/app/asked.ts";
import { openContext } from "../../src/app/open-record.ts";
import { type MembersSite, serveMembers } from "../e2e/members-site.ts";
import { keepMemberSession } from "../member-session.ts";
import { type FoundedHouse, foundedHouse } from "./house.ts";
import { type Batch, errorOf, itemsOf, saverIn } from "./saver.ts";

let house: FoundedHouse;
let site: MembersSite;
before(async () => {
  house = await foundedHouse({ allowPrivate: true });
  await writeFile(join(house.folder, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
  site = await serveMembers();
  await keepMemberSession(house.folder, "lantern", site);
});
after(async () => {
  await house[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const UNDER = "/api/capture-sessions/lantern/captures";

test("an owner has a link captured under a session; it is sealed as seen signed in, and not by whom", async () => {
  const owner = saverIn(house, house.cookies.owner);
  const answer = await owner.post(UNDER, { links: [site.link] });
  assert.equal(answer.status, 202);
  const asked = (await answer.json()) as Batch;
  assert.deepEqual([asked.session, asked.signedIn], ["lantern", true]);
  const [done] = await owner.whenDone(itemsOf(asked));
  assert.equal(done?.state, "sealed", `${done?.reason}`);
  const { fields } = await house.house.record().show(done?.exhibit ?? "");
  assert.equal(fields["session"], true);
  assert.ok(!JSON.stringify(fields).includes("lantern"));
  assert.equal((await owner.batches())[0]?.session, "lantern");
  for (const role of ["organiser", "reviewer", "contributor"] as const) {
    const other = saverIn(house, house.cookies[role]);
    assert.equal((await other.post(UNDER, { links: [site.link] })).status, 403, role);
    const [told] = await other.batches();
    assert.deepEqual([told?.signedIn, told?.session], [true, undefined], role);
  }
});

test("without the session the same link is not captured; under one that is not kept, nothing is asked for", async () => {
  const owner = saverIn(house, house.cookies.owner);
  const asked = (await (await owner.post("/api/captures", { links: [site.link] })).json()) as Batch;
  assert.deepEqual([asked.session, asked.signedIn], [undefined, undefined]);
  assert.equal((await owner.whenDone(itemsOf(asked)))[0]?.state, "not-captured");
  const refused = await owner.post("/api/capture-sessions/nobody/captures", { links: [site.link] });
  assert.equal(refused.status, 409);
  assert.equal(await errorOf(refused), "conflict");
  assert.equal((await owner.post("/api/captures", { links: [site.link], session: "lantern" })).status, 400);
});

test("links whose session was forgotten while they waited say so, keep nobody else waiting, and can be tried again", async () => {
  const owner = saverIn(house, house.cookies.owner);
  const key = "00112233445566778899aabbccddee01";
  await using opened = await openContext(house.folder);
  const options = JSON.stringify({ actor: "actor-one", session: "fleeting", allowPrivate: true });
  await opened.context.agenda.ask({ batch: key, links: [site.link, `${site.link}?2`], options, at: Date.now() });
  house.house.captures.wake();
  const waiting = (await owner.batches()).find(({ batch }) => batch === key) as Batch;
  const done = await owner.whenDone(itemsOf(waiting));
  assert.deepEqual(
    done.map(({ state, cause }) => [state, cause]),
    [
      ["not-captured", "session"],
      ["not-captured", "session"],
    ],
  );
  assert.equal(house.house.captures.trouble, undefined);
  const [first = ""] = itemsOf(waiting);
  for (const role of ["organiser", "reviewer"] as const) {
    const other = saverIn(house, house.cookies[role]);
    const refused = await other.post(`/api/captures/${first}/retry`);
    assert.deepEqual([refused.status, await errorOf(refused)], [403, "not_allowed"], role);
  }
  await keepMemberSession(house.folder, "fleeting", site);
  assert.equal((await owner.post(`/api/captures/${first}/retry`)).status, 202);
  assert.equal((await owner.whenDone([first]))[0]?.state, "sealed");
});

test("that a site no longer takes a session is told without its name", () => {
  const told = { code: "session_not_taken", values: { name: "lantern", quoted: '"lantern"' } };
  const reason = "It asks for a sign-in. The session lantern is no longer taken there, …";
  const state = stateOf({ url: site.link, outcome: "not-captured", cause: "login", reason, told });
  assert.equal(state.state, "not-captured");
  assert.ok(!JSON.stringify(state).includes("lantern"), JSON.stringify(state));
});
