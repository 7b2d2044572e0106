/** Day one in a real browser: the group begins, its first member gets a second factor, invites another; by keyboard too. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, type Page, type ViewportSize } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { he } from "../../src/workbench/words/he.ts";
import { fill } from "../../src/workbench/words/words.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { arrive, codeAt, emailOf, found, fromBase32, PASSWORD, SETUP_TOKEN } from "../server/house.ts";
import { asNew, looksRight, servedHouse, type Watched, watchedPage } from "./served-house.ts";
import { addPasskeyDevice } from "./virtual-passkeys.ts";
import { signIn as signInWith } from "./workbench-house.ts";

const LANGUAGES = { "en-GB": en, "he-IL": he } as const;
const SCREENS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } } as const;
/** A folder for pictures of the screens, for whoever wants to look at them. */
const shots = process.env["PLACARD_SHOTS"];

let browser: Browser;
before(async () => {
  browser = await launchOwnBrowser();
});
after(async () => {
  await browser?.close();
});

/** One for each language, as new for each who uses it. */
const windows = new Map<string, Watched>();

async function windowIn(locale: string, viewport: ViewportSize, url: string): Promise<Watched> {
  const before = windows.get(locale);
  const watched =
    before === undefined ? await watchedPage(browser, { viewport, locale }) : await asNew(before.page, url);
  await watched.page.setViewportSize(viewport);
  windows.set(locale, watched);
  return watched;
}

const byName = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** A passkey is offered first. */
const choosePassword = (page: Page) => page.locator('input[value="password"]').check();

async function enterCode(page: Page): Promise<void> {
  const secret = fromBase32(((await page.locator(".secret").textContent()) ?? "").replace(/\s/g, ""));
  await page.locator('[name="code"]').fill(codeAt(secret));
}

for (const [size, viewport] of Object.entries(SCREENS)) {
  for (const [locale, { enter, mine, people, shell }] of Object.entries(LANGUAGES)) {
    // In the ordinary run one language on each screen.
    if (process.env["PLACARD_DEEP"] !== "1" && (size === "phone") !== (locale === "he-IL")) continue;
    test(`day one, ${size}, ${locale}`, async () => {
      await using served = await servedHouse();
      const { page, complaints } = await windowIn(locale, viewport, served.url);
      const look = (name: string) =>
        looksRight(page, shots === undefined ? {} : { shot: `${shots}/${name}-${size}-${locale.slice(0, 2)}` });

      await page.goto(served.url);
      await page.getByRole("heading", { name: enter.start.noKeyTitle }).waitFor();
      await page.goto(`${served.url}/start#${SETUP_TOKEN}`);
      await look("1-start");
      await page.locator('[name="group"]').fill("Northside Monitor");
      await page.locator('[name="name"]').fill("רות Bloom");
      await page.locator('[name="email"]').fill("ruth@example.org");
      await choosePassword(page);
      await page.locator('[name="password"]').fill(PASSWORD);
      await byName(page, enter.start.begin).click();
      await page.getByRole("heading", { name: enter.second.title }).waitFor();
      await look("2-second");
      await byName(page, enter.second.useApp).click();
      await page.locator(".secret").waitFor();
      await look("3-scan");
      await page.locator('[name="code"]').fill("000000");
      await byName(page, enter.signIn.goOn).click();
      await page.getByRole("alert").getByText(shell.wrong.codes.invalid_code).waitFor();
      await enterCode(page);
      await byName(page, enter.signIn.goOn).click();
      await byName(page, enter.second.written).waitFor();
      await look("4-codes");
      await byName(page, enter.second.written).click();
      await page.getByRole("heading", { name: shell.home.title }).waitFor();
      await look("5-home");

      const menu = page.getByRole("button", { name: fill(shell.member, { name: "רות Bloom" }) });
      await menu.click();
      await page.getByRole("link", { name: shell.people }).waitFor();
      await look("6-menu");
      await page.getByRole("link", { name: shell.people }).click();
      await page.getByRole("heading", { name: people.title }).waitFor();
      await byName(page, people.invite.make).click();
      const link = await page.getByLabel(people.invite.link).inputValue();
      assert.match(link, new RegExp(`^${served.url}/join#`));
      await page.getByText(people.invite.open).waitFor();
      await look("7-people");

      await menu.click();
      await page.getByRole("link", { name: shell.sessions }).click();
      await page.getByText(mine.sessions.here, { exact: true }).waitFor();
      await look("8-sessions");
      await menu.click();
      await page.getByRole("link", { name: shell.preferences }).click();
      await page.getByLabel(mine.preferences.grey).waitFor();
      await look("9-preferences");

      await page.goto(`${served.url}/nowhere`);
      await look("10-lost");
      await menuOrBack(page, shell.lost.back);
      await page.getByRole("heading", { name: shell.home.title }).waitFor();
      assert.deepEqual(complaints, []);

      const other = await windowIn(locale, viewport, served.url);
      await other.page.goto(link);
      await other.page.locator('[name="name"]').waitFor();
      await looksRight(
        other.page,
        shots === undefined ? {} : { shot: `${shots}/11-join-${size}-${locale.slice(0, 2)}` },
      );
      await other.page.goto(`${served.url}/people`);
      await other.page.getByRole("heading", { name: enter.signIn.title }).waitFor();
      await looksRight(other.page, shots === undefined ? {} : { shot: `${shots}/12-in-${size}-${locale.slice(0, 2)}` });
      assert.deepEqual(other.complaints, []);
    });
  }
}

