/** A key and a certificate by itself (RFC 5280) for servers of one's own machine; who is to trust it must be told so. */
import { X509Certificate } from "node:crypto";
import { Integer, OctetString, Utf8String } from "asn1js";
import { AttributeTypeAndValue, Certificate, Extension, GeneralName, GeneralNames } from "pkijs";

const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
/** Kinds of GeneralName (§4.2.1.6). */
const DNS_NAME = 2;
const IP_ADDRESS = 7;
const DAY = 86_400_000;

/** Both as PEM. */
export interface KeyPair {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** ECDSA P-256, for `localhost` and 127.0.0.1, valid from an hour ago for two days. */
export async function makeCertificate(): Promise<KeyPair> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const { privateKey, publicKey } = await subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: 1 + Math.floor(Math.random() * 0x7fff_fffe) });
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(
      new AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value: "localhost" }) }),
    );
  certificate.notBefore.value = new Date(Date.now() - 3_600_000);
  certificate.notAfter.value = new Date(Date.now() + 2 * DAY);
  certificate.extensions = [namesItServes()];
  await certificate.subjectPublicKeyInfo.importKey(publicKey);
  await certificate.sign(privateKey, "SHA-256");
  return {
    key: pem("PRIVATE KEY", await subtle.exportKey("pkcs8", privateKey)),
    cert: pem("CERTIFICATE", certificate.toSchema(true).toBER(false)),
  };
}

/** A certificate as TLS carries it, in base64. */
export function derOf({ cert }: KeyPair): string {
  return new X509Certificate(cert).raw.toString("base64");
}

function namesItServes(): Extension {
  const address = new OctetString({ valueHex: new Uint8Array([127, 0, 0, 1]).buffer });
  const names = [
    new GeneralName({ type: DNS_NAME, value: "localhost" }),
    new GeneralName({ type: IP_ADDRESS, value: address }),
  ];
  const extnValue = new GeneralNames({ names }).toSchema().toBER(false);
  return new Extension({ extnID: SUBJECT_ALTERNATIVE_NAME, critical: false, extnValue });
}

function pem(label: string, der: ArrayBuffer): Buffer {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return Buffer.from(`-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`);
}
