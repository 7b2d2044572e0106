/** Passkeys by what browsers bring along (https://www.w3.org/TR/webauthn-3/). */
import { auth, Problem } from "../api.ts";

/** Code of a problem where whoever was asked said no, or waited too long. */
export const CANCELLED = "passkey_cancelled";

/** A number for a name has none: https://www.w3.org/TR/webauthn-3/#rp-id */
const NUMBERED = /^[\d.]+$|^\[/;

export function hasPasskeys(): boolean {
  return (
    globalThis.isSecureContext &&
    !NUMBERED.test(globalThis.location.hostname) &&
    typeof PublicKeyCredential === "function" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  );
}

export async function signInByPasskey(): Promise<void> {
  const options = await auth<PublicKeyCredentialRequestOptionsJSON>("/passkey/generate-authenticate-options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  await auth("/passkey/verify-authentication", { response: await shown(navigator.credentials.get({ publicKey })) });
}

/** As the server takes it. */
export interface MadePasskey {
  readonly name?: string;
  readonly response: {
    readonly id: string;
    readonly rawId: string;
    readonly type: "public-key";
    readonly response: {
      readonly clientDataJSON: string;
      readonly attestationObject: string;
      readonly transports?: string[];
    };
  };
}

/** Named after the kind of device it is made on. Throws `Problem`. */
export async function newPasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<MadePasskey> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const response = await shown<MadePasskey["response"]>(navigator.credentials.create({ publicKey }));
  return { response, ...(navigator.platform === "" ? {} : { name: navigator.platform }) };
}

/** For an account that is there; where a passkey is all it has, that is shown first. */
export async function makePasskey({ shownFirst = false } = {}): Promise<void> {
  if (shownFirst) await signInByPasskey();
  const options = await auth<PublicKeyCredentialCreationOptionsJSON>("/passkey/generate-register-options");
  await auth("/passkey/verify-registration", await newPasskey(options));
}

/** Nobody knows it: where the browser can, it is not offered when somebody signs in. Never rejects. */
export async function forgetPasskey(
  { rp: { id = "" } }: PublicKeyCredentialCreationOptionsJSON,
  { response }: MadePasskey,
): Promise<void> {
  if (typeof PublicKeyCredential.signalUnknownCredential !== "function") return;
  await PublicKeyCredential.signalUnknownCredential({ rpId: id, credentialId: response.id }).catch(() => undefined);
}

async function shown<T extends object>(asked: Promise<Credential | null>): Promise<T> {
  const credential = await asked.catch(() => null);
  if (credential instanceof PublicKeyCredential) return credential.toJSON() as T;
  throw new Problem(CANCELLED, "");
}
