/** The checks of the act's place in the ledger, and of the checkpoint that states the ledger. */
import { type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from "../ledger/checkpoint.ts";
import { verifyInclusion } from "../ledger/merkle.ts";
import { parseNote } from "../ledger/note.ts";
import { type Proof, parseProof } from "../ledger/proof.ts";
import { PlacardError } from "../lib/error.ts";
import { type ReadAct, readKey } from "./act-checks.ts";
import { holds, type Looked, look, mismatch, notLooked } from "./check.ts";
import { say } from "./said.ts";
import { counted, shown } from "./wording.ts";

/** Read apart from what it proves, so that a proof that leads elsewhere still has a checkpoint to look at. */
export function readProof(text: string): Promise<Looked<Proof>> {
  return look("ledger", () => {
    const value = parseProof(text);
    if (value.extra !== undefined) {
      throw new PlacardError("unsupported", "The proof carries extra data, for which nothing vouches.");
    }
    return { check: holds("ledger", say("proof_readable")), value };
  });
}

/** "ledger": the act's entry leads to the checkpoint's root (whoever signed that). */
export async function checkLedger(read: Looked<Proof>, act: ReadAct | undefined): Promise<Looked<true>> {
  const { value: proof } = read;
  if (proof === undefined) return { check: read.check };
  if (act === undefined) return { check: notLooked("ledger", say("act_unread")) };
  return look("ledger", () => {
    const { size, root } = parseCheckpoint(parseNote(proof.checkpoint).text);
    try {
      verifyInclusion({ index: proof.index, size, leaf: act.leaf, proof: proof.hashes, root });
    } catch (cause) {
      const code = cause instanceof PlacardError ? cause.code : "mismatch";
      throw new PlacardError(code, "The proof does not lead from this act to the checkpoint's root.", { cause });
    }
    const why = say("in_ledger", { number: proof.index + 1, size }, { size: counted(size, "entry", "entries") });
    return { check: holds("ledger", why), value: true };
  });
}

/** "checkpoint": signed by the record's key, and of the record that issued the act. */
export async function checkCheckpoint(
  proof: Proof | undefined,
  act: ReadAct | undefined,
  vkey: string,
): Promise<Looked<OpenedCheckpoint>> {
  if (proof === undefined) return { check: notLooked("checkpoint", say("proof_unread")) };
  return look("checkpoint", () => {
    const value = openCheckpoint(proof.checkpoint, readKey(vkey));
    if (act !== undefined && act.issuer !== value.origin) {
      throw mismatch(`The act is of ${shown(act.issuer)}, the checkpoint of ${shown(value.origin)}.`);
    }
    const why = say(
      "checkpoint_holds",
      { origin: shown(value.origin), size: value.size },
      { size: counted(value.size, "entry", "entries") },
    );
    return { check: holds("checkpoint", why), value };
  });
}
