/** What is public takes two people who have been here a while, whoever asks the server for it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Role } from "../../src/server/access.ts";
import { arrive, emailOf, type FoundedHouse, foundedHouse, good, joinAs } from "./house.ts";
import { NOTE, onTheWay, STEPS } from "./on-the-way.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

let house: FoundedHouse;
before(async () => {
  house = await foundedHouse();
});
after(() => house[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly standing?: { readonly step: string; readonly [name: string]: unknown };
  readonly isPublic?: boolean;
}

async function take(as: Role | { readonly cookie: string }, id: string, step: string, json: unknown): Promise<Answer> {
  const cookie = typeof as === "string" ? house.cookies[as] : as.cookie;
  const answer = await house.ask(`/api/exhibits/${id}/${step}`, { method: "POST", cookie, json });
  const said = (await answer.json()) as { error?: { code: string; told?: { code: string } } } & Omit<Answer, "status">;
  return { status: answer.status, ...said, ...(said.error ? { code: said.error.told?.code ?? said.error.code } : {}) };
}

const approvalIn = ({ standing }: Answer): string =>
  (standing?.["agreed"] as { readonly approval: string } | undefined)?.approval ?? "";
const noteIn = ({ standing }: Answer): string => (standing?.["note"] as { readonly id: string } | undefined)?.id ?? "";

async function redactedBy(role: Role): Promise<{ readonly id: string; readonly redaction: string }> {
  const [id = ""] = await sealPosts(house.folder, [POST]);
  const actor = house.accounts.members.list().find((member) => member.id === house.ids[role])?.actor ?? "";
  const record = house.house.record();
  await record.redacting.seal(id, { fields: ["author"] }, actor);
  return { id, redaction: (await record.publications.of(id)).standing.redaction?.id ?? "" };
}

async function preparedBy(role: Role) {
  const { id, redaction } = await redactedBy(role);
  const { standing: first } = await take(role, id, "cleared", { redaction });
  const note = noteIn(await take(role, id, "reasoned", { note: NOTE }));
  return { id, redaction, cleared: String(first?.["cleared"]), note };
}

test("from a draft to the public by two people, and by no one of them alone", async () => {
  const { id, cleared, note } = await preparedBy("reviewer");
  assert.equal((await take("reviewer", id, "approved", { cleared, note })).code, "own_work");
  const approved = await take("organiser", id, "approved", { cleared, note });
  assert.equal(approved.standing?.step, "approved");
  const approval = approvalIn(approved);
  assert.equal((await take("reviewer", id, "published", { approval })).status, 403);
  const published = await take("organiser", id, "published", { approval });
  assert.deepEqual([published.status, published.isPublic, published.standing?.step], [200, true, "published"]);
  const withdrawn = await take("reviewer", id, "withdrawn", { because: "checking" });
  assert.equal(withdrawn.isPublic, false);
  assert.equal((await take("organiser", id, "published", { approval })).code, "approve_before");
});

test("an owner alone publishes nothing, also not by somebody they invited a moment ago", async () => {
  const { id, cleared, note } = await preparedBy("owner");
  assert.equal((await take("owner", id, "approved", { cleared, note })).code, "own_work");
  await joinAs(house, house.cookies.owner, "organiser", emailOf("second-hand"));
  const second = await arrive(house, emailOf("second-hand"));
  assert.equal((await take(second, id, "approved", { cleared, note })).code, "newcomer");
  assert.equal((await take(second, id, "reasoned", { note: NOTE })).code, "newcomer");
  // What takes away is open to all: it may be urgent.
  const held = await take(second, id, "held", { hold: "private-person", why: "One can tell who it is." });
  assert.equal(held.status, 200);
});

test("nor in the place of a member whom they sent a way back, also when its notice was put away", async () => {
  const { ids, accounts } = house;
  const { token } = accounts.recoveries.make({ id: ids.owner, role: "owner" }, ids.reviewer, "a computer");
  const headers = { "placard-recovery": token };
  const json = { password: "taken over from somebody" };
  await good(await house.ask("/api/recovery", { method: "POST", headers, json }));
  accounts.recoveries.noted(ids.reviewer);
  assert.throws(() => accounts.members.refuseNewcomer(ids.reviewer), /three days/);
  assert.doesNotThrow(() => accounts.members.refuseNewcomer(ids.owner));
});

test("each step is refused where its turn has not come, or it changed meanwhile", async () => {
  const [bare = ""] = await sealPosts(house.folder, [POST]);
  const told = async (step: string, json: unknown) => (await take("owner", bare, step, json)).code;
  assert.equal(await told("cleared", { redaction: bare }), "redact_before");
  assert.equal(await told("approved", { cleared: "a", note: "b" }), "clear_before");
  assert.equal(await told("published", { approval: "a" }), "approve_before");
  assert.equal(await told("corrected", { what: "one thing", why: "another" }), "not_published");
  assert.equal(await told("withdrawn", { because: "law" }), "not_published");
  assert.equal(await told("confirmed", { correction: "a" }), "changed_meanwhile");
  assert.equal(await told("released", { held: "a", why: "it is over" }), "changed_meanwhile");
  assert.equal(await told("reasoned", { note: "short" }), "note_length");
  assert.equal(await told("held", { hold: "comment-sought", why: "They were asked." }), "hold_needs_day");
  assert.equal(
    await told("held", { hold: "comment-sought", why: "They were asked.", until: "2020-01-01" }),
    "hold_needs_day",
  );
  assert.equal(await told("held", { hold: "private-person", why: "Seen", until: "2030-01-01" }), "hold_without_day");
  const { id, redaction } = await redactedBy("owner");
  const record = house.house.record();
  await record.redacting.seal(id, { fields: ["title"] }, "actor-x");
  const newer = (await record.publications.of(id)).standing.redaction?.id;
  assert.equal((await take("owner", id, "cleared", { redaction })).code, "changed_meanwhile");
  assert.equal((await take("owner", id, "cleared", { redaction: newer })).status, 200);
});

test("a sample is nothing to publish, and what is erased neither", async () => {
  const [sample = "", gone = ""] = await sealPosts(house.folder, [{ ...POST, sample: true }, POST]);
  assert.equal((await take("owner", sample, "reasoned", { note: NOTE })).code, "sample_not_public");
  await house.house.record().erase(gone, "asked for");
  assert.equal((await take("owner", gone, "reasoned", { note: NOTE })).status, 410);
});

test("what was said on the way goes with the exhibit when it is erased; that it was public stays told", async () => {
  const record = house.house.record();
  const ids = await sealPosts(
    house.folder,
    STEPS.map(() => POST),
  );
  const way = await onTheWay(record, ids);
  await record.erase(way.withdrawn.id, "asked for");
  const { standing } = await record.publications.of(way.withdrawn.id);
  assert.deepEqual([standing.note, standing.redaction, standing.publication], [undefined, undefined, undefined]);
  const { view } = record.looking;
  const { steps } = (await view(way.withdrawn.id, { isGuest: false })) as unknown as { steps?: unknown };
  assert.ok(!JSON.stringify(steps ?? []).includes(NOTE));
});
