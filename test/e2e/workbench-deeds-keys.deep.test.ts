/** What is done besides the main path, with keys alone, at a desk: reached by Tab, done by Enter, Space, arrows and typing. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { testSigner } from "../note-keys.ts";
import {
  type Askable,
  arrive,
  codeAt,
  cookiesOf,
  emailOf,
  good,
  joinAs,
  PASSWORD,
  passwordOnly,
} from "../server/house.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { takenIn } from "../server/sender.ts";
import { startWitness } from "../witness-server.ts";
import { type Keys, keysOf } from "./by-keys.ts";
import { button, link, PATIENCE } from "./deeds.ts";
import { addPasskeyDevice } from "./virtual-passkeys.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { account, find, health, inbox, keep, look, mine, people, sample, settings, shell } = en;
const PASSPHRASE = "lantern ladder lattice lemon";

let workbench: OpenWorkbench;
let ids: readonly string[];

before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
  const posts = [1, 2, 3].map((n) => ({ ...POST, title: `Notice ${n}`, url: `https://townsquare.example/p/${n}` }));
  ids = await sealPosts(
    workbench.house.folder,
    posts.map((one) => ({ ...one, case: "Bins" })),
  );
});
after(() => workbench?.[Symbol.asyncDispose]());

async function told<T>(path: string): Promise<T> {
  const { house, cookie } = workbench;
  return (await (await good(await house.ask(path, { cookie }))).json()) as T;
}

interface Seated {
  readonly page: Page;
  readonly keys: Keys;
  readonly end: () => Promise<void>;
}

/** At the first screen; from there to the one of that name in the member's menu. */
async function seated(door?: string): Promise<Seated> {
  const { page, complaints } = await workbench.open("/");
  page.setDefaultTimeout(PATIENCE);
  const keys = keysOf(page);
  if (door !== undefined) {
    await keys.enter(page.locator("button.member"));
    await keys.enter(link(page, new RegExp(`^${door}`)));
  }
  const end = async (): Promise<void> => {
    assert.deepEqual(complaints, []);
    await page.context().close();
  };
  return { page, keys, end };
}

test("People by keys: invited, withdrawn, given another role, removed", async () => {
  const { house, cookie } = workbench;
  await joinAs(house, cookie, "guest", emailOf("guest"));
  await arrive(house, emailOf("guest"));
  const { page, keys, end } = await seated(shell.people);
  await keys.choose(page.getByLabel(people.invite.as), people.roles.reviewer);
  await keys.enter(button(page, people.invite.make));
  await page.getByLabel(people.invite.link).waitFor();
  await keys.enter(button(page, people.invite.copy));
  await keys.enter(button(page, /^Withdraw the invitation as .Reviewer/));
  await page.getByRole("heading", { name: people.invite.open }).waitFor({ state: "detached" });
  await page.reload();
  await keys.choose(page.getByLabel(/^Role of .guest/), people.roles.contributor);
  const members = async () => (await told<{ members: { role: string }[] }>("/api/members")).members;
  await page.waitForFunction(async () => (await (await fetch("/api/members")).text()).includes('"contributor"'));
  assert.ok((await members()).some(({ role }) => role === "contributor"));
  await keys.enter(button(page, /^Remove .guest/));
  await button(page, people.keep).waitFor();
  await keys.enter(button(page, people.remove));
  await page.getByLabel(/^Role of .guest/).waitFor({ state: "detached" });
  assert.equal((await members()).length, 1);
  await end();
});

test("Keep by keys: a back-up is made, a case is handed out and taken in", async () => {
  const { page, keys, end } = await seated(shell.keep);
  await keys.type(page.locator("input[name=passphrase]"), PASSPHRASE);
  await keys.type(page.locator("input[name=again]"), PASSPHRASE);
  const [backUp] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(backUp.suggestedFilename(), /\.age$/);
  await page.getByText(/^Done: .*It was checked/).waitFor();
  await keys.to(page.getByLabel(keep.case.which, { exact: true }));
  const making = page.waitForEvent("download");
  await keys.enter(button(page, keep.case.make));
  const zip = await (await making).path();
  await page.getByText(/^Done: .*\.zip/).waitFor();
  const choosing = page.waitForEvent("filechooser");
  await keys.enter(page.getByLabel(keep.taking.file));
  await (await choosing).setFiles(zip);
  await keys.type(page.getByLabel(keep.taking.as), "Again");
  await page.keyboard.press("Enter");
  const taking = page.getByRole("region", { name: keep.taking.title });
  await link(taking, keep.taking.look).waitFor();
  await keys.enter(link(taking, keep.taking.look));
  await page.waitForURL(/\/find\?case=/);
  await end();
});

