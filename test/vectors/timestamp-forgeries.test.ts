/** Timestamps made wrong on purpose, and sound ones of many kinds; `openssl ts -verify` is asked about each. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { utf8 } from "../../src/lib/bytes.ts";
import { type ErrorCode, isPlacardError } from "../../src/lib/error.ts";
import { parseCertificates, requireWebSigner } from "../../src/verify/certificate.ts";
import { type VerifiedTimestamp, verifyTimestamp } from "../../src/verify/timestamp.ts";
import { opensslMissing } from "../timestamp-authority.ts";
import {
  AUTHORITY,
  der,
  type Identity,
  type IdentityOptions,
  type InfoOptions,
  TimestampForger,
  type TokenOptions,
  tstInfo,
} from "../timestamp-forger.ts";

const skip = opensslMissing();
const message = utf8("placard/test\n3\nAAAA\n\n— placard/test BBBB\n");
const GEN_TIME = Date.UTC(2011, 5, 15, 12);
const RSA = "-algorithm RSA -pkeyopt rsa_keygen_bits:";
let forger: TimestampForger;
let root: Identity;
let middle: Identity;
let signer: Identity;

before(() => {
  if (skip) return;
  forger = new TimestampForger();
  root = forger.identity("Root");
  middle = forger.identity("Middle", { issuer: root, extensions: AUTHORITY, valid: [2008, 2016] });
  signer = forger.identity("Signer", { issuer: middle, valid: [2010, 2012] });
});
after(() => forger?.[Symbol.dispose]());

interface Case {
  readonly signer?: IdentityOptions;
  readonly info?: InfoOptions;
  readonly token?: Partial<Omit<TokenOptions, "signers">>;
  /** When openssl is to think it is, milliseconds since 1970. */
  readonly moment?: number;
  /** What comes of it: an error's code, or what the verified timestamp says. */
  readonly expected: ErrorCode | Partial<VerifiedTimestamp>;
  /** Said where openssl sees it otherwise. */
  readonly butOpenssl?: string;
}

const trusted = { time: GEN_TIME, accuracy: 0, trusted: "root" };
const extensions = (usage: string, purpose: string) => ({
  extensions: `keyUsage=${usage}\nextendedKeyUsage=${purpose}`,
});

