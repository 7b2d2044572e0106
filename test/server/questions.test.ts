/** Questions by the server: each deed by those who may, an answer judged by two who have been here a while, and nobody alone. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openContext } from "../../src/app/open-record.ts";
import type { Role } from "../../src/server/access.ts";
import { writeMailAccount } from "../../src/vault/mail-account.ts";
import { startMailServer } from "../ask/sending/mail-server.ts";
import { laterDay, MAIL, QUESTION, wentOutLongAgo } from "./asked-house.ts";
import { arrive, BASE_URL, emailOf, type FoundedHouse, foundedHouse, good, joinAs } from "./house.ts";

let house: FoundedHouse;
before(async () => {
  house = await foundedHouse();
});
after(() => house[Symbol.asyncDispose]());

interface Answer {
  readonly status: number | { readonly code: string; readonly said: { readonly text: string } };
  readonly http: number;
  readonly code?: string;
  readonly id: string;
  readonly text: string;
  readonly letters: readonly { readonly id: string; readonly fate: string; readonly sayable: readonly string[] }[];
  readonly replies: readonly {
    readonly id: string;
    readonly as?: string;
    readonly text?: string;
    readonly nature: string;
    readonly proposed?: { readonly id: string; readonly isOwn: boolean };
  }[];
  readonly pauses: readonly { readonly id: string }[];
  readonly noLook?: { readonly text: string };
}
type By = Role | { readonly cookie: string };

async function ask(as: By, path: string, json?: unknown): Promise<Answer> {
  const cookie = typeof as === "string" ? house.cookies[as] : as.cookie;
  const answer = await house.ask(`/api/${path}`, { cookie, ...(json === undefined ? {} : { method: "POST", json }) });
  const said = (await answer.json()) as Answer & { readonly error?: { code: string; told?: { code: string } } };
  return { ...said, http: answer.status, ...(said.error ? { code: said.error.told?.code ?? said.error.code } : {}) };
}

const deed = (as: By, id: string, name: string, json: unknown = {}) => ask(as, `questions/${id}/${name}`, json);
const saidOf = ({ status }: Answer): string => (typeof status === "number" ? "" : status.said.text);
const PAPER = { channel: "post", by: laterDay(20), post: "12 Mill Street, Lanterns" };
const TEXT = "The lamps will be lit again on the first of June.";

async function askedByOwner(): Promise<string> {
  const asked = await ask("owner", "questions", QUESTION);
  assert.equal(asked.http, 200, JSON.stringify(asked));
  return asked.id;
}

/** With a reply on paper, taken in by a reviewer. */
async function answered(): Promise<{ readonly id: string; readonly reply: string }> {
  const id = await askedByOwner();
  const taken = await deed("reviewer", id, "replied", { channel: "post", text: TEXT });
  return { id, reply: taken.replies[0]?.id ?? "" };
}

test("asked, a letter read and agreed to, posted, answered, and classed by two", async () => {
  const id = await askedByOwner();
  const shown = await deed("reviewer", id, "letters/preview", PAPER);
  assert.match(shown.text, /The lamps in Hollow Lane.*The reply will be published whole\..*12 Mill Street/s);
  assert.doesNotMatch(shown.text, /e-mail|page that is for you alone/, "no way to reply is named that is not there");
  const agreed = await deed("organiser", id, "letters", PAPER);
  assert.deepEqual(agreed.letters[0]?.sayable, ["posted", "cancelled"]);
  assert.equal((await deed("owner", id, "letters", PAPER)).code, "letter_on_its_way");
  const letter = agreed.letters[0]?.id ?? "";
  assert.equal((await deed("owner", id, "carried", { letter, state: "delivered" })).code, "letter_not_so");
  const posted = await deed("owner", id, "carried", { letter, state: "posted" });
  assert.match(saidOf(posted), /^Sent on .*; a reply is asked for by /);
  assert.equal((await deed("owner", id, "looked")).code, "look_too_soon");
  const came = await deed("reviewer", id, "replied", { channel: "post", from: "Wendel Thornby", text: TEXT });
  assert.match(saidOf(came), /^A reply came on /);
  const reply = came.replies[0]?.id ?? "";
  const read = await deed("reviewer", id, "classed", { reply, as: "answered" });
  assert.match(saidOf(read), /^A reply came on /, "one member's reading says nothing");
  const proposed = read.replies[0]?.proposed;
  assert.equal(proposed?.isOwn, true);
  assert.equal((await deed("reviewer", id, "confirmed", { what: proposed?.id })).code, "second_member");
  const confirmed = await deed("organiser", id, "confirmed", { what: proposed?.id });
  assert.match(saidOf(confirmed), /^Answered on /);
  assert.equal(confirmed.replies[0]?.as, "answered");
});

