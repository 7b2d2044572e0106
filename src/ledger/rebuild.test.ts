import assert from "node:assert/strict";
import { test } from "node:test";
import { entryNamed, naiveRoot } from "../../test/faults/place.ts";
import { rebuildRoot } from "./rebuild.ts";

test("the root is the oracle's for every number of entries, whether they come at once or one by one", async () => {
  const entries = Array.from({ length: 300 }, (_, i) => entryNamed(String(i)));
  for (let size = 0; size <= entries.length; size += size < 70 ? 1 : 23) {
    const some = entries.slice(0, size);
    const expected = naiveRoot(some);
    assert.deepEqual(new Uint8Array(await rebuildRoot(some)), expected);
    const oneByOne = async function* () {
      yield* some;
    };
    assert.deepEqual(new Uint8Array(await rebuildRoot(oneByOne())), expected);
  }
});
