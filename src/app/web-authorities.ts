/** The authorities trusted for web sites that this Node brings along (Mozilla's list), whatever the machine trusts besides. */
import { rootCertificates } from "node:tls";

/** Base64 of DER, each. */
export function webAuthorities(): readonly string[] {
  return rootCertificates.map((pem) => pem.replace(/-----[A-Z ]+-----|\s/g, ""));
}