const CASES: Readonly<Record<string, Case>> = {
  "a token whose certificate expired years ago": { expected: trusted },
  "an RSA key": { signer: { key: `${RSA}2048` }, expected: trusted },
  "RSA-PSS": {
    signer: { key: `${RSA}2048` },
    token: { arguments: ["-cades", "-md sha384", "-keyopt rsa_padding_mode:pss"] },
    expected: trusted,
    butOpenssl: "knows no PSS in timestamps",
  },
  "P-384 and SHA-384": {
    signer: { key: "-algorithm EC -pkeyopt ec_paramgen_curve:P-384" },
    token: { arguments: ["-cades", "-md sha384"] },
    expected: trusted,
  },
  "P-521 and SHA-512": {
    signer: { key: "-algorithm EC -pkeyopt ec_paramgen_curve:P-521" },
    token: { arguments: ["-cades", "-md sha512"] },
    expected: trusted,
  },
  "a signer named by its key": {
    token: { arguments: ["-cades", "-keyid"] },
    signer: {
      extensions: "subjectKeyIdentifier=hash\nkeyUsage=critical,nonRepudiation\nextendedKeyUsage=critical,timeStamping",
    },
    expected: trusted,
    butOpenssl: "knows only issuer and number",
  },
  "an accuracy": {
    info: { more: [der(0x30, der(2, [2]), der(0x80, [1, 0xf4]), der(0x81, [1]))] },
    expected: { ...trusted, accuracy: 2501 },
  },
  "an accuracy of a thousand thousandths": {
    info: { more: [der(0x30, der(0x80, [3, 0xe8]))] },
    expected: "malformed",
    butOpenssl: "does not look at it",
  },
  "a time with parts of a second": {
    info: { time: "20110615120000.25Z" },
    expected: { ...trusted, time: GEN_TIME + 250 },
  },
  "the last moment of the certificate": {
    info: { time: "20120101000000Z" },
    expected: { trusted: "root" },
    butOpenssl: "counts the last second as past",
  },
  "a time after the certificate expired": {
    info: { time: "20120101000001Z" },
    moment: Date.UTC(2012, 0, 1, 0, 0, 1),
    expected: "mismatch",
  },
  "a time before the certificate began": {
    info: { time: "20091231235959Z" },
    moment: Date.UTC(2009, 11, 31, 23, 59, 59),
    expected: "mismatch",
  },
  "a time without a zone": { info: { time: "20110615120000" }, expected: "malformed", butOpenssl: "does not read it" },
  "a time on a day there is not": {
    info: { time: "20110231120000Z" },
    expected: "malformed",
    butOpenssl: "does not read it",
  },
  "another version": { info: { version: 2 }, expected: "unsupported" },
  "a critical extension": {
    info: { more: [der(0xa1, der(0x30, der(6, [0x2a, 3]), der(1, [255]), der(4, [5, 0])))] },
    expected: "unsupported",
    butOpenssl: "does not look at it",
  },
  "over something else": { info: { imprint: tstImprintOf("another") }, expected: "mismatch" },
  "over a SHA-1 hash": {
    info: { imprint: sha1Imprint() },
    expected: "unsupported",
    butOpenssl: "takes SHA-1 imprints",
  },
  "a purpose not marked critical": {
    signer: extensions("critical,digitalSignature", "timeStamping"),
    expected: "mismatch",
  },
  "a second purpose": {
    signer: extensions("critical,digitalSignature", "critical,timeStamping,codeSigning"),
    expected: "mismatch",
  },
  "another purpose": { signer: extensions("critical,digitalSignature", "critical,codeSigning"), expected: "mismatch" },
  "no purpose": { signer: { extensions: "keyUsage=critical,digitalSignature" }, expected: "mismatch" },
  "no leave to sign": { signer: extensions("critical,keyEncipherment", "critical,timeStamping"), expected: "mismatch" },
  "a critical extension in the certificate": {
    signer: {
      extensions:
        "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n1.2.3.4=critical,ASN1:NULL",
    },
    expected: "mismatch",
  },
  "no word on which certificate signed": { token: { arguments: [] }, expected: "mismatch" },
  "no signed attributes": { token: { arguments: ["-noattr"] }, expected: "mismatch" },
  "no certificates": { token: { arguments: ["-cades", "-nocerts"] }, expected: "mismatch" },
  "signed as plain data": { token: { contentType: "1.2.840.113549.1.7.1" }, expected: "mismatch" },
  "signed with SHA-1": {
    token: { arguments: ["-cades", "-md sha1"] },
    expected: "unsupported",
    butOpenssl: "takes SHA-1 here",
  },
  "an RSA key of 1024 bits": { signer: { key: `${RSA}1024` }, expected: "unsupported", butOpenssl: "takes it" },
  "a key on another curve": {
    signer: { key: "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1" },
    expected: "unsupported",
    butOpenssl: "takes it",
  },
};

function tstImprintOf(text: string): Uint8Array {
  // The imprint is all that differs between the two.
  const whole = tstInfo(utf8(text));
  const at = Buffer.from(whole).indexOf(Uint8Array.from([0x30, 0x0b, 6, 9, 0x60]));
  return whole.subarray(at, at + 13 + 34);
}

function sha1Imprint(): Uint8Array {
  return new Uint8Array([...der(0x30, [6, 5, 0x2b, 0x0e, 3, 2, 0x1a]), ...der(4, new Uint8Array(20))]);
}

