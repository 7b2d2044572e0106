import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counted,
  laidOpen,
  momentInWords,
  shown,
  statedTime,
  stepsInWords,
  timeInWords,
  zonedTime,
} from "./wording.ts";

test("times stand in words, in UTC, and never before what they state", () => {
  assert.equal(timeInWords(0), "1 January 1970, 00:00:00 UTC");
  assert.equal(timeInWords(1_773_562_803_000), "15 March 2026, 08:20:03 UTC");
  assert.equal(timeInWords(1_773_562_803_001), "15 March 2026, 08:20:04 UTC");
  assert.equal(timeInWords(8.64e15), "13 September 275760, 00:00:00 UTC");
  assert.equal(timeInWords(8.64e15 + 1), "a time past all calendars");
});

test("a time that has not come is said to be one, with leeway for clocks", () => {
  const words = "1 January 1970, 00:05:00 UTC";
  assert.deepEqual(statedTime(300_000, 0), { at: "1970-01-01T00:05:00.000Z", words, isAhead: false });
  assert.equal(statedTime(300_001, 0).at, "1970-01-01T00:05:01.000Z");
  assert.equal(statedTime(301_000, 0).isAhead, true);
  const past = "a time past all calendars";
  assert.deepEqual(statedTime(8.64e15 + 1, 0), { at: past, words: past, isAhead: true });
});

test("counts read as English does", () => {
  assert.deepEqual(
    [0, 1, 999, 1000, 1_234_567].map((count) => counted(count, "byte")),
    ["0 bytes", "1 byte", "999 bytes", "1,000 bytes", "1,234,567 bytes"],
  );
});

test("a name from outside cannot turn a sentence round, break its line or fill the page", () => {
  assert.equal(shown("a\u202eb\nc\u2028d\u200be\ud800"), "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd");
  assert.equal(shown("שלום é 🙂"), "שלום é 🙂");
  assert.equal(shown("x".repeat(1000)).length, 256);
  assert.ok(shown(`${"x".repeat(254)}🙂`, 255).isWellFormed());
});

test("what cannot be seen, or turns text round, is told by its number; what scripts and emoji need stays", () => {
  assert.equal(laidOpen("gro.elpmaxe\u202e\u2066x"), "gro.elpmaxe⟨U+202E⟩⟨U+2066⟩x");
  assert.equal(
    laidOpen("a\u200bb\ufeffc\u061cd\u200fe\u2028f\ud800\u0007"),
    "a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+061C⟩d⟨U+200F⟩e⟨U+2028⟩f⟨U+D800⟩⟨U+0007⟩",
  );
  assert.equal(laidOpen("x\u{e0041}\u{e007f}"), "x⟨U+E0041⟩⟨U+E007F⟩");
  const kept =
    "One.\n\tשלום می\u200cخواهم 👩\u200d🌾 \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} ❤\ufe0f";
  assert.equal(laidOpen(kept), kept);
});

test("what was pressed stands in words, whatever a file says of it", () => {
  const steps = [
    { did: "refused-consent", words: "Reject all" },
    { did: "opened-more", words: "Read\u202e more" },
    { did: "constructor", words: "x" },
    { did: 1 },
    null,
  ];
  assert.equal(
    stepsInWords(steps),
    "refused consent to cookies or tracking (“Reject all”), then opened more of the text (“Read\ufffd more”), then constructor (“x”)",
  );
  for (const none of [undefined, [], {}, "steps", [null]]) assert.equal(stepsInWords(none), undefined);
});

test("a time keeps the zone it was given in; a moment is the second it lies in; what is neither stays as it is", () => {
  assert.deepEqual(zonedTime("2026-03-14T21:07:59.9+01:00"), { day: "14 March 2026", clock: "21:07 (UTC+01:00)" });
  assert.deepEqual(zonedTime("2026-03-14T21:07:00-05:30"), { day: "14 March 2026", clock: "21:07 (UTC\u221205:30)" });
  assert.deepEqual(zonedTime("2026-03-04 21:07:00Z"), { day: "4 March 2026", clock: "21:07 UTC" });
  for (const other of ["about noon", "2026-13-14T21:07:00Z", "2026-03-14", "2026-03-14T21:07:00"]) {
    assert.equal(zonedTime(other), undefined);
  }
  assert.equal(momentInWords("2026-03-15T08:20:03.999Z"), "15 March 2026, 08:20:03 UTC");
  assert.equal(momentInWords("2026-99-15T08:20:03Z"), "2026-99-15T08:20:03Z");
});
