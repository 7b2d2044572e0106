import type { NetLogEvent } from "./event.ts";
import type { TlsSession } from "./exchange.ts";
import { linesOf, numberParam, textParam } from "./params.ts";

/** IANA's names of what Chromium offers (TLS Cipher Suites registry). */
const CIPHERS: ReadonlyMap<number, string> = new Map([
  [0x1301, "TLS_AES_128_GCM_SHA256"],
  [0x1302, "TLS_AES_256_GCM_SHA384"],
  [0x1303, "TLS_CHACHA20_POLY1305_SHA256"],
  [0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
  [0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
  [0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
  [0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
  [0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
  [0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"],
  [0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"],
  [0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"],
  [0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"],
  [0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"],
  [0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"],
  [0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"],
  [0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"],
  [0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"],
]);

/** The session of an `SSL_CONNECT` end event that succeeded; undefined for one that failed. */
export function sessionOf(event: NetLogEvent, chain: readonly string[]): TlsSession | undefined {
  const version = /^TLS (\d(?:\.\d)?)$/.exec(textParam(event, "version") ?? "")?.[1];
  const number = numberParam(event, "cipher_suite");
  if (version === undefined || number === undefined) return undefined;
  const cipher = CIPHERS.get(number) ?? `0x${number.toString(16).padStart(4, "0")}`;
  return { version: `tls/${version}`, cipher, chain };
}

/** The certificates of an `SSL_CERTIFICATES_RECEIVED` event, PEM turned into bare base64. */
export function certificatesOf(event: NetLogEvent): readonly string[] {
  const pattern = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;
  return linesOf(event, "certificates")
    .map((pem) => pattern.exec(pem)?.[1]?.replace(/\s/g, ""))
    .filter((der) => der !== undefined);
}
