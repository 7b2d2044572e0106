/**
 * The acts that were opened last, in memory: of an exhibit's page each file and each small picture asks for its act, and to
 * open one a bundle of 256 is read. What stands at a place in the ledger stays the same until it is erased, and whether it was
 * is asked of the index each time, before these are.
 */
import type { SealedAct } from "../record/act.ts";
import type { Vault } from "../vault/vault.ts";

/** Characters of acts that are kept. */
const MOST_KEPT = 8 << 20;

interface Opened {
  readonly sealed: SealedAct;
}

interface Kept<T> {
  readonly acts: Map<number, T>;
  characters: number;
}

const kept = new WeakMap<Vault, Kept<Opened>>();

/** What `open` gives for the act at `position`, or what it gave before. */
export async function openedAct<T extends Opened>(vault: Vault, position: number, open: () => Promise<T>): Promise<T> {
  const known = kept.get(vault)?.acts.get(position) as T | undefined;
  if (known !== undefined) return known;
  // Where all are forgotten meanwhile, this one is kept in what nobody looks into any more.
  const here = kept.get(vault) ?? { acts: new Map<number, Opened>(), characters: 0 };
  kept.set(vault, here);
  const opened = await open();
  if (!here.acts.has(position)) here.characters += lengthOf(opened);
  here.acts.set(position, opened);
  for (const [oldest, one] of here.acts) {
    if (here.characters <= MOST_KEPT) break;
    here.acts.delete(oldest);
    here.characters -= lengthOf(one);
  }
  return opened;
}

/** Of what was erased nothing is kept. */
export function forgetOpened(vault: Vault): void {
  kept.delete(vault);
}

/** The same where another process erased it: an erased exhibit that is looked at leaves alone what is kept of the others. */
export function forgetErased(vault: Vault, position: number): void {
  if (kept.get(vault)?.acts.has(position)) forgetOpened(vault);
}

function lengthOf({ sealed }: Opened): number {
  return sealed.disclosures.reduce((sum, { length }) => sum + length, sealed.jwt.length);
}
