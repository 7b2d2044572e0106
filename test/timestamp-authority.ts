/** A real RFC 3161 authority on loopback: `openssl ts` with a certificate authority of its own, in a temporary folder. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Digest = "sha256" | "sha384" | "sha512";

export interface AuthorityOptions {
  readonly key?: "rsa" | "ec";
  /** Digest the authority signs with. */
  readonly digest?: Digest;
  /** By how many seconds it says its time may be off. */
  readonly accuracy?: number;
}

export interface TimestampAuthority extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** SHA-256 of the root's DER: what a policy names. */
  readonly anchor: Uint8Array;
  /** With which digest it signs from now on. */
  signWith(digest: Digest): void;
  /** DER of a response to a DER request. */
  reply(request: Uint8Array): Uint8Array;
  /** What `openssl ts -verify` says of a response's token over `message`; empty where it holds. */
  opensslVerify(token: Uint8Array, message: Uint8Array): string;
}

export function opensslMissing(): string | false {
  if (spawnSync("openssl", ["version"]).status === 0) return false;
  if (process.env["CI"] !== undefined) throw new Error("openssl is missing; CI must have it.");
  return "openssl is not installed: not tested against a real timestamp authority";
}

const SIGNER =
  "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping";

export async function startTimestampAuthority(options: AuthorityOptions = {}): Promise<TimestampAuthority> {
  const folder = mkdtempSync(join(tmpdir(), "placard-tsa-"));
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  };
  makeCertificates(folder, openssl, options);
  writeFileSync(join(folder, "serial"), "01\n");
  const configure = (how: AuthorityOptions): void => writeFileSync(join(folder, "tsa.cnf"), configuration(how));
  configure(options);
  const reply = (request: Uint8Array): Uint8Array => {
    writeFileSync(join(folder, "request.tsq"), request);
    openssl(
      "ts",
      "-reply",
      "-config",
      "tsa.cnf",
      "-section",
      "tsa",
      "-queryfile",
      "request.tsq",
      "-out",
      "response.tsr",
    );
    return new Uint8Array(readFileSync(join(folder, "response.tsr")));
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () =>
      response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(reply(Buffer.concat(chunks))),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    folder,
    anchor: createHash("sha256")
      .update(new X509Certificate(readFileSync(join(folder, "root.pem"))).raw)
      .digest(),
    signWith: (digest) => configure({ ...options, digest }),
    reply,
    opensslVerify: (token, message) => {
      writeFileSync(join(folder, "token.der"), token);
      writeFileSync(join(folder, "message"), message);
      const run = spawnSync(
        "openssl",
        ["ts", "-verify", "-in", "token.der", "-token_in", "-data", "message", "-CAfile", "root.pem", "-partial_chain"],
        { cwd: folder },
      );
      return run.status === 0 ? "" : run.stderr.toString();
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCertificates(
  folder: string,
  openssl: (...args: readonly string[]) => void,
  options: AuthorityOptions,
): void {
  const key = (name: string): void =>
    options.key === "ec"
      ? openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", `${name}.key`)
      : openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", `${name}.key`);
  key("root");
  key("signer");
  openssl(
    "req",
    "-x509",
    "-new",
    "-key",
    "root.key",
    "-subj",
    "/CN=Invented Root",
    "-days",
    "3650",
    "-out",
    "root.pem",
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
  );
  openssl("req", "-new", "-key", "signer.key", "-subj", "/CN=Invented Timestamp Authority", "-out", "signer.csr");
  writeFileSync(join(folder, "signer.ext"), `${SIGNER}\n`);
  writeFileSync(join(folder, "index.txt"), "");
  writeFileSync(join(folder, "ca.serial"), "1000\n");
  writeFileSync(
    join(folder, "ca.cnf"),
    "[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\nserial=ca.serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n",
  );
  const stamp = (time: number): string => `${new Date(time).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  const now = Date.now();
  openssl(
    "ca",
    "-batch",
    "-config",
    "ca.cnf",
    "-in",
    "signer.csr",
    "-cert",
    "root.pem",
    "-keyfile",
    "root.key",
    "-extfile",
    "signer.ext",
    "-notext",
    "-startdate",
    stamp(now - 60_000),
    "-enddate",
    stamp(now + 86_400_000),
    "-out",
    "signer.pem",
  );
}

function configuration({ digest = "sha256", accuracy }: AuthorityOptions): string {
  return `[tsa]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
certs = root.pem
signer_key = signer.key
signer_digest = ${digest}
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256, sha384, sha512
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
${accuracy === undefined ? "" : `accuracy = secs:${accuracy}\n`}`;
}
