/**
 * Timestamps of any kind, sound and forged: times, certificates and chains as one likes, signed by `openssl cms`, so
 * that what our verifier says can be held to what `openssl ts -verify` says.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { concat, utf8 } from "../src/lib/bytes.ts";

export interface Identity {
  /** The name of its files, and of its subject. */
  readonly name: string;
  readonly der: Uint8Array;
  readonly sha256: Uint8Array;
}

export interface IdentityOptions {
  readonly issuer?: Identity;
  /** Years of its validity, first and last, each from 1 January. */
  readonly valid?: readonly [number, number];
  /** Lines of extensions. */
  readonly extensions?: string;
  /** Arguments of `openssl genpkey`. */
  readonly key?: string;
  /** Another certificate for this one's key and name; the later of the two is in its files. */
  readonly keep?: Identity;
  /** The digest its issuer signs it with. */
  readonly digest?: string;
}

export interface InfoOptions {
  readonly time?: string;
  readonly imprint?: Uint8Array;
  /** After the time: accuracy, nonce and so on, in DER. */
  readonly more?: readonly Uint8Array[];
  readonly version?: number;
}

export interface TokenOptions {
  readonly info?: Uint8Array;
  readonly signers: readonly Identity[];
  /** Certificates to carry beside the signers'. */
  readonly certificates?: readonly Identity[];
  /** More arguments of `openssl cms -sign`; `-cades` (ESSCertIDv2) unless told. */
  readonly arguments?: readonly string[];
  readonly contentType?: string;
}

export const AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign";
export const SIGNER = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
/** OBJECT IDENTIFIERs of SHA-256 and of an invented policy. */
const SHA_256 = new Uint8Array([6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]);
const POLICY = new Uint8Array([6, 4, 0x2a, 3, 4, 5]);

export class TimestampForger {
  readonly #folder = mkdtempSync(join(tmpdir(), "placard-forger-"));

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  identity(name: string, options: IdentityOptions = {}): Identity {
    const { issuer, valid = [2005, 2030], key = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" } = options;
    if (options.keep === undefined) this.#openssl(`genpkey ${key} -out ${name}.key`);
    this.#openssl(`req -new -key ${name}.key -subj /CN=${name} -out ${name}.csr`);
    this.#write(`${name}.ext`, options.extensions ?? (issuer === undefined ? AUTHORITY : SIGNER));
    this.#write(`${name}.txt`, "");
    const database = `database=${name}.txt\nrand_serial=yes\nnew_certs_dir=.\npolicy=p\n[p]\ncommonName=supplied\n`;
    this.#write(`${name}.cnf`, `[ca]\ndefault_ca=c\n[c]\n${database}`);
    const by =
      issuer === undefined ? `-selfsign -keyfile ${name}.key` : `-cert ${issuer.name}.pem -keyfile ${issuer.name}.key`;
    const [from, to] = valid.map((year) => `${year}0101000000Z`);
    this.#openssl(
      `ca -batch -notext -config ${name}.cnf -in ${name}.csr ${by} -md ${options.digest ?? "sha256"} -extfile ${name}.ext -startdate ${from} -enddate ${to} -out ${name}.pem`,
    );
    const der = new Uint8Array(new X509Certificate(readFileSync(this.#at(`${name}.pem`))).raw);
    return { name, der, sha256: createHash("sha256").update(der).digest() };
  }

  token({
    info = tstInfo(utf8("")),
    signers,
    certificates = [],
    contentType = TST_INFO,
    ...options
  }: TokenOptions): Uint8Array {
    this.#write("info.der", info);
    this.#write("carried.pem", Buffer.concat(certificates.map(({ name }) => readFileSync(this.#at(`${name}.pem`)))));
    const [first, ...others] = signers.map(({ name }) => `-signer ${name}.pem -inkey ${name}.key`);
    const extra = [...(options.arguments ?? ["-cades"]), ...(certificates.length > 0 ? ["-certfile carried.pem"] : [])];
    this.#openssl(
      `cms -sign -binary -nodetach -nosmimecap -econtent_type ${contentType} ${first} ${extra.join(" ")} ${others.join(" ")} -in info.der -outform DER -out token.der`,
    );
    return new Uint8Array(readFileSync(this.#at("token.der")));
  }

  /** Whether `openssl ts -verify` takes a token over `message`, as of a moment (seconds since 1970). */
  isTakenByOpenssl(token: Uint8Array, message: Uint8Array, root: Identity, moment: number): boolean {
    this.#write("verify.der", token);
    this.#write("message", message);
    const line = `ts -verify -in verify.der -token_in -data message -CAfile ${root.name}.pem -partial_chain -attime ${moment}`;
    return spawnSync("openssl", line.split(" "), { cwd: this.#folder }).status === 0;
  }

  #openssl(line: string): void {
    execFileSync("openssl", line.split(" ").filter(Boolean), {
      cwd: this.#folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  #write(name: string, contents: string | Uint8Array): void {
    writeFileSync(this.#at(name), contents);
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }
}

/** DER of a TSTInfo (RFC 3161 §2.4.2) over `message`. */
export function tstInfo(message: Uint8Array, options: InfoOptions = {}): Uint8Array {
  const { time = "20110615120000Z", more = [], version = 1 } = options;
  const imprint = options.imprint ?? concat(der(0x30, SHA_256), der(4, createHash("sha256").update(message).digest()));
  return der(0x30, der(2, [version]), POLICY, der(0x30, imprint), der(2, [0x17]), der(0x18, utf8(time)), ...more);
}

/** One DER value: tag, length, contents. */
export function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const contents = concat(...parts.map((part) => Uint8Array.from(part)));
  const { length } = contents;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return concat(Uint8Array.from([tag, ...size]), contents);
}
