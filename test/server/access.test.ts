/** Every role, and whoever has none, against every line of the access table. That what is allowed is done is held by allowed.deep.test.ts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCESS, type Allowed, ROLES, type Role } from "../../src/server/access.ts";
import { askings, routesOf } from "./every-route.ts";
import { emailOf, type FoundedHouse, foundedHouse, good, joinAs, passwordOnly, textOf } from "./house.ts";
import { knownIn } from "./known-house.ts";

type Asker = Role | "anyone" | "arriving";
const ASKERS: readonly Asker[] = ["anyone", "arriving", ...ROLES];

const isAllowed = (allowed: Allowed, asker: Asker): boolean => allowed.includes("anyone") || allowed.includes(asker);

const pathFor = (path: string): string => path.replaceAll(/:\w+/g, "nothing-of-that-name");

async function arrivingMember(house: FoundedHouse): Promise<string> {
  await joinAs(house, house.cookies.owner, "contributor", emailOf("arriving"));
  return passwordOnly(house, emailOf("arriving"));
}

test("whoever the table does not name is refused, at every line of it", async () => {
  await using house = await foundedHouse();
  const arriving = await arrivingMember(house);
  const cookieOf = (asker: Asker): string | undefined =>
    asker === "anyone" ? undefined : asker === "arriving" ? arriving : house.cookies[asker];
  const wrong: string[] = [];
  for (const [line, allowed] of Object.entries(ACCESS)) {
    const [method = "", path = ""] = line.split(" ");
    for (const asker of ASKERS.filter((one) => !isAllowed(allowed, one))) {
      const json = method === "GET" ? {} : { json: {} };
      const answer = await house.ask(pathFor(path), { method, cookie: cookieOf(asker), ...json });
      const text = await textOf(answer);
      const code = asker === "anyone" ? "signed_out" : asker === "arriving" ? "second_factor" : "role";
      const isRefused = answer.status === (asker === "anyone" ? 401 : 403) && text.includes(`"code":"${code}"`);
      if (!isRefused) wrong.push(`${line} as ${asker}: ${answer.status} ${text.slice(0, 120)}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("every route is in the table, and every line of the table has a route", async () => {
  await using house = await foundedHouse();
  assert.deepEqual(routesOf(house).toSorted(), Object.keys(ACCESS).toSorted());
});

test("no route is without a request that does it, for the tests that go through all", async () => {
  await using house = await foundedHouse();
  const rows = Object.keys(askings(await knownIn(house)));
  assert.deepEqual(rows.toSorted(), routesOf(house).toSorted());
});

test("what the table does not name is not there, whatever the library behind could do", async () => {
  await using house = await foundedHouse();
  const { owner } = house.cookies;
  const unnamed = [
    ["POST", "/api/auth/sign-up/email"],
    ["GET", "/api/auth/get-session"],
    ["GET", "/api/auth/list-sessions"],
    ["POST", "/api/auth/update-user"],
    ["POST", "/api/auth/change-email"],
    ["POST", "/api/auth/delete-user"],
    ["POST", "/api/auth/request-password-reset"],
    ["POST", "/api/auth/two-factor/get-totp-uri"],
    ["POST", "/api/auth/sign-in/social"],
    ["GET", "/api/auth/verify-email?callbackURL=https://elsewhere.example"],
    ["GET", "/api/auth/sign-in/email"],
    ["GET", "/api/auth/ok"],
    ["PUT", "/api/members"],
  ] as const;
  for (const [method, path] of unnamed) {
    const answer = await house.ask(path, { method, cookie: owner, ...(method === "GET" ? {} : { json: {} }) });
    assert.equal(answer.status, 404, path);
    assert.match(await answer.text(), /There is no such page/, path);
  }
});

test("spellings of a path reach nothing that the table refuses", async () => {
  await using house = await foundedHouse();
  const { guest } = house.cookies;
  for (const path of [
    "/api/members/",
    "/api//members",
    "/api/%6dembers",
    "/API/members",
    "/api/./members",
    "/api/members%2f",
  ]) {
    const answer = await house.ask(path, { cookie: guest });
    assert.ok([401, 403, 404].includes(answer.status) || !(await answer.text()).includes("@example.org"), path);
  }
});

test("a role that changes counts from the next request on", async () => {
  await using house = await foundedHouse();
  const { owner, contributor } = house.cookies;
  const refused = await house.ask("/api/invitations", { cookie: contributor });
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /"code":"role"/);
  await good(
    await house.ask(`/api/members/${house.ids.contributor}`, {
      method: "PATCH",
      cookie: owner,
      json: { role: "organiser" },
    }),
  );
  assert.equal((await house.ask("/api/invitations", { cookie: contributor })).status, 200);
});
