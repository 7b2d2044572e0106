/**
 * A real S3 service on loopback: moto's server (`pip install moto[server]`), a program of others that checks signatures. Undefined
 * where it is not installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { S3Environment } from "../src/app/environment.ts";

import { freePort } from "./free-port.ts";

export interface S3Server extends AsyncDisposable {
  readonly environment: S3Environment;
}

/** Requests that need no signature: what makes the user, the key and its rights. */
const BEFORE_RULES = 3;
const PATIENCE = 20_000;

export async function startS3Server(): Promise<S3Server | undefined> {
  const program = process.env["PLACARD_TEST_S3"] ?? "moto_server";
  if (spawnSync(program, ["--help"]).status !== 0) return undefined;
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(program, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    env: { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: String(BEFORE_RULES) },
  });
  await untilItAnswers(endpoint);
  const key = await makeKey(endpoint);
  return {
    environment: { ...key, sessionToken: undefined, region: "us-east-1", endpoint },
    [Symbol.asyncDispose]: async () => {
      const gone = once(server, "exit");
      server.kill("SIGKILL");
      await gone;
    },
  };
}

async function untilItAnswers(endpoint: string): Promise<void> {
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(100);
  }
  throw new Error("moto's server does not answer.");
}

async function makeKey(endpoint: string): Promise<Pick<S3Environment, "accessKeyId" | "secretAccessKey">> {
  const ask = async (values: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await fetch(endpoint, {
      method: "POST",
      body: new URLSearchParams({ Version: "2010-05-08", UserName: "placard", ...values }),
      // By this the service tells which of its parts is asked.
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request" },
    });
    if (!answer.ok) throw new Error(`moto's server answers ${answer.status}: ${await answer.text()}`);
    return answer.text();
  };
  await ask({ Action: "CreateUser" });
  const made = await ask({ Action: "CreateAccessKey" });
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
  await ask({ Action: "PutUserPolicy", PolicyName: "all", PolicyDocument: JSON.stringify(policy) });
  const found = (name: string): string => new RegExp(`<${name}>([^<]+)`).exec(made)?.[1] ?? "";
  return { accessKeyId: found("AccessKeyId"), secretAccessKey: found("SecretAccessKey") };
}
