/** A passkey in software: one ES256 key, no attestation (https://www.w3.org/TR/webauthn-2/#sctn-attestation-object). */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const WITH_KEY = 0x40;

export interface Passkey {
  readonly id: string;
  /** The body of verify-registration. */
  register(challenge: string): Readonly<Record<string, unknown>>;
  /** The body of verify-authentication. */
  answer(challenge: string): Readonly<Record<string, unknown>>;
}

/** `verifies`: whether it makes sure who holds it, by a PIN or a finger. */
export function newPasskey(origin: string, verifies = true): Passkey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const credential = randomBytes(16);
  const id = credential.toString("base64url");
  const flags = USER_PRESENT | (verifies ? USER_VERIFIED : 0);
  const head = (more: number): Buffer =>
    Buffer.concat([sha256(Buffer.from(new URL(origin).hostname)), Buffer.from([flags | more, 0, 0, 0, 0])]);
  const client = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const told = (response: Readonly<Record<string, unknown>>) => ({
    response: { id, rawId: id, type: "public-key", clientExtensionResults: {}, response },
  });
  return {
    id,
    register: (challenge) => {
      // {1: 2, 3: -7, -1: 1, -2: x, -3: y}, https://www.rfc-editor.org/rfc/rfc9053#section-7.1.1
      const key = Buffer.concat([
        Buffer.from("a5010203262001215820", "hex"),
        Buffer.from(x, "base64url"),
        Buffer.from("225820", "hex"),
        Buffer.from(y, "base64url"),
      ]);
      const data = Buffer.concat([
        head(WITH_KEY),
        Buffer.alloc(16),
        Buffer.from([0, credential.length]),
        credential,
        key,
      ]);
      // {"fmt": "none", "attStmt": {}, "authData": data}
      const attestationObject = Buffer.concat([
        Buffer.from("a363666d74646e6f6e656761747453746d74a0686175746844617461", "hex"),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return told({
        clientDataJSON: client("webauthn.create", challenge).toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      });
    },
    answer: (challenge) => {
      const authenticatorData = head(0);
      const clientDataJSON = client("webauthn.get", challenge);
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), privateKey);
      return told({
        clientDataJSON: clientDataJSON.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
      });
    },
  };
}

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
