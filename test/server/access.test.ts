/** Every role, and whoever has none, against every line of the access table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCESS, type Allowed, ROLES, type Role } from "../../src/server/access.ts";
import { askings, routesOf } from "./every-route.ts";
import { emailOf, type FoundedHouse, foundedHouse, good, joinAs, passwordOnly, textOf } from "./house.ts";
import { knownIn } from "./known-house.ts";

type Asker = Role | "anyone" | "arriving";
const ASKERS: readonly Asker[] = ["anyone", "arriving", ...ROLES];

const isAllowed = (allowed: Allowed, asker: Asker): boolean => allowed.includes("anyone") || allowed.includes(asker);

/** A member's own id, where that is what a route is about; something that is not there otherwise. */
function pathFor(path: string, own: string): string {
  return path.replace("/members/:id/sign-ins", `/members/${own}/sign-ins`).replaceAll(/:\w+/g, "nothing-of-that-name");
}

/** Those that end the session they are asked with come last. */
const LINES = Object.entries(ACCESS).toSorted(
  ([a], [b]) => Number(a.includes("sign-out")) - Number(b.includes("sign-out")),
);

async function arrivingMember(house: FoundedHouse): Promise<string> {
  await joinAs(house, house.cookies.owner, "contributor", emailOf("arriving"));
  return passwordOnly(house, emailOf("arriving"));
}

test("every role, and whoever has none, against every line of the table", async () => {
  await using house = await foundedHouse();
  const arriving = await arrivingMember(house);
  const cookieOf = (asker: Asker): string | undefined =>
    asker === "anyone" ? undefined : asker === "arriving" ? arriving : house.cookies[asker];
  const wrong: string[] = [];
  for (const [line, allowed] of LINES) {
    const [method = "", path = ""] = line.split(" ");
    for (const asker of ASKERS) {
      const own = asker === "anyone" || asker === "arriving" ? "somebody" : house.ids[asker];
      const answer = await house.ask(pathFor(path, own), {
        method,
        cookie: cookieOf(asker),
        ...(method === "GET" ? {} : { json: {} }),
      });
      const text = await textOf(answer);
      const refused = answer.status === 401 || answer.status === 403;
      const missing = answer.status === 404 && text.includes("There is no such page");
      const right = isAllowed(allowed, asker) ? !refused && !missing && answer.status < 500 : refused;
      if (!right) wrong.push(`${line} as ${asker}: ${answer.status} ${text.slice(0, 120)}`);
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