for (const [name, { signer: options, info, token, moment = GEN_TIME, expected, butOpenssl }] of Object.entries(CASES)) {
  test(name, { skip }, async () => {
    const by =
      options === undefined ? signer : forger.identity("Other", { issuer: middle, valid: [2010, 2012], ...options });
    const made = forger.token({ info: tstInfo(message, info), signers: [by], certificates: [middle, root], ...token });
    const verifying = verifyTimestamp(made, message, [{ name: "root", sha256: root.sha256 }]);
    const found = await verifying.catch((error: unknown) => error);
    if (typeof expected === "string") assert.ok(isPlacardError(found, expected), String(found));
    else assert.deepEqual({ ...(found as object), ...expected }, found);
    if (butOpenssl !== undefined) return;
    const taken = forger.isTakenByOpenssl(made, message, root, moment / 1000);
    assert.equal(taken, typeof expected !== "string", "openssl sees it otherwise");
  });
}

const tokenBy = (by: Identity, certificates: readonly Identity[]): Uint8Array =>
  forger.token({ info: tstInfo(message), signers: [by], certificates });
const trustIn = (anchor: Identity) => [{ name: anchor.name, sha256: anchor.sha256 }];

test("a chain counts from whichever certificate in it one trusts; one kept beside the token closes a gap", {
  skip,
}, async () => {
  const whole = tokenBy(signer, [middle, root]);
  for (const anchor of [root, middle, signer]) {
    assert.equal((await verifyTimestamp(whole, message, trustIn(anchor))).trusted, anchor.name);
  }
  const gap = tokenBy(signer, [root]);
  assert.equal((await verifyTimestamp(gap, message, trustIn(root))).trusted, undefined);
  assert.equal((await verifyTimestamp(gap, message, trustIn(root), [middle.der])).trusted, "Root");
  const bare = forger.token({ info: tstInfo(message), signers: [signer], arguments: ["-cades", "-nocerts"] });
  assert.equal((await verifyTimestamp(bare, message, trustIn(middle), [signer.der, middle.der])).trusted, "Middle");
});

const BROKEN: Readonly<Record<string, IdentityOptions>> = {
  "is no authority": { extensions: "basicConstraints=critical,CA:FALSE" },
  "says nothing of being one": { extensions: "subjectKeyIdentifier=hash" },
  "may not sign certificates": { extensions: "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature" },
  "had expired by then": { extensions: AUTHORITY, valid: [2006, 2011] },
  "did not yet count then": { extensions: AUTHORITY, valid: [2012, 2016] },
  "has a critical extension nobody knows": { extensions: `${AUTHORITY}\n1.2.3.4=critical,ASN1:NULL` },
};
for (const [why, options] of Object.entries(BROKEN)) {
  test(`nothing counts that stands on a certificate which ${why}`, { skip }, async () => {
    const between = forger.identity("Between", { issuer: root, ...options });
    const by = forger.identity("Other", { issuer: between, valid: [2010, 2012] });
    const token = tokenBy(by, [between, root]);
    assert.equal((await verifyTimestamp(token, message, trustIn(root))).trusted, undefined);
    assert.equal(forger.isTakenByOpenssl(token, message, root, GEN_TIME / 1000), false);
  });
}

test("an authority for other purposes only does not vouch for the time; openssl lets it", { skip }, async () => {
  for (const [purposes, expected] of [
    ["serverAuth,clientAuth", undefined],
    ["timeStamping", "Root"],
    ["serverAuth,anyExtendedKeyUsage", "Root"],
  ] as const) {
    const between = forger.identity("Between", {
      issuer: root,
      extensions: `${AUTHORITY}\nextendedKeyUsage=${purposes}`,
    });
    const token = tokenBy(forger.identity("Other", { issuer: between, valid: [2010, 2012] }), [between, root]);
    assert.equal((await verifyTimestamp(token, message, trustIn(root))).trusted, expected, purposes);
  }
});

