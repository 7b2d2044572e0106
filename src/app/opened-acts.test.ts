import assert from "node:assert/strict";
import { test } from "node:test";
import type { Vault } from "../vault/vault.ts";
import { forgetOpened, openedAct } from "./opened-acts.ts";

const LARGE = 3 << 20;

/** Nothing is asked of the vault here: it stands for itself. */
const someVault = (): Vault => ({}) as Vault;

test("an act is opened once, and again after the largest or all were let go of", async () => {
  const vault = someVault();
  const opened: number[] = [];
  const ask = (position: number) =>
    openedAct(vault, position, async () => {
      opened.push(position);
      return { sealed: { jwt: String(position), disclosures: ["x".repeat(LARGE)] } };
    });
  for (const position of [1, 1, 2, 1, 2]) assert.equal((await ask(position)).sealed.jwt, String(position));
  assert.deepEqual(opened, [1, 2]);
  for (const position of [3, 2, 1]) await ask(position);
  assert.deepEqual(opened, [1, 2, 3, 1], "three are more than is kept, and the oldest goes");
  forgetOpened(vault);
  await ask(1);
  assert.deepEqual(opened, [1, 2, 3, 1, 1]);
  const elsewhere = await openedAct(someVault(), 1, async () => ({ sealed: { jwt: "other", disclosures: [] } }));
  assert.equal(elsewhere.sealed.jwt, "other");
});

test("what was begun before all were forgotten is not kept after it", async () => {
  const vault = someVault();
  await openedAct(vault, 0, async () => ({ sealed: { jwt: "0", disclosures: [] } }));
  const begun = Promise.withResolvers<{ sealed: { jwt: string; disclosures: string[] } }>();
  const before = openedAct(vault, 1, () => begun.promise);
  forgetOpened(vault);
  begun.resolve({ sealed: { jwt: "erased since", disclosures: [] } });
  await before;
  const after = await openedAct(vault, 1, async () => ({ sealed: { jwt: "now", disclosures: [] } }));
  assert.equal(after.sealed.jwt, "now");
});
