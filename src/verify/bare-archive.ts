/** A web archive by itself (`.wacz`): what it holds can be checked, and nothing about when it came to be. */
import type { Policy } from "../ledger/policy.ts";
import type { Hashing } from "./blob-checks.ts";
import { fails, holds, mismatch } from "./check.ts";
import type { Verdict } from "./verdict.ts";
import { verifyWacz } from "./wacz.ts";
import type { WebRoots } from "./web-roots.ts";
import { openZip } from "./zip.ts";

const NOBODY = "A web archive by itself was sealed by no record, and so by none that your policy names.";

/** A file is one where `datapackage.json` lies at its root. Throws as openZip. */
export async function isBareArchive(file: Blob): Promise<boolean> {
  return (await openZip(file)).find("datapackage.json") !== undefined;
}

/**
 * Holds where its contents hold and nothing fails; shows no exhibit, since there is none. For a reader who has said whom
 * to trust it does not hold: anybody can make one, and name its members like those of a placard file.
 */
export async function judgeArchive(
  file: Blob,
  hashing: Hashing,
  webRoots: WebRoots | undefined,
  policy: Policy | undefined,
): Promise<Verdict> {
  const { checks } = await verifyWacz(file, { ...hashing, webRoots });
  const why = "This is a web archive by itself, not a placard file: nothing here says when or by whom it was sealed.";
  const trust = policy === undefined ? [] : [fails("trust", mismatch(NOBODY))];
  const verdict =
    policy === undefined && checks[0].state === "holds" && checks.every(({ state }) => state !== "fails")
      ? "holds"
      : "fails";
  return { verdict, checks: [holds("file", why), ...trust, ...checks] };
}
