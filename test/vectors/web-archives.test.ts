/** Web archives that others made (webrecorder/py-wacz), by themselves: the right verdict for the right reason. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { webAuthorities } from "../../src/app/web-authorities.ts";
import { fromUtf8, utf8 } from "../../src/lib/bytes.ts";
import { type Check, verify } from "../../src/verify/index.ts";
import { openZip, readMember } from "../../src/verify/zip.ts";
import { testWithVectors } from "../shared-vectors.ts";
import { type Members, withMembers, zipOf } from "../wacz-fixture.ts";

const DIGEST = "datapackage-digest.json";
const SIGNED = "valid_signed_example_1.wacz";

async function look(bytes: Uint8Array, webRoots: (() => readonly string[]) | undefined = webAuthorities) {
  const { verdict, checks, exhibit } = await verify(new Blob([bytes as BlobPart]), {
    startHash: () => createHash("sha256"),
    ...(webRoots === undefined ? {} : { webRoots }),
  });
  assert.equal(exhibit, undefined);
  const [file, contents, signature] = checks as readonly [Check, Check, Check];
  assert.deepEqual([file.name, contents.name, signature.name], ["file", "archive contents", "archive signature"]);
  return { verdict, contents, signature };
}

async function membersOf(path: string): Promise<Members> {
  const { entries } = await openZip(new Blob([readFileSync(path)]));
  return Promise.all(entries.map(async (entry) => [entry.name, await readMember(entry, 1 << 20)] as const));
}

function textOf(members: Members, name: string): string {
  return fromUtf8(members.find(([found]) => found === name)?.[1] ?? assert.fail(name), name);
}

/** The archive with something else said beside its signature. */
async function resigned(path: string, change: (signedData: Record<string, string>) => object): Promise<Uint8Array> {
  const members = await membersOf(path);
  const digest = JSON.parse(textOf(members, DIGEST)) as { signedData: Record<string, string> };
  const signedData = change(digest.signedData);
  return zipOf(withMembers(members, { [DIGEST]: utf8(JSON.stringify({ ...digest, signedData })) }));
}

for (const name of ["valid_example_1.wacz", "valid_example_2.wacz"]) {
  testWithVectors(`${name} holds, unsigned`, join("wacz", name), async (path) => {
    const { verdict, contents, signature } = await look(readFileSync(path));
    assert.deepEqual([verdict, contents.state, signature.state], ["holds", "holds", "absent"]);
  });
}

testWithVectors(`${SIGNED} holds, signed in a web site's name`, join("wacz", SIGNED), async (path) => {
  const { verdict, contents, signature } = await look(readFileSync(path));
  assert.deepEqual([verdict, contents.state, signature.state], ["holds", "holds", "holds"], signature.why);
  assert.match(signature.why, /btrix-sign-test\.webrecorder\.net.*18 January 2022, 19:00:12 UTC.*freetsa\.org/);
});

testWithVectors(`${SIGNED} is not counted where nobody says whom to trust`, join("wacz", SIGNED), async (path) => {
  const bytes = readFileSync(path);
  const { checks } = await verify(new Blob([bytes]), { startHash: () => createHash("sha256") });
  assert.equal(checks.at(-1)?.state, "absent");
  assert.match(checks.at(-1)?.why ?? "", /Not counted/);
});

testWithVectors(
  `${SIGNED} fails where its authority is not among those trusted`,
  join("wacz", SIGNED),
  async (path) => {
    const [first = ""] = webAuthorities();
    for (const roots of [[], [first]]) {
      const { verdict, signature } = await look(readFileSync(path), () => roots);
      assert.deepEqual([verdict, signature.state, signature.code], ["fails", "fails", "mismatch"]);
      assert.match(signature.why, /no web authority known here vouches for/);
    }
  },
);

testWithVectors(
  "invalid_signed_example_1.wacz: no authority stands above its certificate",
  "wacz/invalid_signed_example_1.wacz",
  async (path) => {
    const { verdict, contents, signature } = await look(readFileSync(path));
    assert.deepEqual([verdict, contents.state, signature.state], ["fails", "holds", "fails"]);
    assert.match(signature.why, /no web authority known here vouches for/);
  },
);

