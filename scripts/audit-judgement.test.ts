/** What an audit's answer is taken for, of reports that are made up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AuditReport, type Exception, judge, unanswered } from "./audit-judgement.ts";

const LANTERN: Exception = {
  advisory: "GHSA-aaaa-bbbb-cccc",
  package: "lantern",
  version: "4.5.7",
  why: "mended in 4.5.7 as well",
};
const NODE = "node_modules/lantern";
const versionAt = (node: string): string | undefined => (node === NODE ? "4.5.7" : undefined);

type Found = NonNullable<AuditReport["vulnerabilities"]>[string];

function found(id: string, severity = "moderate"): Found {
  const advisory = { url: `https://github.com/advisories/${id}`, title: "It burns", range: "<5.7.0" };
  return { severity, via: [advisory], nodes: [NODE] };
}
const report = (vulnerabilities: Readonly<Record<string, Found>>): AuditReport => ({ metadata: {}, vulnerabilities });

test("a known fault of whatever severity fails", () => {
  for (const severity of ["info", "low", "moderate", "high", "critical"]) {
    const { failing, excepted } = judge(report({ lantern: found("GHSA-aaaa-bbbb-cccc", severity) }), [], versionAt);
    assert.deepEqual([failing, excepted], [[`${severity}: lantern <5.7.0, GHSA-aaaa-bbbb-cccc: It burns`], []]);
  }
});

test("nothing found is nothing to mend", () => {
  assert.deepEqual(judge(report({}), [], versionAt), { failing: [], excepted: [] });
});

test("an exception covers its advisory, and what is in the report for its sake", () => {
  const all = {
    lantern: found(LANTERN.advisory),
    lamp: { severity: "moderate", via: ["lantern"], nodes: ["node_modules/lamp"] },
    house: { severity: "moderate", via: ["lamp"], nodes: ["node_modules/house"] },
  };
  const { failing, excepted } = judge(report(all), [LANTERN], versionAt);
  assert.deepEqual(failing, []);
  assert.equal(excepted.length, 1);
  assert.match(excepted[0] ?? "", /GHSA-aaaa-bbbb-cccc.*mended in 4\.5\.7 as well/);
});

test("it covers no other advisory, no other package, and no other version, here or elsewhere", () => {
  const both = {
    ...found(LANTERN.advisory),
    via: [...found(LANTERN.advisory).via, ...found("GHSA-dddd-eeee-ffff").via],
  };
  const { failing } = judge(report({ lantern: both }), [LANTERN], versionAt);
  assert.deepEqual(failing, ["moderate: lantern <5.7.0, GHSA-dddd-eeee-ffff: It burns"]);
  const twice = { ...found(LANTERN.advisory), nodes: [NODE, "node_modules/lamp/node_modules/lantern"] };
  const cases: readonly (readonly [AuditReport, typeof versionAt])[] = [
    [report({ lamp: found(LANTERN.advisory), lantern: found(LANTERN.advisory) }), versionAt],
    [report({ lantern: found(LANTERN.advisory) }), () => "4.5.4"],
    [report({ lantern: twice }), versionAt],
    [report({ lantern: { ...found(LANTERN.advisory), nodes: [] } }), versionAt],
  ];
  for (const [all, at] of cases) assert.equal(judge(all, [LANTERN], at).failing.length, 1, JSON.stringify(all));
});

test("an exception that is not needed any more fails", () => {
  const { failing } = judge(report({}), [LANTERN], versionAt);
  assert.deepEqual(failing, ["GHSA-aaaa-bbbb-cccc (lantern) is not found any more: take its exception away"]);
});

test("what cannot be read to its end fails rather than passes", () => {
  const odd = {
    lamp: { severity: "low", via: ["gone"], nodes: [] },
    torch: { severity: "low", via: [], nodes: [] },
    light: { severity: "low", via: [{ url: null }], nodes: [NODE] },
  };
  assert.equal(judge(report(odd), [LANTERN], versionAt).failing.length, 4);
});

test("an answer that is none is told with its reason, and is no verdict", () => {
  assert.equal(unanswered(report({})), undefined);
  assert.equal(unanswered({ message: "405 Method Not Allowed" }), "405 Method Not Allowed");
  assert.equal(unanswered({ error: { summary: "offline" } }), "offline");
  assert.equal(unanswered({ metadata: {} }), "no reason given");
});
