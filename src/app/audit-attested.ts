/** What an audit makes of the checkpoints that others have attested, and of their tokens: files and prints rest on them. */
import { PlacardError } from "../lib/error.ts";
import { attestedSizes, soundAttested } from "./attested.ts";
import type { RecordContext } from "./context.ts";
import type { Finding } from "./finding.ts";

export async function auditAttested(context: RecordContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const found = (why: string): number => findings.push({ what: "ledger", state: "altered", why });
  for (const size of await attestedSizes(context.backend)) {
    const attested = await soundAttested(context, size);
    if (attested instanceof PlacardError) {
      found(`Nothing rests on the attested checkpoint of ${size} entries any more. ${attested.message}`);
    } else if (attested !== undefined && attested.tokens.length > 0) {
      const { unsoundTokens } = await import("./attesters.ts");
      for (const { message } of await unsoundTokens(context, attested)) {
        found(`A timestamp kept with the attested checkpoint of ${size} entries does not hold. ${message}`);
      }
    }
  }
  return findings;
}
