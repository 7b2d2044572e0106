/** The one place where the environment is read. Nothing of it is sealed. */
import { homedir } from "node:os";
import { join } from "node:path";

export interface Environment {
  /** A browser to use instead of the one that would be found. */
  readonly browser: string | undefined;
  /** Where unpacked browsers and compiled code are kept between runs; the user's own. */
  readonly cacheFolder: string;
  /** For publishing into a bucket; the names that every program for S3 has for them. */
  readonly s3: S3Environment;
  /** For publishing to another machine. */
  readonly ssh: SshEnvironment;
  /** All of it, to start a browser with. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface S3Environment {
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken: string | undefined;
  readonly region: string;
  /** Of a service other than Amazon's. */
  readonly endpoint: string | undefined;
}

export interface SshEnvironment {
  /** Socket of an agent that holds keys. */
  readonly agent: string | undefined;
  /** File of a private key, and what it is locked with. */
  readonly keyFile: string | undefined;
  readonly passphrase: string | undefined;
  /** Fingerprint of the other machine's key, as `ssh-keygen -lf` shows it: `SHA256:…`. */
  readonly hostKey: string | undefined;
}

export function readEnvironment(): Environment {
  const { PLACARD_BROWSER, PLACARD_CACHE, XDG_CACHE_HOME } = process.env;
  return {
    s3: readS3(process.env),
    ssh: readSsh(process.env),
    browser: PLACARD_BROWSER || undefined,
    cacheFolder: PLACARD_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "placard"),
    variables: process.env,
  };
}

type Variables = Readonly<Record<string, string | undefined>>;

function readS3(variables: Variables): S3Environment {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_DEFAULT_REGION } = variables;
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = variables;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID || undefined,
    secretAccessKey: AWS_SECRET_ACCESS_KEY || undefined,
    sessionToken: AWS_SESSION_TOKEN || undefined,
    region: AWS_REGION || AWS_DEFAULT_REGION || "us-east-1",
    endpoint: AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL || undefined,
  };
}

function readSsh(variables: Variables): SshEnvironment {
  const { SSH_AUTH_SOCK, PLACARD_SSH_KEY, PLACARD_SSH_PASSPHRASE, PLACARD_SSH_HOST_KEY } = variables;
  return {
    agent: SSH_AUTH_SOCK || undefined,
    keyFile: PLACARD_SSH_KEY || undefined,
    passphrase: PLACARD_SSH_PASSPHRASE || undefined,
    hostKey: PLACARD_SSH_HOST_KEY || undefined,
  };
}
