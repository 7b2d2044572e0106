/** A passkey in software: one ES256 key, no attestation (https://www.w3.org/TR/webauthn-2/#sctn-attestation-object). */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const WITH_KEY = 0x40;

interface Attested {
  readonly format: string;
  readonly certificate: Uint8Array;
}

export interface Passkey {
  readonly id: string;
  /** The body of verify-registration. */
  register(challenge: string): Readonly<Record<string, unknown>>;
  /** The body of verify-authentication. */
  answer(challenge: string): Readonly<Record<string, unknown>>;
}

/** `verifies`: whether it makes sure who holds it, by a PIN or a finger. `attested`: what it says of its maker, and by which certificate. */
export function newPasskey(origin: string, verifies = true, attested?: Attested): Passkey {
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
      const format = attested?.format ?? "none";
      // {"x5c": [certificate]}
      const statement =
        attested === undefined
          ? Buffer.from("a0", "hex")
          : Buffer.concat([
              Buffer.from("a16378356381", "hex"),
              Buffer.from([0x59, attested.certificate.length >> 8, attested.certificate.length & 255]),
              attested.certificate,
            ]);
      // {"fmt": format, "attStmt": statement, "authData": data}
      const attestationObject = Buffer.concat([
        Buffer.from("a363666d74", "hex"),
        Buffer.from([0x60 + format.length]),
        Buffer.from(format),
        Buffer.from("6761747453746d74", "hex"),
        statement,
        Buffer.from("686175746844617461", "hex"),
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
