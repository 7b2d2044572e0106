/** Passkeys by what browsers bring along (https://www.w3.org/TR/webauthn-3/). */
import { auth, Problem } from "../api.ts";

/** Code of a problem where whoever was asked said no, or waited too long. */
export const CANCELLED = "passkey_cancelled";

export function hasPasskeys(): boolean {
  return (
    typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  );
}

export async function signInByPasskey(): Promise<void> {
  const options = await auth<PublicKeyCredentialRequestOptionsJSON>("/passkey/generate-authenticate-options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  await auth("/passkey/verify-authentication", { response: await shown(navigator.credentials.get({ publicKey })) });
}

export async function makePasskey(name: string): Promise<void> {
  const options = await auth<PublicKeyCredentialCreationOptionsJSON>("/passkey/generate-register-options");
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  await auth("/passkey/verify-registration", {
    response: await shown(navigator.credentials.create({ publicKey })),
    name,
  });
}

async function shown(asked: Promise<Credential | null>): Promise<object> {
  const credential = await asked.catch(() => null);
  if (credential instanceof PublicKeyCredential) return credential.toJSON() as object;
  throw new Problem(CANCELLED, "");
}
