import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fitHeadline, headlineUnits, type LineInk, lineBreaks, lineText } from "./headline.ts";

test("a soft hyphen is seen only where the line ends, a hyphen always", () => {
  const units = headlineUnits("Electro\u00adcephalic forty-one");
  assert.deepEqual(
    units.map((unit) => unit.text),
    ["Electro\u00ad", "cephalic", "forty-", "one"],
  );
  assert.equal(lineText(units, 0, 1), "Electro-");
  assert.equal(lineText(units, 0, 3), "Electrocephalic forty-");
  assert.equal(lineText(units, 2, 4), "forty-one");
});

test("every way to break n words into lines is tried", () => {
  assert.equal(lineBreaks(7, 7).length, 64);
  assert.deepEqual(lineBreaks(3, 2), [[3], [2, 3], [1, 3]]);
});

const widths = fc.array(fc.double({ min: 0.5, max: 8, noNaN: true }), { minLength: 1, maxLength: 7 });

test("no line is wider than the measure, the headline no higher than its space, no capital under the least", () => {
  fc.assert(
    fc.property(widths, fc.double({ min: 200, max: 2000, noNaN: true }), (words, height) => {
      const ink = (from: number, to: number): LineInk => {
        const narrow = words.slice(from, to).reduce((sum, word) => sum + word, (to - from - 1) * 0.2);
        return { narrow, wide: narrow * 1.5, ascent: 0.73, descent: 0.2 };
      };
      const space = { width: 1000, height, capital: 0.7, leastCapital: 120 };
      const fit = fitHeadline(words.length, ink, space);
      if (fit === undefined) return;
      assert.ok(fit.height <= height);
      assert.ok(fit.capital >= 120 - 1e-9);
      let at = 0;
      for (const line of fit.lines) {
        assert.equal(line.from, at);
        at = line.to;
        const { narrow, wide } = ink(line.from, line.to);
        assert.ok((narrow + line.cut * (wide - narrow)) * line.size <= 1000 + 1e-6);
        assert.ok(line.base <= height && line.cut >= 0 && line.cut <= 1);
      }
      assert.equal(at, words.length);
    }),
    { numRuns: 150 },
  );
});

const tooWide = (): LineInk => ({ narrow: 9, wide: 12, ascent: 0.7, descent: 0 });

test("a word too long for the measure at the least size has no setting", () => {
  assert.equal(fitHeadline(1, tooWide, { width: 1000, height: 1000, capital: 0.7, leastCapital: 120 }), undefined);
});
