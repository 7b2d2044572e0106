/**
 * Asks the registry whether anything that Placard is made of is known to be unsafe, and fails where something is, from "high" on.
 * Where the registry gives no answer it says so in so many words and does not fail: that is no verdict, and nobody should take it for one.
 */
import { spawnSync } from "node:child_process";

interface Report {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

const FAILING = ["high", "critical"];

// With what is only built with: screens are bundled from it.
const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8", timeout: 120_000 });
const report = reportIn(stdout);
if (report.metadata === undefined) {
  const why = report.message ?? report.error?.summary ?? "npm said nothing that can be read";
  console.log(
    `NOT AUDITED: the registry gave no answer about known faults of dependencies (${why || "no reason given"}).`,
  );
} else {
  const found = Object.entries(report.vulnerabilities ?? {});
  for (const [name, { severity, range }] of found) console.log(`${severity}: ${name} ${range}`);
  const failing = found.filter(([, { severity }]) => FAILING.includes(severity));
  console.log(`Dependencies: ${found.length} with a known fault, ${failing.length} of them high or critical.`);
  if (failing.length > 0) process.exitCode = 1;
}

function reportIn(text: string): Report {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return {};
  }
}
