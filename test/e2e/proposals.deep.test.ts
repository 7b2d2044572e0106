/** What is proposed to be withheld of a page's picture: by the page's own marks, by what a machine reads and sees in it, on the command line too. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { initRecord } from "../../src/app/init-record.ts";
import { openRecord } from "../../src/app/record.ts";
import type { Proposal } from "../../src/app/redact/proposals.ts";
import type { Box } from "../../src/app/redact/tiles.ts";
import type { Output } from "../../src/cli/output.ts";
import { run } from "../../src/cli/verbs.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { FACES, NEIGHBOUR, PLACED, sealRedactable } from "../redactable.ts";

let folder: string;
let id: string;

before(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "placard-propose-")), "record");
  await initRecord(folder, { name: "Hollow Lane Residents" });
  await using browser = await launchOwnBrowser();
  id = await sealRedactable(browser, folder, { withPhoto: true });
});
after(() => rm(join(folder, ".."), { recursive: true }));

const holds = ({ x, y, width, height }: Box, [left, top]: readonly [number, number]): boolean =>
  x <= left && left <= x + width && y <= top && top <= y + height;
const of = (proposals: readonly Proposal[], kind: string, by: string): readonly Box[] =>
  proposals.filter((one) => one.kind === kind && one.by === by).map(({ box }) => box);

test("names, handles and portraits by the page's marks; words, codes and faces by machine, in the part where they are", async () => {
  await using record = await openRecord(folder);
  const view = await record.redacting.view(id);
  assert.deepEqual(view.picture?.parts, [768, 768, 464]);
  const [left, top, width, height] = PLACED.avatar;
  assert.deepEqual(of(view.proposals, "avatar", "page"), [{ x: left, y: top, width, height }]);
  assert.equal(of(view.proposals, "name", "page").length, 1);
  assert.ok(of(view.proposals, "handle", "page").length >= 1);

  const upper = await record.redacting.propose(id, 0, [NEIGHBOUR]);
  assert.deepEqual([upper.parts, upper.isCut], [3, false]);
  const [neighbour = assert.fail(), ...others] = of(upper.proposals, "word", "reading");
  assert.equal(others.length, 0);
  assert.ok(
    neighbour.y >= 200 && neighbour.y + neighbour.height <= 240 && neighbour.width < 300,
    JSON.stringify(neighbour),
  );
  assert.equal(of(upper.proposals, "contact", "reading").length, 2);
  assert.equal(of(upper.proposals, "name", "reading").length, 0, "what the page marks is told once");
  const [x, y] = PLACED.photo;
  const faces = of(upper.proposals, "face", "faces");
  for (const [across, down] of FACES)
    assert.ok(
      faces.some((face) => holds(face, [x + across, y + down])),
      JSON.stringify(faces),
    );
  assert.equal(of(upper.proposals, "code", "codes").length, 0);

  const lower = await record.redacting.propose(id, 2);
  const [code = assert.fail(), ...more] = of(lower.proposals, "code", "codes");
  assert.equal(more.length, 0);
  assert.ok(holds(code, [PLACED.code[0] + 100, PLACED.code[1] + 100]) && code.width <= 204 && code.width > 150);
  await assert.rejects(record.redacting.propose(id, 3), (error) => isPlacardError(error, "not_found"));
});

test("on the command line each proposal is a line that --box takes, and nothing is sealed", async () => {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const output: Output = {
    json: true,
    result: (object) => void lines.push(object),
    progress: () => undefined,
    say: () => undefined,
  };
  const ask = (...args: readonly string[]) => run(["redact", id, "--record", folder, ...args], output);
  assert.equal(await ask("--propose", "--word", NEIGHBOUR), 0);
  const kinds = new Set(lines.map(({ proposed }) => proposed));
  assert.deepEqual([...kinds].toSorted(), ["avatar", "code", "contact", "face", "handle", "name", "word"]);
  const proposed = [...lines];
  await using record = await openRecord(folder);
  assert.equal((await record.redacting.view(id)).standing, undefined);
  await assert.rejects(ask("--propose", "--withhold", "author"), (error) => isPlacardError(error, "usage"));
  await ask(...proposed.flatMap(({ box }) => ["--box", String(box)]), "--withhold", "author");
  const { standing } = await record.redacting.view(id);
  assert.deepEqual(standing?.fields, ["author"]);
  const covers = ({ x, y }: Box): boolean => standing?.boxes.some((box) => holds(box, [x, y])) === true;
  for (const { box } of proposed) assert.ok(covers(boxOf(String(box))), String(box));
});

function boxOf(text: string): Box {
  const [x = 0, y = 0, width = 0, height = 0] = text.split(",").map(Number);
  return { x, y, width, height };
}
