/** Where a site is published: a folder, a bucket, or a folder on another machine. */
import { PlacardError } from "../../lib/error.ts";
import type { Environment } from "../environment.ts";
import type { SiteStore } from "./bring.ts";

/**
 * A place with two trees, of which one is shown: what is new is laid into the other, and then that one is shown, in one step.
 * Whoever looks sees the whole of the one or the whole of the other.
 */
export interface TwinTarget extends AsyncDisposable {
  readonly kind: "twins";
  readonly name: string;
  /** Undefined where nothing is shown yet. Throws `conflict` where something else lies in the place. */
  shown(): Promise<Tree | undefined>;
  store(tree: Tree): SiteStore;
  /** Durable once resolved. */
  show(tree: Tree): Promise<void>;
}

export type Tree = "a" | "b";

/** A place with one tree, where each file is replaced by itself. */
export interface SingleTarget extends AsyncDisposable {
  readonly kind: "single";
  readonly name: string;
  readonly store: SiteStore;
}

export type Target = TwinTarget | SingleTarget;

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