test("a certificate for another purpose does not speak for a web site", { skip }, () => {
  const speaks = (lines: string): boolean => {
    const extensions = `keyUsage=critical,digitalSignature\n${lines}`;
    const { der } = forger.identity("Site", { issuer: root, valid: [2010, 2012], extensions });
    const [certificate] = parseCertificates([der]);
    assert.ok(certificate !== undefined);
    try {
      requireWebSigner(certificate, GEN_TIME);
      return true;
    } catch (error) {
      assert.ok(isPlacardError(error, "mismatch"), String(error));
      return false;
    }
  };
  assert.equal(speaks("extendedKeyUsage=serverAuth"), true);
  assert.equal(speaks(""), true);
  for (const purpose of ["emailProtection", "codeSigning", "clientAuth", "critical,timeStamping"]) {
    assert.equal(speaks(`extendedKeyUsage=${purpose}`), false, purpose);
  }
});

test("what was signed as something else is no timestamp, whatever it holds", { skip }, async () => {
  const token = tokenBy(signer, [middle, root]);
  const type = Uint8Array.from([6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 1, 4]);
  const at = Buffer.from(token).lastIndexOf(type);
  assert.ok(at > Buffer.from(token).indexOf(type), "once as what it is, once as what it was signed as");
  token[at + 12] = 5;
  // The signature does not match any more either; this is seen before.
  await assert.rejects(verifyTimestamp(token, message), /signed as something else/);
});

test("a path longer than a certificate allows does not count, one as long as it allows does", { skip }, async () => {
  for (const [most, expected] of [
    [0, undefined],
    [1, "Root"],
  ] as const) {
    const upper = forger.identity("Upper", {
      issuer: root,
      extensions: AUTHORITY.replace("CA:TRUE", `CA:TRUE,pathlen:${most}`),
    });
    const lower = forger.identity("Lower", { issuer: upper, extensions: AUTHORITY });
    const by = forger.identity("Other", { issuer: lower, valid: [2010, 2012] });
    const token = tokenBy(by, [upper, lower, root]);
    assert.equal((await verifyTimestamp(token, message, trustIn(root))).trusted, expected);
    assert.equal(forger.isTakenByOpenssl(token, message, root, GEN_TIME / 1000), expected !== undefined);
  }
});

test("a way that leads nowhere does not hide the one that leads to the anchor", { skip }, async () => {
  const elsewhere = forger.identity("Elsewhere");
  // Two certificates of one key and one name, as authorities have them when they change their root.
  const crossed = forger.identity("Middle", { issuer: elsewhere, extensions: AUTHORITY, keep: middle });
  for (const certificates of [
    [crossed, elsewhere, middle, root],
    [middle, root, crossed, elsewhere],
  ]) {
    const extra = certificates.map((one) => one.der);
    const bare = forger.token({ info: tstInfo(message), signers: [signer], certificates: [] });
    assert.equal((await verifyTimestamp(bare, message, trustIn(root), extra)).trusted, "Root");
    assert.equal((await verifyTimestamp(bare, message, trustIn(elsewhere), extra)).trusted, "Elsewhere");
  }
});

test("a chain signed with SHA-1 is not taken", { skip }, async () => {
  const between = forger.identity("Between", { issuer: root, extensions: AUTHORITY, digest: "sha1" });
  const token = tokenBy(forger.identity("Other", { issuer: between, valid: [2010, 2012] }), [between, root]);
  await assert.rejects(verifyTimestamp(token, message, trustIn(root)), (error) => isPlacardError(error, "unsupported"));
});

test("two signers are one too many", { skip }, async () => {
  const second = forger.identity("Second", { issuer: middle, valid: [2010, 2012] });
  const token = forger.token({ info: tstInfo(message), signers: [signer, second], certificates: [middle, root] });
  await assert.rejects(verifyTimestamp(token, message, trustIn(root)), (error) => isPlacardError(error, "mismatch"));
  assert.equal(forger.isTakenByOpenssl(token, message, root, GEN_TIME / 1000), false);
});

test("a moment is the same on every reader's computer", { skip }, async () => {
  const before = process.env["TZ"];
  const token = tokenBy(signer, [middle, root]);
  try {
    for (const zone of ["Asia/Tokyo", "America/New_York"]) {
      process.env["TZ"] = zone;
      assert.equal((await verifyTimestamp(token, message, trustIn(root))).time, GEN_TIME);
    }
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
});
