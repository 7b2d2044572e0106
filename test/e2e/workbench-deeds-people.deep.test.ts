/** People and Settings, on a telephone and at a desk: who is let in, becomes what, is shut out; and how the house is set. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { he } from "../../src/workbench/words/he.ts";
import { testSigner } from "../note-keys.ts";
import { codeAt, fromBase32, good, PASSWORD } from "../server/house.ts";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../timestamp-authority.ts";
import { startWitness, type WitnessServer } from "../witness-server.ts";
import { button, link, openAt, type Size } from "./deeds.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { enter, mine, people, settings, shell } = en;

let workbench: OpenWorkbench;
let witness: WitnessServer;
let authority: TimestampAuthority | undefined;

before(async () => {
  if (opensslMissing() === false) authority = await startTimestampAuthority({ key: "ec" });
  workbench = await openWorkbench({ allowPrivate: true });
  witness = await startWitness(testSigner("witness.example/w", 9, 4), [workbench.house.house.record().vkey]);
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await witness?.[Symbol.asyncDispose]();
  await authority?.[Symbol.asyncDispose]();
});

async function told<T>(path: string): Promise<T> {
  const { house, cookie } = workbench;
  return (await (await good(await house.ask(path, { cookie }))).json()) as T;
}
const members = async () => (await told<{ members: { name: string; role: string }[] }>("/api/members")).members;
const invitations = async () => (await told<{ invitations: object[] }>("/api/invitations")).invitations;
const written = async () => JSON.parse(await readFile(join(workbench.house.folder, "config.json"), "utf8"));

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    assert.ok(tries < 100, what);
    await sleep(100);
  }
}

/** Fills in who somebody is, and sets up the app; returns what the app knows. */
async function joinWith(
  page: Page,
  press: (what: ReturnType<typeof button>) => Promise<void>,
  name: string,
  email: string,
) {
  await page.getByLabel(enter.you).fill(name);
  await page.getByLabel(enter.email).fill(email);
  await page.locator('input[value="password"]').check();
  await page.locator("input[name=password]").fill(PASSWORD);
  await press(button(page, enter.join.button));
  await press(button(page, enter.second.useApp));
  const secret = fromBase32(((await page.locator(".secret").textContent()) ?? "").replace(/\s/g, ""));
  await page.getByLabel(enter.signIn.code).fill(codeAt(secret));
  await press(button(page, enter.signIn.goOn));
  await press(button(page, enter.second.written));
  await page.getByRole("heading", { name: shell.home.title }).waitFor();
  return secret;
}

async function openMenu(page: Page, press: (what: ReturnType<typeof button>) => Promise<void>, name: string) {
  await press(page.locator("button.member"));
  await press(link(page, name));
}

