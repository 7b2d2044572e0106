/** "byte record": whether the archive's bodies are those that crossed the wire, as the act says. Nothing in the archive itself tells. */
import type { Fields } from "./blob-checks.ts";
import { absent, withheld } from "./check.ts";
import type { Check } from "./verdict.ts";
import { shown } from "./wording.ts";

const NAME = "byte record";

/** Nothing where the act says it is the browser's network log, as it is as a rule; nothing of acts that record no page. */
export function checkByteRecord({ act, byteRecord }: Fields): readonly Check[] {
  const mayBeCapture = act === "captured" || act === undefined;
  if (!mayBeCapture || byteRecord === "network-log") return [];
  if (byteRecord === undefined) {
    // An act that hides what it is has its own remark.
    return act === undefined
      ? []
      : [withheld(NAME, "Withheld: whether the archive has what crossed the wire, or what the browser made of it.")];
  }
  if (byteRecord === "decoded") {
    const why =
      "Decoded: the archive has bodies as the browser handed them to the page, not the bytes that crossed the wire; requests of workers and of frames of other sites are missing.";
    return [absent(NAME, why)];
  }
  const said = typeof byteRecord === "string" ? `“${shown(byteRecord)}”` : "something that is no word";
  return [absent(NAME, `The act says ${said} of how the bytes were recorded, which this verifier does not know.`)];
}
