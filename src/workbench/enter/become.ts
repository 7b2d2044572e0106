/** Becoming a member, by a password or by a passkey that is made on the way: whole or not at all. */
import { Problem } from "../api.ts";
import type { Filled } from "../form.ts";
import { signInByPassword } from "./arrive.ts";
import { forgetPasskey, type MadePasskey, newPasskey } from "./passkey.ts";

export type By = "passkey" | "password";

interface Who {
  readonly name: string;
  readonly email: string;
}
type Person = Who & ({ readonly password: string } | { readonly passkey: MadePasskey });

/** The first start, or an invitation. */
export interface Door {
  /** By what a passkey is made. */
  ask(who: Who): Promise<object>;
  enter(person: Person): Promise<unknown>;
}

/** The password that was chosen, with which a second factor is still to be set up; none where a passkey is all there is. */
export async function become(door: Door, by: By, filled: Filled): Promise<string | undefined> {
  const who = { name: filled("name"), email: filled("email") };
  if (by === "passkey") {
    await enterByPasskey(door, who);
    return undefined;
  }
  const password = filled("password");
  await door.enter({ ...who, password });
  await signInByPassword(who.email, password);
  return password;
}

async function enterByPasskey(door: Door, who: Who): Promise<void> {
  const options = (await door.ask(who)) as PublicKeyCredentialCreationOptionsJSON;
  const passkey = await newPasskey(options);
  try {
    await door.enter({ ...who, passkey });
  } catch (error) {
    // Only where it was refused: what was not answered may have been taken all the same.
    if (error instanceof Problem && error.status >= 400 && error.status < 500) await forgetPasskey(options, passkey);
    throw error;
  }
}
