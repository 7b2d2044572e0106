/** Where a site is published: a folder, a bucket, or a folder of another machine. */
import { PlacardError } from "../../lib/error.ts";
import type { Environment } from "../environment.ts";
import type { Target } from "./target.ts";

/** A folder's path, `s3://bucket/prefix` or `sftp://user@host:port/path`. Throws `usage`, `remote`. */
export async function openTarget(given: string, environment: Environment): Promise<Target> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(given)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return (await import("./folder-target.ts")).openFolderTarget(given);
    case "s3":
      return (await import("./s3-target.ts")).openS3Target(given, environment.s3);
    case "sftp":
      return (await import("./sftp-target.ts")).openSftpTarget(given, environment.ssh);
    default:
      throw new PlacardError("usage", `Nothing is published to ${scheme}://.`, {
        next: "Name a folder, s3://BUCKET/PREFIX or sftp://USER@HOST/PATH.",
      });
  }
}
