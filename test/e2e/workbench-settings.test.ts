/** How the house is set, as an owner meets it; and one's account, and the way back to it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { arrive, emailOf, good, joinAs, PASSWORD } from "../server/house.ts";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../timestamp-authority.ts";
import { looksRight, shotOf } from "./served-house.ts";
import { addPasskeyDevice } from "./virtual-passkeys.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

let workbench: OpenWorkbench;
let authority: TimestampAuthority | undefined;

before(async () => {
  if (opensslMissing() === false) authority = await startTimestampAuthority({ key: "ec" });
  workbench = await openWorkbench({ allowPrivate: true });
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await authority?.[Symbol.asyncDispose]();
});

test("settings are changed on the screen, an authority is tried first, and all of it is in the file", async (t) => {
  if (authority === undefined) return t.skip("openssl is missing");
  const { page, complaints } = await workbench.visit("/");
  await page.getByRole("button", { name: /^You: / }).click();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  const time = page.getByRole("region", { name: "Who vouches for the time" });
  await time.locator("input[name=name]").fill("Invented Time");
  await time.getByLabel("Its address").fill(authority.url);
  await time.getByRole("button", { name: "Ask for a stamp now" }).click();
  await time.getByText(/^It answered\. /).waitFor();
  assert.match(await time.getByLabel("Its certificate").inputValue(), /=$/);
  await time.getByRole("button", { name: "Add", exact: true }).click();
  await time.getByText("held to its certificate").waitFor();
  const limits = page.getByRole("region", { name: "What one capture may take" });
  await limits.getByLabel("Time, in seconds").fill("90");
  await limits.getByRole("button", { name: "Keep this" }).click();
  await limits.getByText("Kept, and in force.").waitFor();
  await page.getByText("An owner chooses one on Save").waitFor();
  await saysWhatToHide(page);
  await looksRight(page, shotOf("settings"));
  const written = JSON.parse(await readFile(join(workbench.house.folder, "config.json"), "utf8"));
  assert.equal(written.capture.seconds, 90);
  assert.equal(written.timestampAuthorities[0].name, "Invented Time");
  assert.deepEqual(complaints, []);
});

/** No window opens before it is said: names, or that the site shows none. */
async function saysWhatToHide(page: Page): Promise<void> {
  const sessions = page.getByRole("region", { name: "Sessions for captures" });
  const asked: unknown[] = [];
  await page.route("**/api/capture-sessions", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    asked.push(route.request().postDataJSON());
    return route.fulfill({ status: 202, body: "" });
  });
  const open = async (): Promise<void> => {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await sessions.getByRole("button", { name: "Open the window" }).click();
    await answered;
  };
  const names = sessions.getByLabel("Names to take out");
  const none = sessions.getByLabel("This site does not show a name");
  await sessions.getByLabel("Name of the session").fill("watching");
  await sessions.getByLabel("Page to sign in at").fill("https://townsquare.example/");
  await sessions.getByRole("button", { name: "Open the window" }).click();
  assert.equal(await names.evaluate((field) => (field as HTMLTextAreaElement).validity.valueMissing), true);
  assert.deepEqual(asked, []);
  await names.fill(" Jo Keeper \n\n@jo_keeper");
  await open();
  await none.check();
  assert.equal(await names.isDisabled(), true);
  await open();
  await none.uncheck();
  const common = { name: "watching", url: "https://townsquare.example/" };
  assert.deepEqual(asked, [
    { ...common, hide: ["Jo Keeper", "@jo_keeper"] },
    { ...common, hideNothing: true },
  ]);
  await page.unroute("**/api/capture-sessions");
}

test("the settings in Hebrew, from right to left, on a phone", async () => {
  const { house, cookie } = workbench;
  const speak = (language: string) =>
    house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } }).then(good);
  await speak("he");
  const { page, complaints } = await workbench.visit("/settings", { viewport: PHONE });
  await page.locator("html[dir=rtl] #limits").waitFor();
  await looksRight(page, shotOf("he-settings"));
  assert.deepEqual(complaints, []);
  await speak("en");
});

test("a way back: made by an owner, told to the member, used once; a guest is shown the doors they may use", async () => {
  const { house, cookie } = workbench;
  const email = emailOf("guest");
  await joinAs(house, cookie, "guest", email);
  const guest = (await arrive(house, email)).cookie;
  const { page } = await workbench.visit("/people");
  await page.getByRole("button", { name: /Make a way back for/ }).click();
  await looksRight(page, shotOf("people-way-back"));
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel(/^Link for/).inputValue();
  await page.getByRole("button", { name: /Sign-ins of/ }).click();
  await page.getByText(/a link for a new password was made/).waitFor();
  await looksRight(page, shotOf("people-link"));
  const { page: theirs, complaints } = await workbench.open("/", { as: guest, viewport: PHONE });
  await theirs.getByText("A way back to your account was made.").waitFor();
  await theirs.locator(".door").first().waitFor();
  assert.deepEqual(await theirs.locator(".door").allInnerTexts(), ["Look", "Find"]);
  assert.equal(await theirs.locator(".way").count(), 1);
  await looksRight(theirs, shotOf("guest-notice"));
  await theirs.goto(new URL("/show", link).href);
  await theirs.getByText("Your role does not allow this.").waitFor();
  // Where nobody is signed in.
  await theirs.context().clearCookies();
  await theirs.goto(link);
  await theirs.locator("input[name=password]").fill("another four plain words");
  await looksRight(theirs, shotOf("recover"));
  await theirs.getByRole("button", { name: "Use this password" }).click();
  await theirs.getByText("It is your password now.").waitFor();
  assert.equal((await house.ask("/api/me", { cookie: guest })).status, 401);
  assert.deepEqual(complaints, []);
  await theirs.context().close();
});

test("one's account: the password is changed, recovery codes made anew, passkeys added and named; elsewhere one is signed out", async () => {
  const { page, complaints } = await workbench.visit("/account");
  await addPasskeyDevice(page);
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await passkeys.getByRole("button", { name: "Add one on this device" }).click();
  await passkeys.getByText("It is added.").waitFor();
  await passkeys.getByRole("button", { name: /^Rename / }).click();
  await passkeys.getByLabel("Name of the passkey").fill("Desk");
  await passkeys.getByRole("button", { name: "Keep this name" }).click();
  await passkeys.getByText("Desk", { exact: true }).waitFor();
  const codes = page.getByRole("region", { name: "App and recovery codes" });
  await codes.getByRole("button", { name: "Make new recovery codes" }).click();
  await codes.locator("input[name=password]").fill(PASSWORD);
  await codes.getByRole("button", { name: "Make new recovery codes" }).click();
  await codes.getByRole("list", { name: "Recovery codes" }).waitFor();
  assert.equal(await codes.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").count(), 10);
  await looksRight(page, shotOf("account"));
  await page.locator("input[name=now]").fill(PASSWORD);
  await page.locator("input[name=next]").fill(`${PASSWORD} indeed`);
  await page.getByRole("button", { name: "Change it" }).click();
  await page.getByText("It is changed.").waitFor();
  await page.getByRole("button", { name: /^You: / }).click();
  await page.getByRole("link", { name: "Where you are signed in" }).click();
  await page
    .getByText(/ on .*a Linux computer/)
    .first()
    .waitFor();
  await looksRight(page, shotOf("sessions"));
  assert.equal(await page.getByRole("listitem").count(), 1);
  assert.deepEqual(complaints, []);
});
