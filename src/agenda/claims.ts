/**
 * Who is at work on what. A claim holds as long as its process lives: by process id on this machine, and by a beat every few
 * seconds, so that neither another machine's process nor a stranger that was given a dead one's id holds it for ever.
 */
import type { DatabaseSync } from "node:sqlite";
import { machine, named, processName } from "../lib/alive.ts";

const BEAT = 5_000;
/** A process that has not said for so long that it lives is taken for dead: a laptop may have slept. */
const SILENCE = 600_000;

export interface Claim extends Disposable {
  isOurs(): boolean;
  /** Gives it up within a transaction of the caller's, who disposes of it as well. */
  giveUp(): void;
}

/** This process's own: a predecessor may have had the same process id. */
const ours = new Set<string>();

/** A name for who is at work, of this process until it is disposed of. */
export function newOwner(): { readonly name: string } & Disposable {
  const name = processName();
  ours.add(name);
  return { name, [Symbol.dispose]: () => void ours.delete(name) };
}

/** Whether the process of that name lives, which last said so `saidSoAt`, and is believed for `silence` milliseconds. */
export function lives(name: string, saidSoAt: number, silence = SILENCE): boolean {
  if (ours.has(name)) return true;
  if (Date.now() - saidSoAt > silence) return false;
  const who = named(name);
  return who?.machine === machine() ? who.isAlive() : Date.now() - saidSoAt <= SILENCE;
}

/** Within a transaction, after `isClaimed` has said no. */
export function claim(raw: DatabaseSync, name: string): Claim {
  const holder = newOwner();
  const owner = holder.name;
  raw.prepare("INSERT OR REPLACE INTO claims (name, owner, beatAt) VALUES (?, ?, ?)").run(name, owner, Date.now());
  const beat = setInterval(() => {
    try {
      raw.prepare("UPDATE claims SET beatAt = ? WHERE name = ? AND owner = ?").run(Date.now(), name, owner);
    } catch {
      // Busy, or closed meanwhile; the next beat comes.
    }
  }, BEAT);
  beat.unref();
  const remove = (): void => void raw.prepare("DELETE FROM claims WHERE name = ? AND owner = ?").run(name, owner);
  return {
    isOurs: () => raw.prepare("SELECT 1 FROM claims WHERE name = ? AND owner = ?").get(name, owner) !== undefined,
    giveUp: remove,
    [Symbol.dispose]: () => {
      clearInterval(beat);
      holder[Symbol.dispose]();
      if (raw.isOpen) remove();
    },
  };
}

export function isClaimed(raw: DatabaseSync, name: string): boolean {
  const row = raw.prepare("SELECT owner, beatAt FROM claims WHERE name = ?").get(name);
  return row !== undefined && lives(String(row["owner"]), Number(row["beatAt"]));
}
