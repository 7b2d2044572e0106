import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, coveredIn, partsOf, pixelsOf, runsOf, squaresOf } from "./places.ts";

const SIZE = { width: 200, height: 150, tile: 64, parts: [128, 22] };
const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test("each square that a place touches is covered whole, and none beyond the picture", () => {
  assert.deepEqual(squaresOf(box(70, 10, 10, 60), SIZE), box(1, 0, 1, 2));
  assert.deepEqual(squaresOf(box(-30, -5, 40, 6), SIZE), box(0, 0, 1, 1));
  assert.deepEqual(squaresOf(box(190, 140, 500, 500), SIZE), box(2, 2, 2, 1));
  assert.deepEqual(pixelsOf(box(3, 2, 1, 1), SIZE), box(192, 128, 8, 22));
});

test("squares are numbered row by row, and told part by part", () => {
  const places = changed(changed([], { do: "add", box: box(70, 10, 10, 60) }), { do: "add", box: box(0, 140, 200, 1) });
  const runs = runsOf(places, SIZE);
  assert.deepEqual(runs, [
    [1, 1],
    [5, 5],
    [8, 11],
  ]);
  const [upper, lower] = partsOf(SIZE);
  assert.deepEqual([upper && coveredIn(runs, upper, SIZE), lower && coveredIn(runs, lower, SIZE)], ["1-1,5-5", "8-11"]);
});

test("what is proposed is not covered before somebody says so, and is told once", () => {
  const proposals = [{ kind: "name", by: "page", box: box(1, 2, 3, 4) }] as const;
  const once = changed([], { do: "propose", proposals, size: SIZE });
  assert.deepEqual([once.length, once[0]?.isCovered], [1, false]);
  assert.equal(changed(once, { do: "propose", proposals, size: SIZE }).length, 1);
  const [one] = changed(once, { do: "cover-all", isCovered: true });
  assert.equal(one?.isCovered, true);
  const before = changed([], { do: "add", box: box(0, 0, 64, 64) });
  assert.equal(changed(before, { do: "propose", proposals, size: SIZE })[1]?.isCovered, true, "it was covered already");
});
