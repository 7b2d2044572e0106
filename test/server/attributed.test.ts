/** What members do is in the record under a pseudonym; who that was can be erased, and then nothing anywhere leads back to them. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openRecord } from "../../src/app/record.ts";
import { emailOf, foundedHouse, good } from "./house.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

interface Seen {
  readonly steps: readonly { readonly told: readonly { readonly text: string }[]; readonly actor: string | null }[];
}

test("acts name a pseudonym; when the members are removed it stays, and no file of the record says whose it was", async () => {
  await using house = await foundedHouse();
  const { owner, organiser } = house.cookies;
  const members = house.accounts.members.list();
  const actorOf = (role: string): string => members.find((member) => member.role === role)?.actor ?? "";
  const [asked, handed] = [actorOf("contributor"), actorOf("organiser")];
  const posts = [
    { ...POST, actor: asked },
    { ...POST, actor: asked },
  ];
  const [erased = "", kept = ""] = await sealPosts(house.folder, posts);
  const json = { reason: "Asked for by who wrote it." };
  await good(await house.ask(`/api/exhibits/${erased}`, { method: "DELETE", cookie: organiser, json }));
  const steps = async (id: string) => {
    const { steps: all } = (await (
      await good(await house.ask(`/api/exhibits/${id}`, { cookie: owner }))
    ).json()) as Seen;
    return all.map((step) => [step.told.map(({ text }) => text).join(" "), step.actor]);
  };
  const told = async () => [(await steps(kept))[0], (await steps(erased)).at(-1)];
  const before = [
    ["Recorded, and sealed.", asked],
    ["Erased.", handed],
  ];
  assert.deepEqual(await told(), before);
  const { chunks, withheld } = await house.house.record().looking.proof(kept, { isGuest: false });
  await chunks.return(undefined);
  assert.ok(withheld.includes("actor"), "it is handed to nobody");
  for (const role of ["contributor", "organiser"] as const)
    await good(await house.ask(`/api/members/${house.ids[role]}`, { method: "DELETE", cookie: owner }));
  assert.deepEqual(await told(), before, "what was done, and by one and the same, stays");
  const names = ["contributor", "organiser"].flatMap((role) => [emailOf(role), `${role} of the tests`]);
  for (const entry of await readdir(house.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const name of [...names, house.ids.contributor, house.ids.organiser])
      assert.ok(!bytes.includes(name), `${entry.name} still says ${name}`);
  }
  await using record = await openRecord(house.folder);
  assert.equal((await record.show(kept)).fields["actor"], asked);
});