test("Settings and Health by keys: limits, a language, an authority's fields; looked at again", async () => {
  const { page, keys, end } = await seated(shell.settings);
  const group = page.getByRole("region", { name: settings.group.title });
  await keys.type(group.getByLabel(settings.group.capturedBy), "The night watch");
  await page.keyboard.press("Enter");
  await group.getByText(settings.kept).waitFor();
  const limits = page.getByRole("region", { name: settings.limits.title });
  await keys.to(limits.getByLabel(settings.limits.atOnce));
  await page.keyboard.press("ArrowDown");
  await keys.enter(button(limits, settings.keep));
  await limits.getByText(settings.kept).waitFor();
  const written = JSON.parse(await readFile(join(workbench.house.folder, "config.json"), "utf8"));
  assert.deepEqual([written.capturedBy, written.capture.atOnce], ["The night watch", 1]);
  await keys.enter(button(limits, settings.limits.usual));
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("input[name=atOnce]")?.value === "2");
  await keys.enter(page.locator("button.member"), "Shift+Tab");
  await keys.enter(link(page, shell.health));
  await page.locator(".check").first().waitFor();
  await keys.enter(page.locator(".check summary").first());
  await page.locator(".check details[open]").waitFor();
  const again = page.waitForResponse((response) => response.url().endsWith("/api/health"));
  await keys.enter(button(page, health.again), "Shift+Tab");
  assert.equal((await again).status(), 200);
  await end();
});

test("a witness by keys: added, asked, removed", async () => {
  await using witness = await startWitness(testSigner("witness.example/w", 9, 4), [
    workbench.house.house.record().vkey,
  ]);
  const { page, keys, end } = await seated(shell.settings);
  const witnesses = page.getByRole("region", { name: settings.witnesses.title });
  await keys.type(witnesses.getByLabel(settings.witnesses.key), witness.vkey);
  await keys.type(witnesses.getByLabel(settings.witnesses.url), witness.url);
  await keys.enter(button(witnesses, settings.add));
  await keys.enter(button(witnesses, /^Ask .witness\.example\/w. to countersign now/), "Shift+Tab");
  await witnesses.getByText(/witness\.example\/w\W? countersigned at/).waitFor();
  assert.equal(witness.statuses.at(-1), 200);
  await keys.enter(button(witnesses, /^Remove the witness/));
  await witnesses.getByText(settings.witnesses.none).waitFor();
  await witnesses.getByRole("status").getByText("witness.example/w").waitFor();
  assert.equal(await page.locator("*:focus").textContent(), settings.witnesses.title);
  const written = JSON.parse(await readFile(join(workbench.house.folder, "config.json"), "utf8"));
  assert.deepEqual(written.witnesses ?? [], []);
  await end();
});

test("passkeys by keys: added, named, removed; and a session of one's own elsewhere is ended", async () => {
  const { page, keys, end } = await seated(shell.account);
  await addPasskeyDevice(page);
  const passkeys = page.getByRole("region", { name: account.passkeys.title });
  await keys.enter(button(passkeys, account.passkeys.add));
  await passkeys.getByText(account.passkeys.added).waitFor();
  await keys.enter(button(passkeys, /^Rename /), "Shift+Tab");
  // The field has the focus, and what stands in it is typed over.
  await passkeys.locator("input:focus").waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Desk");
  await page.keyboard.press("Enter");
  await passkeys.getByText("Desk", { exact: true }).waitFor();
  await keys.enter(button(passkeys, /^Remove .Desk/));
  await passkeys.getByText(account.passkeys.none).waitFor();

  const { house, secret } = workbench;
  const cookie = await signedInElsewhere(house, secret);
  await good(await house.ask("/api/me", { cookie }));
  await keys.enter(page.locator("button.member"), "Shift+Tab");
  await keys.enter(link(page, shell.sessions));
  const sessions = page.getByRole("list", { name: mine.sessions.title });
  await sessions.getByText(mine.sessions.here, { exact: true }).waitFor();
  // The newest stands first; another is where the house was founded.
  await sessions.getByRole("listitem").nth(2).waitFor();
  await keys.enter(button(sessions, /^Sign out on /).first());
  await sessions.getByRole("listitem").nth(2).waitFor({ state: "detached" });
  await page
    .getByRole("status")
    .getByText(/^Signed out: /)
    .waitFor();
  // The next row is one's own session, which has no button.
  assert.equal(await page.locator("*:focus").textContent(), mine.sessions.title);
  assert.equal((await house.ask("/api/me", { cookie })).status, 401);
  await end();
});

/** The owner's cookies in a browser on another device. */
async function signedInElsewhere(house: Askable, secret: Uint8Array): Promise<string> {
  const cookie = await passwordOnly(house, emailOf("owner"));
  const json = { code: codeAt(secret, Date.now() + 30_000) };
  return cookiesOf(
    await good(await house.ask("/api/auth/two-factor/verify-totp", { method: "POST", cookie, json })),
    cookie,
  );
}

