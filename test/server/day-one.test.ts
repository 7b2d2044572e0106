import assert from "node:assert/strict";
import { test } from "node:test";
import { foundedHouse } from "./house.ts";

test("a founded house", async () => {
  await using house = await foundedHouse();
  for (const [role, cookie] of Object.entries(house.cookies)) {
    const me = (await (await house.ask("/api/me", { cookie })).json()) as Record<string, unknown>;
    assert.equal(me["role"], role);
    assert.equal(me["arrived"], true);
    assert.match(String(me["actor"]), /^actor-[0-9a-f]{16}$/);
  }
});
