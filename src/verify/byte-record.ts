/** "byte record": whether the archive's bodies are those that crossed the wire, as the act says. Nothing in the archive itself tells. */
import type { Fields } from "./blob-checks.ts";
import { absent, withheld } from "./check.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { shown } from "./wording.ts";

const NAME = "byte record";

/** Nothing where the act says it is the browser's network log, as it is as a rule; nothing of acts that record no page. */
export function checkByteRecord({ act, byteRecord }: Fields): readonly Check[] {
  const mayBeCapture = act === "captured" || act === undefined;
  if (!mayBeCapture || byteRecord === "network-log") return [];
  if (byteRecord === undefined) {
    // An act that hides what it is has its own remark.
    return act === undefined ? [] : [withheld(NAME, say("bytes_withheld"))];
  }
  if (byteRecord === "decoded") {
    const why = say("bytes_decoded");
    return [absent(NAME, why)];
  }
  const said = typeof byteRecord === "string" ? `“${shown(byteRecord)}”` : "something that is no word";
  return [absent(NAME, say("bytes_unknown", { said }))];
}
