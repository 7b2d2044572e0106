/**
 * Honest placard files and forged ones, each with what a verifier must say: a table that the function, the command line
 * and the verify page are all held to. All content is invented.
 */
import { opensslMissing } from "../timestamp-authority.ts";
import { forgedActs } from "./acts.ts";
import { forgedArchives } from "./archives.ts";
import type { Case } from "./case.ts";
import { forgedContainers } from "./containers.ts";
import { evasions } from "./evasions.ts";
import { forgedLedgers } from "./ledgers.ts";
import { forgedRedactions } from "./redactions.ts";
import { forgedTimestamps } from "./timestamps.ts";

/** Those with timestamps only where openssl is there. */
export async function forgedFiles(): Promise<readonly Case[]> {
  return [
    ...(await forgedContainers()),
    ...(await forgedActs()),
    ...(await forgedLedgers()),
    ...(await forgedArchives()),
    ...(await evasions()),
    ...(await forgedRedactions()),
    ...(opensslMissing() ? [] : await forgedTimestamps()),
  ];
}
