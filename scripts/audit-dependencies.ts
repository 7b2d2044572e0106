/**
 * Asks the registry whether anything that Placard is made of is known to be unsafe, and fails where something is, of whatever severity, but
 * for the exceptions below. Where the registry gives no answer it says so in so many words and does not fail: that is no verdict, and
 * nobody should take it for one.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AuditReport, type Exception, judge, unanswered } from "./audit-judgement.ts";

/** Each for one version that was looked at, and only for as long as the registry names it. */
const EXCEPTIONS: readonly Exception[] = [
  {
    advisory: "GHSA-gh4j-gqv2-49f6",
    package: "fast-xml-parser",
    version: "4.5.7",
    why:
      "the advisory says that all before 5.7.0 have the fault, and its fix is in 4.x since 4.5.5 (ends of comments and CDATA are " +
      "escaped when XML is written); replaywebpage brings it along, which Placard is only built with",
  },
];

// With what is only built with: screens are bundled from it.
const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8", timeout: 120_000 });
const report = reportIn(stdout);
const silence = unanswered(report);
if (silence !== undefined) {
  console.log(`NOT AUDITED: the registry gave no answer about known faults of dependencies (${silence}).`);
} else {
  const { failing, excepted } = judge(report, EXCEPTIONS, versionsLocked());
  for (const line of [...failing, ...excepted]) console.log(line);
  console.log(`Known faults of dependencies: ${failing.length} to be mended, ${excepted.length} excepted.`);
  if (failing.length > 0) process.exitCode = 1;
}

function reportIn(text: string): AuditReport {
  try {
    return JSON.parse(text) as AuditReport;
  } catch {
    return { message: "npm said nothing that can be read" };
  }
}

function versionsLocked(): (node: string) => string | undefined {
  const lock = readFileSync(join(import.meta.dirname, "..", "package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return (node) => packages[node]?.version;
}
