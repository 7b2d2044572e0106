/** A house before it is killed: with something in it for each of the deeds of killed-deeds.ts to be done to. */
import { insertMembers } from "../e2e/wary-page.ts";
import { emailOf, type FoundedHouse, foundedHouse, good, joinAs } from "./house.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";
import { openDoor, takenIn } from "./sender.ts";

/** What the deeds are done to, made before anything is killed: one of each a round, and of some one every fourth. */
export interface Ground {
  readonly cookie: string;
  /** Another's: a member files one thing at a time. */
  readonly reviewer: string;
  readonly kept: readonly string[];
  readonly going: readonly string[];
  readonly roled: string;
  readonly guest: string;
  readonly lost: readonly { readonly email: string; readonly token: string }[];
  readonly sent: readonly string[];
  readonly waiting: readonly string[];
  readonly cancelled: readonly string[];
  readonly cases: readonly string[];
}

export async function groundIn(house: FoundedHouse, rounds: number): Promise<Ground> {
  const { cookies, ids, accounts } = house;
  const numbers = Array.from({ length: rounds }, (_, n) => n);
  const few = numbers.filter((n) => n % 4 === 0);
  const kept = await sealPosts(
    house.folder,
    numbers.map((n) => ({ ...POST, title: `Kept ${n}` })),
  );
  const asked = await house.house.record().askFor(
    [...numbers, ...numbers].map((n, i) => `https://townsquare.example/${i < rounds ? "waits" : "stopped"}/${n}`),
    { key: "0".repeat(32), actor: "actor-x" },
  );
  const items = asked.links.map(({ item }) => item);
  for (const item of items.slice(rounds)) await house.house.record().cancelAsked(item);
  await openDoor(house, cookies.owner);
  const sent: string[] = [];
  for (const n of numbers)
    sent.push((await takenIn(house, { links: [`https://townsquare.example/sent/${n}`] })).slice(0, 9));
  const lost: { email: string; token: string }[] = [];
  for (const n of few) {
    const email = emailOf(`lost-${n}`);
    await joinAs(house, cookies.owner, "guest", email);
    const { id = "" } = accounts.members.list().find((one) => one.email === email) ?? {};
    lost.push({ email, token: accounts.recoveries.make({ id: ids.owner, role: "owner" }, id, "a computer").token });
  }
  insertMembers(house.folder, ["Roled", ...numbers.map((n) => `Going ${n}`)]);
  const named = (name: string): string => accounts.members.list().find((one) => one.name === name)?.id ?? "";
  return {
    cookie: cookies.owner,
    reviewer: cookies.reviewer,
    kept,
    going: numbers.map((n) => named(`Going ${n}`)),
    roled: named("Roled"),
    guest: ids.guest,
    lost,
    sent,
    waiting: items.slice(0, rounds),
    cancelled: items.slice(rounds),
    cases: await casesElsewhere(few.length),
  };
}

/** Handed out by another house, in base64. */
async function casesElsewhere(count: number): Promise<readonly string[]> {
  await using house = await foundedHouse();
  const names = Array.from({ length: count }, (_, n) => `Elsewhere ${n}`);
  await sealActs(
    house.folder,
    names.flatMap((name) => ["one", "two"].map((title) => ({ ...POST, title: `${name}, ${title}`, case: name }))),
  );
  const cases: string[] = [];
  for (const name of names) {
    const path = `/api/case-folder?case=${encodeURIComponent(name)}`;
    const answer = await good(await house.ask(path, { cookie: house.cookies.owner }));
    cases.push(Buffer.from(await answer.arrayBuffer()).toString("base64"));
  }
  return cases;
}