test("the form for others and what was sent in, by keys: opened, read, declined with a reason, erased", async () => {
  const { page, keys, end } = await seated(shell.intake);
  await keys.space(page.getByLabel(inbox.door.open));
  await keys.type(page.getByLabel(inbox.door.greeting), "Posts about the bins.");
  await keys.type(page.getByLabel(inbox.door.reasons), "It is gone already.");
  await keys.enter(button(page, inbox.door.keep));
  await page.getByText(inbox.door.kept).waitFor();
  const door = await told<{ open: boolean; greeting: string }>("/api/intake/door");
  assert.deepEqual([door.open, door.greeting], [true, "Posts about the bins."]);
  const code = await takenIn(workbench.house, { words: "Look at the lane.", links: ["http://127.0.0.1:1/sent"] });
  await page.reload();
  await keys.enter(page.locator("button.member"));
  await keys.enter(link(page, new RegExp(`^${shell.sentIn}`)));
  await keys.enter(button(page, new RegExp(`^Look at receipt .${code.slice(0, 9)}`)));
  await page.getByText("Look at the lane.").waitFor();
  await keys.enter(button(page, inbox.decline));
  await keys.choose(page.getByLabel(inbox.declineTitle), "It is gone already.");
  await keys.enter(button(page, inbox.declineYes));
  await page.getByText(/The sender is told: .?It is gone already/).waitFor();
  await keys.enter(button(page, inbox.reopen));
  await button(page, inbox.save).waitFor();
  await keys.enter(button(page, inbox.erase).last());
  await keys.enter(button(page, inbox.eraseYes));
  await page.getByText("Look at the lane.").waitFor({ state: "detached" });
  await end();
});

test("filed by keys, in its dialogs; then erased, and that is confirmed", async () => {
  const { page, keys, end } = await seated();
  await keys.enter(link(page.getByRole("navigation", { name: shell.doors }), shell.find));
  for (const id of ids.slice(0, 2)) await keys.space(page.getByRole("checkbox", { name: new RegExp(id) }), "Shift+Tab");
  await page.getByText(counted("en", look.chosen, 2)).waitFor();
  const done = page.getByText(counted("en", find.many.done, 2));
  await keys.enter(button(page, find.many.tag));
  await keys.type(page.getByRole("dialog").getByLabel(find.tag), "march");
  await page.keyboard.press("Enter");
  await done.waitFor();
  await keys.enter(button(page, find.many.close));
  await keys.enter(button(page, find.many.put));
  await keys.type(page.getByRole("dialog").getByLabel(find.caseOf), "Spring");
  await keys.enter(button(page.getByRole("dialog"), find.put));
  await done.waitFor();
  await keys.enter(button(page, find.many.close));
  type Filed = { exhibits: { id: string; tags: string[] }[] };
  const filed = await told<Filed>("/api/exhibits?case=Spring");
  assert.deepEqual(filed.exhibits.map(({ id }) => id).toSorted(), ids.slice(0, 2).toSorted());
  assert.ok(filed.exhibits.every(({ tags }) => tags.includes("march")));
  await keys.enter(page.locator(`a[href="/look/${ids[0]}"]`));
  await page.waitForURL(new RegExp(ids[0] as string));
  await keys.enter(page.locator("summary", { hasText: find.change }));
  await keys.type(page.getByLabel(find.addTag), "school");
  await page.keyboard.press("Enter");
  await link(page, "school").waitFor();
  await keys.enter(button(page, look.erase));
  await keys.type(page.getByLabel(look.reason), "asked for");
  await keys.enter(button(page, look.eraseYes));
  await page.getByText(/^It was erased .*asked for/).waitFor();
  const { exhibit } = await told<{ exhibit: { state: string } }>(`/api/exhibits/${ids[0]}`);
  assert.equal(exhibit.state, "erased");
  await end();
});

test("the sample by keys: made, looked at, removed", async () => {
  const { page, keys, end } = await seated();
  page.setDefaultTimeout(120_000);
  await keys.enter(button(page, sample.make));
  await page.getByText(sample.there).waitFor();
  await keys.enter(link(page.getByRole("region", { name: sample.title }), sample.look));
  await page.locator(".exhibit-row .chip", { hasText: sample.chip }).nth(2).waitFor();
  await keys.enter(link(page, shell.name), "Shift+Tab");
  await keys.enter(button(page, sample.remove));
  await page.getByText(sample.removed).waitFor();
  await end();
});

test("one's account by keys: new recovery codes, another password", async () => {
  const { page, keys, end } = await seated(shell.account);
  const app = page.getByRole("region", { name: account.app.title });
  await keys.enter(button(app, account.app.codes));
  await keys.type(app.locator("input[name=password]"), PASSWORD);
  await page.keyboard.press("Enter");
  await app.getByRole("list", { name: en.enter.second.codes }).waitFor();
  await keys.type(page.locator("input[name=now]"), PASSWORD, "Shift+Tab");
  await keys.type(page.locator("input[name=next]"), `${PASSWORD} indeed`);
  await page.keyboard.press("Enter");
  await page.getByText(account.password.changed).waitFor();
  await end();
});
