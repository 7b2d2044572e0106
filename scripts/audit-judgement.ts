/** What an answer of `npm audit --json` means: pure, so that it can be tested without a registry. */

/** As `auditReportVersion` 2 has it; without `metadata` there was no answer. */
export interface AuditReport {
  readonly metadata?: unknown;
  readonly vulnerabilities?: Readonly<Record<string, Vulnerable>>;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

interface Vulnerable {
  readonly severity: string;
  /** Advisories, and the names of other packages that bring their own with them. */
  readonly via: readonly (
    | string
    | { readonly url?: string | null; readonly title?: string; readonly range?: string }
  )[];
  /** Where it is installed, as package-lock.json names places. */
  readonly nodes: readonly string[];
}

export interface Exception {
  /** Of the advisory, as GitHub has it: `GHSA-…`. */
  readonly advisory: string;
  readonly package: string;
  /** The one version that was looked at. */
  readonly version: string;
  readonly why: string;
}

export interface Judgement {
  /** A line for each that is to be mended, of whatever severity; for an exception that is not needed any more, too. */
  readonly failing: readonly string[];
  /** A line for each that an exception covers, with its reason. */
  readonly excepted: readonly string[];
}

/** Where the registry gave no answer: why not. */
export function unanswered(report: AuditReport): string | undefined {
  if (report.metadata !== undefined && report.vulnerabilities !== undefined) return undefined;
  return report.message || report.error?.summary || "no reason given";
}

/** `versionAt`: the version that is installed at a place of package-lock.json. */
export function judge(
  { vulnerabilities = {} }: AuditReport,
  exceptions: readonly Exception[],
  versionAt: (node: string) => string | undefined,
): Judgement {
  const failing: string[] = [];
  const excepted: string[] = [];
  const needed = new Set<Exception>();
  for (const [name, { severity, via, nodes }] of Object.entries(vulnerabilities)) {
    // One that is named by others only is in the report for their sake, and they are in it themselves.
    for (const from of via) {
      if (typeof from === "string") {
        if (!Object.hasOwn(vulnerabilities, from)) failing.push(`${severity}: ${name}, through ${from}`);
        continue;
      }
      const id = /GHSA(?:-\w{4}){3}/.exec(from.url ?? "")?.[0] ?? "an advisory without an id";
      const line = `${severity}: ${name} ${from.range ?? ""}, ${id}${from.title === undefined ? "" : `: ${from.title}`}`;
      const known = exceptions.find((one) => one.advisory === id && one.package === name);
      const isCovered =
        known !== undefined && nodes.length > 0 && nodes.every((node) => versionAt(node) === known.version);
      if (known !== undefined) needed.add(known);
      if (isCovered) excepted.push(`${line}. Excepted: ${known.why}`);
      else failing.push(line);
    }
    if (via.length === 0) failing.push(`${severity}: ${name}`);
  }
  for (const one of exceptions)
    if (!needed.has(one))
      failing.push(`${one.advisory} (${one.package}) is not found any more: take its exception away`);
  return { failing, excepted };
}
