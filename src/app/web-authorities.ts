/** The authorities trusted for web sites that this Node brings along (Mozilla's list), whatever the machine trusts besides. */

/** Base64 of DER, each. */
export function webAuthorities(): readonly string[] {
  // Loaded when asked for: importing it makes the whole list at once.
  const { rootCertificates } = process.getBuiltinModule("node:tls");
  return rootCertificates.map((pem) => pem.replace(/-----[A-Z ]+-----|\s/g, ""));
}