test("a stolen account alone judges nobody, also not with somebody it invited a moment ago", async () => {
  const { id, reply } = await answered();
  await joinAs(house, house.cookies.owner, "organiser", emailOf("second-hand"));
  const second = await arrive(house, emailOf("second-hand"));
  const mine = await deed("owner", id, "classed", { reply, as: "declined", quote: "lit again" });
  const what = mine.replies[0]?.proposed?.id;
  assert.equal((await deed("owner", id, "confirmed", { what })).code, "second_member");
  assert.equal((await deed(second, id, "confirmed", { what })).code, "newcomer");
  assert.equal((await deed(second, id, "classed", { reply, as: "answered" })).code, "newcomer");
  for (const [name, json] of [
    ["letters", PAPER],
    ["replied", { channel: "post", text: TEXT }],
    ["looked", {}],
  ] as const)
    assert.equal((await deed(second, id, name, json)).code, "newcomer", name);
  assert.match(saidOf(await ask("owner", `questions/${id}`)), /^A reply came on /);
  // What says less is open to all: it may be urgent.
  assert.equal((await deed(second, id, "paused", { from: laterDay(0), reason: "bereaved" })).http, 200);
  assert.equal((await deed(second, id, "withdrawn", { reason: "It was somebody else." })).http, 200);
});

test("contributors look, guests do not, and nobody is told an address, a token or a pseudonym", async () => {
  const id = await askedByOwner();
  assert.equal((await ask("contributor", `questions/${id}`)).http, 200);
  assert.equal((await ask("contributor", "questions", QUESTION)).http, 403);
  assert.equal((await ask("guest", "questions")).http, 403);
  const told = JSON.stringify(await ask("contributor", "questions"));
  for (const word of ["actor", "token", "address"]) assert.ok(!told.includes(`"${word}"`), word);
});

test("that nothing came is said by somebody who looked, and by nobody while the mailbox cannot be read", async () => {
  const [id, other] = [await askedByOwner(), await askedByOwner()];
  assert.equal((await deed("owner", id, "looked")).code, "look_nothing_sent");
  {
    await using opened = await openContext(house.folder);
    await wentOutLongAgo(opened.context, id);
    await wentOutLongAgo(opened.context, other);
  }
  assert.match(saidOf(await ask("owner", `questions/${id}`)), /a reply was asked for by/);
  const closed = { host: "127.0.0.1", port: 1, security: "none" } as const;
  const keys = join(house.folder, "keys");
  await writeMailAccount(keys, { address: "questions@ask.hollow.example", smtp: closed, imap: closed });
  assert.equal((await deed("owner", other, "looked")).http, 502);
  await writeMailAccount(keys, { address: "questions@ask.hollow.example", smtp: closed });
  assert.match(
    saidOf(await deed("owner", id, "looked")),
    /^No reply received by .* \(asked once, delivery not confirmed\)/,
  );
  const late = await deed("owner", id, "replied", { channel: "post", text: TEXT });
  assert.match(saidOf(late), /^A reply came on /);
  assert.equal((await deed("owner", id, "looked")).code, "look_reply_came");
});

test("an e-mail goes out once, by the group's own server, and one that somebody has as a file is taken in", async () => {
  await using mail = await startMailServer();
  const keys = join(house.folder, "keys");
  await writeMailAccount(keys, { address: "questions@ask.hollow.example", smtp: mail.server });
  const id = await askedByOwner();
  const letter = { channel: "email", by: laterDay(20), address: "w.thornby@lanterns.example" };
  assert.equal((await deed("owner", id, "letters", { ...letter, address: undefined })).code, "letter_to_nobody");
  const sent = await deed("owner", id, "letters", letter);
  assert.match(saidOf(sent), /^Sent on /);
  assert.deepEqual(sent.letters[0]?.sayable, [], "the server's word is not gainsaid");
  await good(await house.ask("/api/mail/exchange", { method: "POST", cookie: house.cookies.owner, json: {} }));
  assert.equal(mail.received.length, 1);
  assert.match(mail.received[0]?.bytes.toString("latin1") ?? "", /^Reply-To: questions\+[0-9a-f]{20}@ask/m);
  const form = new FormData();
  form.append("file", new Blob([MAIL]), "reply.eml");
  const taken = await house.app.request(
    `${BASE_URL}/api/mail?of=${id}`,
    { method: "POST", body: form, headers: { origin: BASE_URL, cookie: house.cookies.reviewer } },
    { incoming: { socket: { remoteAddress: "10.0.0.9" } } },
  );
  const { replies } = (await (await good(taken)).json()) as Answer;
  assert.deepEqual([replies[0]?.nature, replies[0]?.text?.trim()], ["unclear", TEXT]);
});

test("a pause keeps letters back until it ends", async () => {
  const id = await askedByOwner();
  const paused = await deed("reviewer", id, "paused", { from: laterDay(-1), reason: "ill" });
  assert.equal((await deed("owner", id, "letters", PAPER)).code, "letter_resting");
  await deed("owner", id, "resumed", { pause: paused.pauses[0]?.id });
  assert.equal((await deed("owner", id, "letters", PAPER)).code, "letter_resting", "today is still within it");
  assert.equal((await deed("owner", id, "resumed", { pause: id })).http, 404);
});
