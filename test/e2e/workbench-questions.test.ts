/** From asking to a reply that two members have classed, on screens: a desk and a phone, and a real mail server. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { writeMailAccount } from "../../src/vault/mail-account.ts";
import { startMailServer } from "../ask/sending/mail-server.ts";
import { MAIL } from "../server/asked-house.ts";
import { looksRight, shotOf } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE, secondMember } from "./workbench-house.ts";

let workbench: OpenWorkbench;
let second: string;

before(async () => {
  workbench = await openWorkbench();
  second = await secondMember(workbench);
});
after(() => workbench?.[Symbol.asyncDispose]());

const REPLY = "I do not comment on single streets.";

test("asked, sent by e-mail once it was read, answered on paper, classed by one and agreed to by another", async () => {
  await using mail = await startMailServer();
  const account = { address: "questions@ask.hollow.example", smtp: mail.server };
  await writeMailAccount(join(workbench.house.folder, "keys"), account);
  const { page, complaints } = await workbench.open("/questions");
  await page.getByText("Nothing was asked yet.").waitFor();
  await page.getByRole("link", { name: "Ask a question" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Wendel Thornby");
  await page.getByLabel("Office").fill("Councillor for Hollow Ward");
  await page.getByLabel("Where").fill("Lanterns Borough Council");
  await page.getByLabel("The question").fill("Will you see to it that the lamps are lit again?");
  await looksRight(page, shotOf("ask"));
  await page.getByRole("button", { name: "Seal the question" }).click();
  const status = page.locator(".question-status");
  await status.getByText("Not sent yet.").waitFor();
  await page.getByLabel("E-mail address").fill("w.thornby@lanterns.example");
  await page.getByRole("button", { name: "Show the letter" }).click();
  await page.getByText("You owe us no reply.").waitFor();
  assert.equal(mail.received.length, 0, "nothing is sent before somebody agrees");
  await page.getByRole("button", { name: "I agree, send it" }).click();
  await status.getByText(/^Sent on .*; a reply is asked for by /).waitFor();
  assert.equal(mail.received.length, 1);
  await page.getByText(/1[567]\S* days are left/).waitFor();
  await page.getByRole("heading", { name: "Something came" }).click();
  await page.getByLabel("Its words, all of them").fill(REPLY);
  await page.getByRole("button", { name: "Take it in" }).click();
  await status.getByText(/^A reply came on /).waitFor();
  await page.getByLabel("What is it?").selectOption({ label: "Declines to answer" });
  await page.getByLabel("The reason, in their words").fill(REPLY);
  await page.getByRole("button", { name: "Propose this" }).click();
  await page.getByText("You proposed it").waitFor();
  await looksRight(page, shotOf("question"));

  const { pathname } = new URL(page.url());
  const other = await workbench.open(pathname, { as: second, viewport: PHONE, colorScheme: "dark" });
  await other.page.getByRole("button", { name: "I agree to this" }).click();
  await other.page
    .locator(".question-status")
    .getByText(/^Declined on .*I do not comment/)
    .waitFor();
  await looksRight(other.page, shotOf("question-phone-dark"));
  await page.getByRole("navigation", { name: "Doors" }).getByRole("link", { name: "Ask" }).click();
  await page.getByRole("link", { name: /Wendel Thornby.*Declined on /s }).waitFor();
  await looksRight(page, shotOf("questions"));

  await page.getByRole("link", { name: /Wendel Thornby/ }).click();
  await page.getByRole("heading", { name: "Something came" }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByText("Choose a file").click();
  await (await choosing).setFiles({ name: "reply.eml", mimeType: "message/rfc822", buffer: Buffer.from(MAIL) });
  await page.getByRole("button", { name: "Take in the e-mail" }).click();
  await status.getByText(/^A message came on /).waitFor();
  assert.deepEqual([...complaints, ...other.complaints], []);
});
