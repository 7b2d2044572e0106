/** What strangers send in: taken in once and whole, told in plain states, taken, declined or erased by members. */
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { openZip, readMember } from "../../src/verify/zip.ts";
import { startManyLinks } from "../many-links-site.ts";
import { type FoundedHouse, foundedHouse, good } from "./house.ts";
import { askForWork, doWork, inbox, newKey, openDoor, type Receipt, receipt, send, sendIn, solve } from "./sender.ts";

const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}$/;
const LINK = "https://x.example/posts/1";
let home: FoundedHouse;
let site: Awaited<ReturnType<typeof startManyLinks>>;
let png: string;
before(async () => {
  home = await foundedHouse({ allowPrivate: true });
  site = await startManyLinks(1);
  const drawn = sharp({ create: { width: 90, height: 120, channels: 3, background: "#d8d0c0" } });
  png = (await drawn.png().toBuffer()).toString("base64");
});
after(async () => {
  await home[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const ask = (...args: Parameters<FoundedHouse["ask"]>) => home.ask(...args);
const { stringify } = JSON;
const refOf = (code: string): string => code.slice(0, 9);
const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { code: string } }).error.code;
const bytesOf = (name: string): string => readFileSync(join(home.folder, name)).toString("latin1");
const standings = ({ parts }: Receipt): readonly string[] => parts.map(({ standing }) => standing);

test("the form is closed until an owner or organiser opens it; what was sent before can still be asked after", async () => {
  assert.deepEqual(await (await good(await ask("/api/intake"))).json(), { open: false });
  assert.equal((await ask("/api/intake/work", { method: "POST" })).status, 404);
  assert.equal((await send(ask, { links: LINK }, { work: "e30=" })).status, 404);
  await openDoor(home, home.cookies.organiser, "Links only.\u0000\r\nThanks.");
  const form = (await (await good(await ask("/api/intake"))).json()) as { greeting: string };
  assert.deepEqual(form, {
    open: true,
    group: "Northside Monitor",
    greeting: "Links only.\nThanks.",
    links: 20,
    pictures: 2,
    pictureBytes: 8 << 20,
  });
  const code = await sendIn(ask, { links: LINK });
  const json = { open: false, greeting: "", reasons: [] };
  await good(await ask("/api/intake/door", { method: "PUT", cookie: home.cookies.owner, json }));
  assert.equal((await receipt(ask, code)).state, "received");
  await openDoor(home, home.cookies.owner);
});

test("a receipt comes once all is on disk; the code is kept nowhere, and typed as people type", async () => {
  const code = await sendIn(ask, {
    links: `Look at this ${LINK}`,
    pictures: [png],
    words: "As agreed",
    contact: "Dana, 050-0",
  });
  assert.match(code, CODE);
  assert.equal(statSync(join(home.folder, "intake.sqlite")).mode & 0o777, 0o600);
  for (const name of ["intake.sqlite", "members.sqlite"]) assert.ok(!bytesOf(name).includes(code.slice(10)), name);
  const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")}\n`.trim();
  assert.deepEqual(await receipt(ask, typed), {
    ...(await receipt(ask, code)),
    ref: refOf(code),
    state: "received",
    words: 1,
  });
  assert.deepEqual(standings(await receipt(ask, code)), ["waiting", "waiting"]);
  assert.ok(!stringify(await receipt(ask, code)).includes("x.example"), "a code in other hands tells what was sent");
});

test("the same key is taken in once, at once or later, and told the same code", async () => {
  const key = newKey();
  const [first, second] = [await doWork(ask), await doWork(ask)];
  const both = await Promise.all([first, second].map((work) => send(ask, { key, links: LINK }, { work })));
  const codes = await Promise.all(both.map(async (answer) => ((await answer.json()) as { code: string }).code));
  const again = await send(ask, { key, links: LINK }, { work: first });
  codes.push(((await again.json()) as { code: string }).code);
  assert.deepEqual([new Set(codes).size, again.status], [1, 201]);
  const { sent } = (await (await good(await ask("/api/inbox", { cookie: home.cookies.owner }))).json()) as {
    sent: readonly { ref: string }[];
  };
  assert.equal(sent.filter(({ ref }) => ref === refOf(codes[0] ?? "")).length, 1);
});

test("without its piece of work nothing is taken in: missing, made up, altered, used", async () => {
  const challenge = await askForWork(ask);
  const work = await solve(challenge);
  const altered = JSON.parse(Buffer.from(work, "base64").toString()) as {
    challenge: { parameters: { expiresAt: number } };
  };
  altered.challenge.parameters.expiresAt += 1;
  const wrong = ["", "e30=", "!", Buffer.from(stringify(altered)).toString("base64"), "A".repeat(5000)];
  const unsolved = { challenge, solution: { counter: 1, derivedKey: "00".repeat(32) } };
  wrong.push(Buffer.from(stringify(unsolved)).toString("base64"));
  for (const bad of wrong)
    assert.equal((await send(ask, { links: LINK }, { work: bad })).status, 400, bad.slice(0, 40));
  const answer = await good(await send(ask, { links: LINK }, { work }));
  assert.match(((await answer.json()) as { code: string }).code, CODE);
  assert.equal((await send(ask, { links: LINK }, { work })).status, 400);
});

test("another site cannot send, nor do anything else, in a visitor's name", async () => {
  const work = await doWork(ask);
  const elsewhere = { work, headers: { origin: "https://elsewhere.example" } };
  assert.equal((await send(ask, { links: LINK }, elsewhere)).status, 403);
  const form = { work, headers: { "content-type": "text/plain" } };
  assert.equal((await send(ask, { links: LINK }, form)).status, 415);
  const code = await sendIn(ask, { links: LINK });
  const headers = { "placard-receipt": code, origin: "https://elsewhere.example" };
  assert.equal((await ask("/api/intake/receipt/withdrawal", { method: "POST", headers, json: {} })).status, 403);
});

test("codes that are not there are answered alike, and guessing soon ends", async () => {
  const code = await sendIn(ask, { links: LINK });
  const guesses = [
    "",
    "no",
    "0000-0000-0000-0000-0000-0000",
    code.slice(0, -1),
    `${code.slice(0, 10)}0000-0000-0000-0000`,
  ];
  const answers = new Set<string>();
  for (const guess of guesses)
    answers.add(await (await ask("/api/intake/receipt", { headers: { "placard-receipt": guess } })).text());
  assert.equal(answers.size, 1);
  const from = "203.0.113.9";
  const statuses: number[] = [];
  for (let i = 0; i < 21; i++)
    statuses.push((await ask("/api/intake/receipt", { from, headers: { "placard-receipt": code } })).status);
  assert.deepEqual(statuses, [...Array<number>(20).fill(200), 429]);
  // Whoever has a whole network of addresses is one.
  const sixes = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2"];
  const many = await Promise.all(
    Array.from({ length: 22 }, (_, i) =>
      ask("/api/intake/receipt", { from: sixes[i % 2] ?? "", headers: { "placard-receipt": code } }),
    ),
  );
  assert.equal(many.filter(({ status }) => status === 429).length, 2);
});

test("a member looks, and saves: the picture as received, the link as their own; neither knows the sender", async () => {
  const [link = ""] = site.links(1);
  const code = await sendIn(ask, {
    links: link,
    pictures: [png],
    words: "Both are gone soon",
    contact: "Dana, 050-1234567",
  });
  const ref = refOf(code);
  const { reviewer } = home.cookies;
  const listed = await (await good(await ask("/api/inbox", { cookie: reviewer }))).text();
  assert.ok(listed.includes(ref) && !/gone soon|050-|127\.0\.0\.1/.test(listed), "told before it was asked for");
  const told = await inbox(ask, reviewer, `/${ref}/look`);
  assert.deepEqual(
    [told.contact, told.messages.map(({ text }) => text)],
    ["Dana, 050-1234567", ["Both are gone soon"]],
  );
  assert.equal((await receipt(ask, code)).state, "looked");

  const taken = await inbox(ask, reviewer, `/${ref}/pictures/2/import`, "POST", { from: "Somebody, by the form" });
  const { exhibit = "" } = taken.parts.find(({ kind }) => kind === "picture") ?? {};
  const { fields } = await home.house.record().show(exhibit);
  assert.deepEqual(
    [fields["sentIn"], fields["receivedFrom"], fields["fileName"]],
    [ref, "Somebody, by the form", "sent-in-2.png"],
  );
  await Promise.all([1, 2].map(() => ask(`/api/inbox/${ref}/save`, { method: "POST", cookie: reviewer, json: {} })));
  const again = await ask(`/api/inbox/${ref}/save`, { method: "POST", cookie: home.cookies.owner, json: {} });
  assert.equal(again.status, 409);
  for (let tries = 0; !standings(await receipt(ask, code)).every((one) => one === "saved"); tries++) {
    assert.ok(tries < 300, stringify(await inbox(ask, reviewer, `/${ref}/look`)));
    await sleep(100);
  }
  const saved = (await inbox(ask, reviewer, `/${ref}/look`)).parts.map((part) => part.exhibit ?? "");
  assert.equal((await home.house.record().list()).filter(({ url }) => url === link).length, 1);
  for (const id of saved) {
    const view = await (await good(await ask(`/api/exhibits/${id}`, { cookie: reviewer }))).text();
    assert.match(view, new RegExp(`It was sent in by the form, receipt ${ref}`));
    const { fields: sealed } = await home.house.record().show(id);
    assert.ok(!/Dana|1234567/.test(stringify(sealed)));
    const guests = await (await good(await ask(`/api/exhibits/${id}`, { cookie: home.cookies.guest }))).text();
    assert.ok(!guests.includes(ref), "a guest is told the receipt");
    const proof = await (await good(await ask(`/api/exhibits/${id}/proof`, { cookie: reviewer }))).arrayBuffer();
    const [act] = (await openZip(new Blob([proof]), { plain: true })).entries;
    assert.equal(act?.name, "act.sdjwt");
    const text = new TextDecoder().decode(await readMember(act, 1 << 20));
    const told = text.split(/[.~]/).map((one) => Buffer.from(one, "base64url").toString());
    assert.ok(
      told.some((one) => /edBy"/.test(one)),
      "nothing was read",
    );
    assert.ok(!told.some((one) => one.includes(ref)), "a proof tells the receipt");
  }

  // Taken back: what is sealed stays until a member erases it, and the members are asked to.
  const withdrawn = await receipt(ask, code, "/withdrawal");
  assert.deepEqual([withdrawn.state, standings(withdrawn)], ["withdrawn", ["saved", "saved"]]);
  const after = await (await good(await ask("/api/inbox", { cookie: reviewer }))).json();
  const row = (after as { sent: readonly { ref: string; toErase: readonly string[] }[] }).sent.find(
    (one) => one.ref === ref,
  );
  assert.deepEqual(row?.toErase.toSorted(), saved.toSorted());
  for (const id of saved)
    await good(
      await ask(`/api/exhibits/${id}`, {
        method: "DELETE",
        cookie: home.cookies.owner,
        json: { reason: "Asked for." },
      }),
    );
  assert.deepEqual(standings(await receipt(ask, code)), ["gone", "gone"]);
});

test("taken back before it is sealed, nothing of it is left", async () => {
  const marks = { words: "wordsofthesender", contact: "contactofthesender" };
  const code = await sendIn(ask, { links: "https://linkofthesender.example/", pictures: [png], ...marks });
  assert.ok(bytesOf("intake.sqlite").includes("wordsofthesender"));
  await receipt(ask, code, "/words", { text: "onemorewordofthesender" });
  const ref = refOf(code);
  // Asked for, and waiting: what captures is not let at it.
  const { house } = home;
  const batch = newKey();
  (await house.intake()).sent.assign(ref, [1], batch);
  await house.record().askFor(["https://linkofthesender.example/"], { key: batch, actor: "actor-x", sentIn: ref });
  const withdrawn = await receipt(ask, code, "/withdrawal");
  assert.equal(withdrawn.state, "withdrawn");
  for (const name of ["intake.sqlite", "agenda.sqlite"]) assert.doesNotMatch(bytesOf(name), /ofthesender/, name);
  assert.equal(
    (await ask(`/api/inbox/${ref}/save`, { method: "POST", cookie: home.cookies.owner, json: {} })).status,
    409,
  );
  const words = { method: "POST", headers: { "placard-receipt": code }, json: { text: "late" } };
  assert.equal((await ask("/api/intake/receipt/words", words)).status, 409);
  assert.equal((await ask(`/api/inbox/${ref}/pictures/2`, { cookie: home.cookies.owner })).status, 404);
});

test("what the members erased but for what is sealed can still be taken back; a new word is told as one", async () => {
  const code = await sendIn(ask, { pictures: [png, png], words: "Both" });
  const path = `/${refOf(code)}`;
  const { owner } = home.cookies;
  const rowNow = async () => {
    const { sent } = (await (await good(await ask("/api/inbox", { cookie: owner }))).json()) as {
      sent: readonly { ref: string; state: string; unread: boolean; open: boolean; toErase: readonly string[] }[];
    };
    return sent.find(({ ref }) => ref === refOf(code));
  };
  await inbox(ask, owner, `${path}/pictures/1/import`, "POST", { from: "Somebody" });
  assert.equal((await rowNow())?.open, false);
  await receipt(ask, code, "/words", { text: "One more thing" });
  assert.deepEqual([(await rowNow())?.unread, (await rowNow())?.open], [true, true]);
  await inbox(ask, owner, `${path}/look`);
  assert.equal((await rowNow())?.open, false);
  assert.equal(
    (await ask(`/api/inbox${path}/decline`, { method: "POST", cookie: owner, json: { reason: "" } })).status,
    409,
  );
  const { state, messages } = await inbox(ask, owner, path, "DELETE");
  assert.deepEqual([state, messages], ["taken", []]);
  await receipt(ask, code, "/withdrawal");
  const row = await rowNow();
  assert.deepEqual([row?.state, row?.open, row?.toErase.length], ["withdrawn", true, 1]);
  assert.equal((await ask(`/api/inbox${path}`, { method: "DELETE", cookie: owner })).status, 409);
});

test("declined with a reason that the sender reads, taken up again, erased", async () => {
  const code = await sendIn(ask, { links: LINK, words: "Please", contact: "c@example.org" });
  const path = `/${refOf(code)}`;
  const { owner } = home.cookies;
  await inbox(ask, owner, `${path}/decline`, "POST", { reason: "It is gone already." });
  const { state, reason } = await receipt(ask, code);
  assert.deepEqual([state, reason], ["declined", "It is gone already."]);
  await inbox(ask, owner, `${path}/reopen`);
  assert.equal((await receipt(ask, code)).state, "received");
  const { contact } = await inbox(ask, owner, `${path}/contact`, "DELETE");
  assert.equal(contact, undefined);
  const { messages, parts } = await inbox(ask, owner, path, "DELETE");
  assert.deepEqual([messages, parts], [[], []]);
  assert.equal((await receipt(ask, code)).state, "erased");
  assert.equal((await ask(`/api/inbox${path}/reopen`, { method: "POST", cookie: owner, json: {} })).status, 409);
  assert.equal(
    await codeOf(await ask("/api/inbox/0000-0000/look", { method: "POST", cookie: owner, json: {} })),
    "not_found",
  );
});
