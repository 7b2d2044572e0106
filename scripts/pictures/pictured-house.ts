/** A house to be pictured: a group of four with some months of invented posts, one of them captured by a browser. */

import type { Forum } from "../../src/sample/forum.ts";
import { THREAD } from "../../src/sample/thread.ts";
import type { OpenWorkbench } from "../../test/e2e/workbench-house.ts";
import { arrive, good, PASSWORD } from "../../test/server/house.ts";
import { saverIn } from "../../test/server/saver.ts";
import { POST, sealActs } from "../../test/server/sealed-exhibits.ts";
import { openDoor } from "../../test/server/sender.ts";
import type { Pictured } from "./shots.ts";

const POSTS = 64;
const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;
const FIRST = Date.UTC(2026, 0, 6);
const PLATFORMS = ["Townsquare", "Townsquare", "Chatter", "Townsquare", "Lantern", "Chatter"];
const CASES = ["The market", "The hedge", "שכנים"];
const MEMBERS = [
  { name: "Miriam", role: "organiser" },
  { name: "Tomas", role: "reviewer" },
  { name: "שירה", role: "contributor" },
] as const;

/** More of them in March, and in the evening; always the same ones. */
function posts(actors: readonly string[]) {
  return Array.from({ length: POSTS }, (_, i) => {
    const day = (i * i * 5 + 11 * i) % 97;
    const isRush = i % 3 === 0;
    return {
      ...POST,
      url: `https://townsquare.example/p/${88_000 + i}`,
      title: `Notice ${i + 1}`,
      platform: PLATFORMS[i % PLATFORMS.length] as string,
      actor: actors[i % actors.length] as string,
      ...(i % 4 === 3 ? {} : { case: CASES[i % CASES.length] as string }),
      postedAt: new Date(FIRST + (isRush ? 64 + (i % 9) : day) * DAY + (17 + ((i * 7) % 6)) * HOUR).toISOString(),
    };
  });
}

export async function fillPictured({ house, cookie }: OpenWorkbench, forum: Forum): Promise<Pictured> {
  const post = (path: string, json: unknown): Promise<Response> =>
    house.ask(path, { method: "POST", cookie, json }).then(good);
  for (const { name, role } of MEMBERS) {
    const { link } = (await (await post("/api/invitations", { role })).json()) as { readonly link: string };
    const headers = { "placard-invitation": new URL(link).hash.slice(1) };
    const json = { name, email: `${role}@example.org`, password: PASSWORD };
    await good(await house.ask("/api/invitation", { method: "POST", headers, json }));
    await arrive(house, json.email);
  }
  const actors = house.accounts.members.list().map(({ actor }) => actor);
  await sealActs(house.folder, posts(actors));
  await post("/api/occasions", { day: "2026-03-14", name: "The march" });
  await post("/api/searches", { name: "The march", search: { text: "lane" }, shared: true });
  await openDoor(house, cookie, "Posts about the people of Hollow Lane.\nWe read English and Hebrew.");
  const saver = saverIn(house, cookie);
  const links = [forum.postUrl(THREAD[0]?.id ?? ""), `${forum.origin}/nowhere`];
  const asked = await saver.post("/api/captures", { links, caseName: "The market" });
  const { links: taken } = (await asked.json()) as { readonly links: readonly { readonly item: string }[] };
  const saved = await saver.whenDone(taken.map(({ item }) => item));
  const id = saved.find(({ exhibit }) => exhibit !== undefined)?.exhibit;
  if (id === undefined) throw new Error("The post of the sample forum was not captured.");
  await post("/api/filings", { ids: [id], tag: ["threat", "March"] });
  return { post: id };
}
