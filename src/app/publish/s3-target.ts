/** A bucket of any service that speaks S3. Requests are signed by aws4fetch, over the hash of what is sent. */
import { AwsClient } from "aws4fetch";
import { copyOf } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import type { S3Environment } from "../environment.ts";
import type { SiteStore } from "./bring.ts";
import { refOf } from "./manifest.ts";
import { isForGood, mediaTypeOf } from "./media-types.ts";
import type { SingleTarget } from "./target.ts";

const PATIENCE_MS = 60_000;
const RETRIES = 4;

/** `s3://BUCKET/PREFIX`. Throws `usage`. */
export function openS3Target(given: string, environment: S3Environment): SingleTarget {
  const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/i.exec(given) ?? [];
  const parts = prefix.split("/").filter((part) => part !== "");
  if (bucket === undefined || !parts.every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part)))
    throw new PlacardError("usage", `${given} is no place in a bucket.`, { next: "Say s3://BUCKET/PREFIX." });
  const { accessKeyId, secretAccessKey, sessionToken, region, endpoint } = environment;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new PlacardError("usage", "No key for the bucket is set.", {
      next: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL where the service is not Amazon's.",
    });
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service: "s3",
    retries: RETRIES,
  });
  const root = [(endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/+$/, ""), bucket, ...parts].join("/");
  return {
    kind: "single",
    name: root,
    store: openBucket(root, client),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function openBucket(root: string, client: AwsClient): SiteStore {
  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      return await client.fetch(`${root}/${path}`, { ...init, method, signal });
    } catch (cause) {
      throw new PlacardError("remote", `The bucket at ${root} does not answer: ${(cause as Error).message}`, {
        cause,
        next: "Run the same command again: it goes on where it stopped.",
      });
    }
  };
  return {
    read: async (path) => {
      const answer = await ask("GET", path);
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw await refused(answer, "read", path);
      return answer.bytes();
    },
    write: async (path, bytes) => {
      const answer = await ask("PUT", path, {
        body: copyOf(bytes),
        headers: {
          "content-type": mediaTypeOf(path),
          "cache-control": isForGood(path) ? "public, max-age=31536000, immutable" : "no-cache",
          // What arrives damaged is refused.
          "x-amz-content-sha256": refOf(bytes)[1],
        },
      });
      if (!answer.ok) throw await refused(answer, "write", path);
      await answer.body?.cancel();
    },
    remove: async (path) => {
      const answer = await ask("DELETE", path);
      if (!answer.ok && answer.status !== 404) throw await refused(answer, "remove", path);
      await answer.body?.cancel();
    },
  };
}

async function refused(answer: Response, verb: string, path: string): Promise<PlacardError> {
  const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(await answer.text().catch(() => ""))?.[1] ?? "no reason given";
  return new PlacardError("remote", `The bucket did not ${verb} ${path}: ${answer.status}, ${code}.`, {
    next: "Look at the key's permissions (get, put, delete) and the bucket's name, then run the same command again.",
  });
}
