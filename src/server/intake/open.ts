/** Puts the intake together: what was sent in, the door, and the secrets that receipts and pieces of work are made with. */
import { createHmac } from "node:crypto";
import { recordFolder } from "../../app/record-folder.ts";
import { loadSecret } from "../accounts/secret.ts";
import { openIntakeDatabase } from "./database.ts";
import { type Door, readDoor, setDoor } from "./door.ts";
import { SentIn } from "./sent.ts";

export interface Intake extends Disposable {
  readonly sent: SentIn;
  readonly receiptSecret: Uint8Array;
  readonly workSecret: string;
  door: Door;
}

const DAY = 86_400_000;

/** Throws `unsupported`, `malformed`, `storage`. */
export async function openIntake(folder: string): Promise<Intake> {
  const paths = recordFolder(folder);
  const secret = await loadSecret(paths.keys);
  const raw = await openIntakeDatabase(paths.intake);
  const secretFor = (what: string) => createHmac("sha256", secret).update(what).digest();
  const sent = new SentIn(raw);
  const forget = (): void => {
    try {
      sent.forget();
    } catch {
      // A full disk must not keep what there is from being read; tomorrow it is tried again.
    }
  };
  forget();
  const daily = setInterval(forget, DAY).unref();
  return {
    sent,
    receiptSecret: secretFor("intake receipts"),
    workSecret: secretFor("intake work").toString("hex"),
    get door() {
      return readDoor(raw);
    },
    set door(door) {
      setDoor(raw, door);
    },
    [Symbol.dispose]: () => {
      clearInterval(daily);
      raw.close();
    },
  };
}