testWithVectors("invalid_example_1.wacz lists no hashes", "wacz/invalid_example_1.wacz", async (path) => {
  const { verdict, contents } = await look(readFileSync(path));
  assert.deepEqual([verdict, contents.state], ["fails", "fails"]);
  assert.match(contents.why, /without its SHA-256/);
});

/** The first certificate's signature named as RSA-PSS, with parameters that are none. */
function asPss(chain: string): string {
  return chain.replace(/(?<=^-----BEGIN CERTIFICATE-----\n)[^-]+/, (body) => {
    const der = Buffer.from(body, "base64");
    const algorithm = der.lastIndexOf(Buffer.from("06092a864886f70d01010b", "hex"));
    assert.ok(algorithm > 0);
    der[algorithm + 10] = 0x0a;
    return `${der.toString("base64")}\n`;
  });
}

/** What may not be changed beside the signature, and what is said of it. */
const CHANGES: Readonly<Record<string, readonly [(said: Record<string, string>) => object, RegExp]>> = {
  "another domain": [(said) => ({ ...said, domain: "townsquare.example" }), /another web site than it says/],
  "a name that only ends so": [(said) => ({ ...said, domain: "webrecorder.net" }), /another web site than it says/],
  "another time": [(said) => ({ ...said, created: "2021-01-18T19:00:12Z" }), /of another time than the archive/],
  "no certificate": [(said) => ({ ...said, domainCert: "" }), /no domainCert that can be read/],
  "certificates of another order": [
    (said) => ({
      ...said,
      domainCert: said["domainCert"]
        ?.split(/(?=-----BEGIN)/)
        .toReversed()
        .join(""),
    }),
    /another web site than it says|do not lead/,
  ],
  "only the site's certificate": [
    (said) => ({ ...said, domainCert: said["domainCert"]?.split(/(?=-----BEGIN)/)[0] }),
    /no web authority known here vouches for/,
  ],
  "a damaged signature": [
    (said) => ({ ...said, signature: said["signature"]?.replace(/^(.{40})./, (_, start) => `${start}A`) }),
    /signature does not match/,
  ],
  "a damaged timestamp": [
    (said) => ({
      ...said,
      timeSignature: `${said["timeSignature"]?.slice(0, 400)}AAAA${said["timeSignature"]?.slice(404)}`,
    }),
    /timestamp was changed after it was signed/,
  ],
  "no timestamp": [(said) => ({ ...said, timeSignature: undefined }), /no timeSignature that can be read/],
  "the certificate of the timestamp's authority": [
    (said) => ({ ...said, timestampCert: said["domainCert"] }),
    /does not carry the certificate it was signed with/,
  ],
  "a certificate whose way of signing cannot be read": [
    (said) => ({ ...said, domainCert: asPss(said["domainCert"] ?? "") }),
    /signature cannot be read/,
  ],
  "something besides": [(said) => ({ ...said, court: "approved" }), /"court" beside it, which is not signed/],
};

for (const [what, [change, why]] of Object.entries(CHANGES)) {
  testWithVectors(`${SIGNED} with ${what} fails`, join("wacz", SIGNED), async (path) => {
    const { verdict, contents, signature } = await look(await resigned(path, change));
    assert.deepEqual([verdict, contents.state, signature.state], ["fails", "holds", "fails"], signature.why);
    assert.match(signature.why, why);
  });
}

testWithVectors(`${SIGNED} with a signature of another archive fails`, "wacz", async (folder) => {
  const other = await membersOf(join(folder, "invalid_signed_example_1.wacz"));
  const members = await membersOf(join(folder, SIGNED));
  const swapped = await zipOf(withMembers(members, { [DIGEST]: utf8(textOf(other, DIGEST)) }));
  const { verdict, signature } = await look(swapped);
  assert.deepEqual([verdict, signature.state], ["fails", "fails"]);
  assert.match(signature.why, /digest is not that of its list of files/);
});
