/** The checks that rest on somebody outside the file: whom the reader trusts, and who cosigned. */
import type { OpenedCheckpoint } from "../ledger/checkpoint.ts";
import { type Policy, quorumMet, witnessesOf } from "../ledger/policy.ts";
import { equal } from "../lib/bytes.ts";
import type { Told } from "../lib/told.ts";
import { keyWords } from "../record/key-words.ts";
import { readKey } from "./act-checks.ts";
import { absent, holds, type Looked, look, mismatch, notLooked } from "./check.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { counted, shown, statedTime } from "./wording.ts";

/** "trust": is this the record the reader knows? Absent without a policy: the file cannot vouch for itself. */
export async function checkTrust(vkey: string, policy: Policy | undefined): Promise<Check> {
  const looked = await look("trust", () => {
    const key = readKey(vkey);
    if (policy === undefined) {
      const why = say("record_vouches", { words: keyWords(vkey).join(" ") });
      return { check: absent("trust", why) };
    }
    const isListed = policy.logs.some((log) => log.key.name === key.name && equal(log.key.publicKey, key.publicKey));
    if (!isListed) throw mismatch(say("record_not_in_policy", { name: shown(key.name) }));
    return { check: holds("trust", say("policy_names", { name: shown(key.name) })) };
  });
  return looked.check;
}

/** "witnesses": others who saw this checkpoint and would not sign a second history beside it. */
export async function checkWitnesses(
  checkpoint: OpenedCheckpoint | undefined,
  policy: Policy | undefined,
  now: number,
): Promise<Check> {
  if (checkpoint === undefined) return notLooked("witnesses", say("checkpoint_fails"));
  if (policy === undefined) return absent("witnesses", unnamed(checkpoint));
  const looked = await look("witnesses", () => countWitnesses(checkpoint, policy, now));
  return looked.check;
}

function countWitnesses(checkpoint: OpenedCheckpoint, policy: Policy, now: number): Looked<never> {
  const times = witnessesOf(policy, checkpoint.note);
  if (!quorumMet(policy, new Set(times.keys()))) {
    const names = [...times.keys()].map((name) => shown(name));
    throw mismatch(names.length === 0 ? say("witnesses_none") : say("witnesses_only", { names }));
  }
  if (times.size === 0) {
    return { check: absent("witnesses", say("no_witness_asked")) };
  }
  const each = [...times].map(([name, time]) => witnessedBy(name, 1000 * time, now));
  return { check: holds("witnesses", say("witnessed", { each })) };
}

/** Who, and before when (milliseconds since 1970), to stand in a list of those who witnessed. */
export function witnessedBy(who: string, milliseconds: number, now: number) {
  const { at, words, isAhead } = statedTime(milliseconds, now);
  const values = { name: shown(who), beforeAt: at };
  return say(isAhead ? "witnessed_by_ahead" : "witnessed_by", values, { beforeAt: words });
}

/** Signatures by keys that nobody named say nothing: anyone can make them. */
function unnamed({ note }: OpenedCheckpoint): Told {
  const others = note.signatures.length - 1;
  if (others === 0) return say("only_record_signed");
  return say("more_signatures", { count: others }, { count: counted(others, "more signature") });
}