async function menuOrBack(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name }).click();
}

/** Goes on with Tab until the field or button of this name has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    const isThere = await page.evaluate((wanted) => {
      const active = document.activeElement;
      const labels = active instanceof HTMLInputElement ? [...(active.labels ?? [])] : active === null ? [] : [active];
      return labels.some((label) => (label.textContent ?? "").replace(/\s*\*\s*$/, "").trim() === wanted);
    }, name);
    if (isThere) return;
  }
  assert.fail(`Tab does not lead to “${name}”`);
}

test("the first start by keyboard alone, and the way back in by app and by recovery code", async () => {
  await using served = await servedHouse();
  const { enter, shell } = en;
  const { page, complaints } = await windowIn("en-GB", SCREENS.desk, served.url);
  await page.goto(`${served.url}/start#${SETUP_TOKEN}`);
  await page.locator('[name="group"]').waitFor();
  await tabTo(page, shell.skip);
  const typed = [
    [enter.start.group, "Northside Monitor"],
    [enter.you, "Ruth"],
    [enter.email, "ruth@example.org"],
  ] as const;
  for (const [name, text] of typed) {
    await tabTo(page, name);
    await page.keyboard.type(text);
  }
  await tabTo(page, `${enter.wayIn.passkey}${enter.wayIn.passkeyWhy}`);
  await page.keyboard.press("ArrowDown");
  await tabTo(page, enter.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: enter.second.title }).waitFor();
  await tabTo(page, enter.second.useApp);
  await page.keyboard.press("Enter");
  await page.locator(".secret").waitFor();
  const secret = fromBase32(((await page.locator(".secret").textContent()) ?? "").replace(/\s/g, ""));
  await tabTo(page, enter.signIn.code);
  await page.keyboard.type(codeAt(secret));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: enter.second.codesTitle }).waitFor();
  const [recovery = ""] = await page.locator(".recovery li").allTextContents();
  await tabTo(page, enter.second.written);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: shell.home.title }).waitFor();

  await tabTo(page, "Ruth");
  await page.keyboard.press("Enter");
  await tabTo(page, shell.signOut);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: enter.signIn.title }).waitFor();

  await page.goto(`${served.url}/people`);
  await signIn(page, "not the password at all");
  await page.getByText(shell.wrong.codes.invalid_email_or_password).waitFor();
  await signIn(page, PASSWORD);
  await page.getByRole("heading", { name: enter.signIn.codeTitle }).waitFor();
  await looksRight(page);
  await byName(page, enter.signIn.recoveryInstead).click();
  await page.locator('[name="recovery"]').fill(recovery);
  await byName(page, enter.signIn.goOn).click();
  await page.getByRole("heading", { name: en.people.title }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/people", "back to where one wanted to go");
  assert.deepEqual(complaints, []);
});

async function signIn(page: Page, password: string): Promise<void> {
  await page.locator('[name="email"]').fill("ruth@example.org");
  await page.locator('[name="password"]').fill(password);
  await byName(page, en.enter.signIn.enter).click();
}

test("a passkey instead of an app, preferences that stay, and no way out by a link", async () => {
  await using served = await servedHouse();
  const { enter, shell, mine } = en;
  const { page, complaints } = await watchedPage(browser, { viewport: SCREENS.phone, locale: "en-GB" });
  await addPasskeyDevice(page);
  await page.goto(`${served.url}/start#${SETUP_TOKEN}`);
  await page.locator('[name="group"]').fill("Northside Monitor");
  await page.locator('[name="name"]').fill("Ruth");
  await page.locator('[name="email"]').fill("ruth@example.org");
  await choosePassword(page);
  await page.locator('[name="password"]').fill(PASSWORD);
  await byName(page, enter.start.begin).click();
  await byName(page, enter.second.usePasskey).click();
  await page.getByRole("heading", { name: shell.home.title }).waitFor();

  await page.goto(`${served.url}/preferences`);
  await page.getByRole("switch", { name: mine.preferences.grey }).click();
  await page.getByText(mine.preferences.saved).waitFor();
  await page.getByLabel(mine.preferences.theme).selectOption("contrast");
  await page.locator('html[data-contrast="more"]').waitFor();
  await looksRight(page, shots === undefined ? {} : { shot: `${shots}/contrast` });
  await page.getByLabel(enter.language).selectOption("he");
  await page.getByRole("heading", { name: he.mine.preferences.title }).waitFor();
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await page.reload();
  await page.getByRole("heading", { name: he.mine.preferences.title }).waitFor();
  assert.equal(await page.getByLabel(he.mine.preferences.grey).isChecked(), false);
  assert.equal(await page.getByLabel(he.mine.preferences.blur).isChecked(), true);

  await page.getByRole("button", { name: fill(he.shell.member, { name: "Ruth" }) }).click();
  await byName(page, he.shell.signOut).click();
  await page.getByRole("heading", { name: he.enter.signIn.title }).waitFor();
  await page.goto(`${served.url}/sign-in?to=//example.org`);
  await byName(page, he.enter.signIn.passkey).click();
  await page.getByRole("heading", { name: he.shell.home.title }).waitFor();
  assert.equal(new URL(page.url()).origin, served.url);
  assert.deepEqual(complaints, []);
  const made = await page.evaluate(() => {
    try {
      document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>";
      return "made";
    } catch {
      return "refused";
    }
  });
  assert.equal(made, "refused", "no string becomes an element");
  const script = await page.locator("script[src]").first().getAttribute("src");
  const fetched = await fetch(`${served.url}${script}`, { headers: { "Accept-Encoding": "gzip" } });
  assert.equal(fetched.headers.get("content-encoding"), "gzip");
  assert.match(await fetched.text(), /createRoot/);
  await page.context().close();
});

test("somebody invited joins, is given another role, and is removed; meanwhile the server is away", async () => {
  await using served = await servedHouse();
  const { enter, people, shell } = en;
  const { house } = served;
  assert.equal((await found(house)).status, 201);
  const owner = await arrive(house, emailOf("owner"));
  const invited = await house.ask("/api/invitations", {
    method: "POST",
    cookie: owner.cookie,
    json: { role: "guest" },
  });
  const { link } = (await invited.json()) as { link: string };

  const guest = await watchedPage(browser, { viewport: SCREENS.phone, locale: "en-GB" });
  await guest.page.goto(link);
  await guest.page.getByText(people.whatOf.guest).waitFor();
  await guest.page.locator('[name="name"]').fill("<b>Guest</b>");
  await guest.page.locator('[name="email"]').fill("guest@example.org");
  await choosePassword(guest.page);
  await guest.page.locator('[name="password"]').fill(PASSWORD);
  await byName(guest.page, enter.join.button).click();
  await byName(guest.page, enter.second.useApp).click();
  await guest.page.locator(".secret").waitFor();
  await enterCode(guest.page);
  await byName(guest.page, enter.signIn.goOn).click();
  await byName(guest.page, enter.second.written).click();
  await guest.page.getByRole("heading", { name: shell.home.title }).waitFor();
  assert.deepEqual(guest.complaints, []);

  const { page, complaints } = await windowIn("en-GB", SCREENS.desk, served.url);
  await signInWith(page, served.url, owner.cookie);
  await page.goto(`${served.url}/people`);
  const name = "\u2068<b>Guest</b>\u2069";
  await page.getByLabel(fill(people.roleOf, { name: "<b>Guest</b>" })).selectOption("reviewer");
  await page.waitForFunction(async () => {
    const { members } = (await (await fetch("/api/members")).json()) as { members: { role: string }[] };
    return members.some(({ role }) => role === "reviewer");
  });
  await page.getByRole("button", { name: people.removeOf.replace("{name}", name) }).click();
  await looksRight(page, shots === undefined ? {} : { shot: `${shots}/13-remove` });
  // As wide as a desk's screen is at 400 %.
  await page.setViewportSize({ width: 320, height: 640 });
  await looksRight(page, shots === undefined ? {} : { shot: `${shots}/14-narrow` });
  await page.context().setOffline(true);
  await byName(page, people.remove).click();
  await page.getByRole("alert").getByText(shell.wrong.offline).waitFor();
  await page.context().setOffline(false);
  await byName(page, people.remove).click();
  await page.getByRole("listitem").filter({ hasText: "<b>Guest</b>" }).waitFor({ state: "detached" });
  await page.getByRole("status").getByText("<b>Guest</b>").waitFor();
  assert.deepEqual(
    complaints.filter((text) => !text.includes("ERR_INTERNET_DISCONNECTED")),
    [],
  );
  await guest.page.reload();
  await guest.page.getByRole("heading", { name: enter.signIn.title }).waitFor();
  await guest.page.context().close();
});
