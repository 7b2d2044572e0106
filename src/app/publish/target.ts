/** What a place is to which a site is published. */
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
