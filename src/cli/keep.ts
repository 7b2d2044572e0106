import { type Attestation, counted, openRecord, rebuildIndex } from "../app/record.ts";
import { beside, EXIT, type Output, oneLine } from "./output.ts";

export async function timestamp(folder: string, output: Output): Promise<number> {
  await using record = await openRecord(folder);
  return sayAttestations("timestamp", await record.timestamp(), output);
}

export async function cosign(folder: string, output: Output): Promise<number> {
  await using record = await openRecord(folder);
  return sayAttestations("cosign", await record.cosign(), output);
}

function sayAttestations(verb: string, attestations: readonly Attestation[], output: Output): number {
  for (const attestation of attestations) {
    const { by, size, time, reason } = attestation;
    const words =
      attestation.outcome === "attested"
        ? `${oneLine(by)} attests all ${size} entries, at ${time}.`
        : `${oneLine(by)} did not: ${oneLine(reason ?? "")}`;
    output.result({ verb, ...attestation }, words);
  }
  return attestations.every((attestation) => attestation.outcome === "attested") ? EXIT.holds : EXIT.failed;
}

export async function auditRecord(folder: string, output: Output): Promise<number> {
  await using record = await openRecord(folder, { forAudit: true });
  let last = 0;
  const result = await record.audit((done, total, what) => {
    if (performance.now() - last < 250 && done < total) return;
    last = performance.now();
    output.progress(`checking ${what === "blobs" ? "files" : what}: ${done} of ${total}`);
  });
  const findings = result.findings.map(({ state, what, id, position, sha256, why }) =>
    beside(
      `  ${state.padEnd(12)} `,
      oneLine(`${what === "blob" ? "file" : what} ${id ?? position ?? sha256 ?? ""}  ${why}`),
    ),
  );
  const heading = result.verdict === "holds" ? "Everything holds" : "This record does not hold";
  output.result(
    { verb: "audit", ...result },
    [
      `${heading}: ${counted(result.acts, "act")}, ${counted(result.blobs, "file")}, ${counted(result.bytes, "byte")}.`,
      ...findings,
    ].join("\n"),
  );
  return result.verdict === "holds" ? EXIT.holds : EXIT.doesNot;
}

export async function erase(folder: string, id: string, reason: string, output: Output): Promise<number> {
  await using record = await openRecord(folder);
  const erased = await record.erase(id, reason);
  output.result(
    { verb: "erase", ...erased },
    `Erased ${erased.id}${withRecaptures(erased.recaptures.length)}. What it said is gone from this record for good; its place in the ledger still verifies.`,
  );
  return EXIT.holds;
}

function withRecaptures(count: number): string {
  return count === 0 ? "" : count === 1 ? " and its recapture" : ` and its ${count} recaptures`;
}

export async function rebuild(folder: string, output: Output): Promise<number> {
  output.progress("building the index again");
  const { exhibits } = await rebuildIndex(folder);
  output.result({ verb: "index", exhibits }, `Built the index again: ${counted(exhibits, "exhibit")}.`);
  return EXIT.holds;
}