for (const size of ["phone", "desk"] as const satisfies readonly Size[]) {
  test(`${size}: somebody is invited, joins in another browser, is given another role; another invitation is withdrawn`, async () => {
    const [name, email] = [`Dana ${size}`, `dana-${size}@example.org`];
    const { page, press, complaints, close } = await openAt(size, workbench, "/");
    await openMenu(page, press, shell.people);
    await page.getByLabel(people.invite.as).selectOption("guest");
    await press(button(page, people.invite.make));
    const first = await page.getByLabel(people.invite.link).inputValue();
    await press(button(page, people.invite.copy));
    await page.getByText(people.invite.copied).or(page.getByText(people.invite.byHand)).waitFor();
    const path = new URL(first).pathname + new URL(first).hash;
    const theirs = await openAt(size, workbench, path, { as: "" });
    await theirs.page.getByText(people.whatOf.guest).waitFor();
    const secret = await joinWith(theirs.page, theirs.press, name, email);
    assert.deepEqual(await theirs.page.locator(".door").allInnerTexts(), [shell.look, shell.find]);

    await page.reload();
    await page.getByLabel(new RegExp(`^Role of .${name}`)).selectOption("contributor");
    await until(
      async () => (await members()).some((one) => one.name === name && one.role === "contributor"),
      "the role",
    );
    await theirs.page.reload();
    await theirs.page.locator(".door").nth(3).waitFor();
    await press(button(page, people.invite.make));
    const second = await page.getByLabel(people.invite.link).inputValue();
    assert.equal((await invitations()).length, 1);
    await press(button(page, /^Withdraw the invitation as .Contributor/));
    await page.getByRole("heading", { name: people.invite.open }).waitFor({ state: "detached" });
    assert.deepEqual(await invitations(), []);
    for (const used of [first, second]) {
      const late = await openAt(size, workbench, new URL(used).pathname + new URL(used).hash, { as: "" });
      await late.page.getByRole("alert").waitFor();
      assert.equal(await late.page.getByLabel(enter.you).count(), 0, "used, or withdrawn");
      await late.close();
    }

    // The member signs in on another device, and ends the session on the first.
    const other = await openAt(size, workbench, "/sign-in", { as: "" });
    await other.page.getByLabel(enter.email).fill(email);
    await other.page.locator("input[name=password]").fill(PASSWORD);
    await other.press(button(other.page, enter.signIn.enter));
    // From one address so much signing in is told to wait a little; that is done.
    const tooOften = other.page.getByRole("alert");
    await tooOften.or(other.page.getByLabel(enter.signIn.code)).first().waitFor();
    if ((await tooOften.count()) > 0) {
      await sleep(11_000);
      await other.press(button(other.page, enter.signIn.enter));
    }
    await other.page.getByLabel(enter.signIn.code).fill(codeAt(secret, Date.now() + 30_000));
    await other.press(button(other.page, enter.signIn.goOn));
    await other.page.getByRole("heading", { name: shell.home.title }).waitFor();
    await openMenu(other.page, other.press, shell.sessions);
    const list = other.page.getByRole("list", { name: mine.sessions.title }).getByRole("listitem");
    await list.nth(1).waitFor();
    await other.press(list.getByText(mine.sessions.end));
    await list.nth(1).waitFor({ state: "detached" });
    await theirs.page.reload();
    await theirs.page.getByRole("heading", { name: enter.signIn.title }).waitFor();
    await other.page.reload();
    await list.getByText(mine.sessions.here, { exact: true }).waitFor();

    await press(button(page, new RegExp(`^Remove .${name}`)));
    await press(button(page, people.remove));
    await page.getByRole("listitem").filter({ hasText: name }).waitFor({ state: "detached" });
    assert.deepEqual(
      (await members()).filter((one) => one.name === name),
      [],
    );
    await other.page.reload();
    await other.page.getByRole("heading", { name: enter.signIn.title }).waitFor();
    const toldToWait = other.complaints.filter((line) => !/status of 429/.test(line));
    assert.deepEqual([...complaints, ...theirs.complaints, ...toldToWait], []);
    await Promise.all([close(), theirs.close(), other.close()]);
  });

  test(`${size}: a witness and a time authority are added, asked, and removed`, async (t) => {
    const { page, press, complaints, close } = await openAt(size, workbench, "/");
    await openMenu(page, press, shell.settings);
    const witnesses = page.getByRole("region", { name: settings.witnesses.title });
    await witnesses.getByLabel(settings.witnesses.key).fill(witness.vkey);
    await witnesses.getByLabel(settings.witnesses.url).fill(witness.url);
    await press(button(witnesses, settings.add));
    await press(button(witnesses, /^Ask .witness\.example\/w. to countersign now/));
    await witnesses.getByText(/witness\.example\/w\W? countersigned at/).waitFor();
    assert.deepEqual((await written()).witnesses, [{ vkey: witness.vkey, url: witness.url }]);
    assert.equal(witness.statuses.at(-1), 200);
    await press(button(witnesses, /^Remove the witness/));
    await witnesses.getByText(settings.witnesses.none).waitFor();
    assert.deepEqual((await written()).witnesses ?? [], []);
    if (authority === undefined) t.diagnostic("no time authority was asked: openssl is missing");
    else {
      const time = page.getByRole("region", { name: settings.time.title });
      await time.locator("input[name=name]").fill("Invented Time");
      await time.getByLabel(settings.time.url).fill(authority.url);
      await press(button(time, settings.time.ask));
      await time.getByText(/^It answered\. /).waitFor();
      await press(button(time, settings.add));
      await time.getByText(settings.time.held, { exact: true }).waitFor();
      const [kept] = (await written()).timestampAuthorities;
      assert.deepEqual([kept.name, kept.url], ["Invented Time", authority.url]);
      assert.equal(Buffer.from(kept.certificate, "base64").length, 32);
      await press(button(time, /^Ask .Invented Time. for a stamp now/));
      await time.getByText(/^It answered\. .*Invented Timestamp Authority/).waitFor();
      await press(button(time, /^Remove .Invented Time/));
      await time.getByText(settings.time.none).waitFor();
      assert.deepEqual((await written()).timestampAuthorities ?? [], []);
    }
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${size}: what a capture may take is set, refused past its bounds, and put back; so is the house's language`, async () => {
    const { page, press, complaints, close } = await openAt(size, workbench, "/settings");
    const limits = page.getByRole("region", { name: settings.limits.title });
    await limits.getByLabel(settings.limits.seconds).fill("75");
    await limits.getByLabel(settings.limits.atOnce).fill("1");
    await press(button(limits, settings.keep));
    await limits.getByText(settings.kept).waitFor();
    const { capture } = await written();
    assert.deepEqual([capture.seconds, capture.atOnce], [75, 1]);
    await limits.getByLabel(settings.limits.seconds).fill("1000000");
    await press(button(limits, settings.keep));
    assert.equal(
      await limits.getByLabel(settings.limits.seconds).evaluate((field: HTMLInputElement) => field.validity.valid),
      false,
    );
    assert.equal((await written()).capture.seconds, 75);
    await press(button(limits, settings.limits.usual));
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("input[name=seconds]")?.value === "60");
    assert.equal((await written()).capture?.seconds ?? 60, 60);

    const group = page.getByRole("region", { name: settings.group.title });
    await group.getByLabel(settings.group.language).selectOption("he");
    await press(button(group, settings.keep));
    await until(async () => (await written()).language === "he", "the language is kept");
    // The owner has chosen none of their own.
    await page.reload();
    await page.getByRole("heading", { level: 1, name: he.settings.title }).waitFor();
    assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
    const hebrew = page.getByRole("region", { name: he.settings.group.title });
    await hebrew.getByLabel(he.settings.group.language).selectOption("en");
    await press(button(hebrew, he.settings.keep));
    await until(async () => (await written()).language === "en", "the language is put back");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: settings.title }).waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });
}
