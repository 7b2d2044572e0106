/**
 * Which hosts are being asked, and until when each is left alone, across all processes that work on one record. A file of a
 * few numbers that may be lost at any time: whoever cannot use it keeps its own pace, as it would alone.
 */
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { transact } from "../lib/sqlite.ts";
import { lives, newOwner } from "./claims.ts";

/** How one host is to be asked. */
export interface HostPace {
  /** Jobs of one host at the same time. */
  readonly perHost: number;
  /** Milliseconds between the end of a host's job and the beginning of its next. */
  readonly gap: number;
}

export interface SharedLanes {
  /** Takes a place in the host's lane: 0 where it is taken, else the milliseconds after which to ask again. */
  enter(host: string, pace: HostPace): number;
  /** Gives one back; the host is left alone for so many milliseconds. */
  leave(host: string, rest: number): void;
  close(): void;
}

/** Milliseconds until somebody else's job is asked after again. */
const POLL = 200;
/** Milliseconds a process that lives is believed to be at one job: it may be another, given a dead one's id. */
const LONGEST_JOB = 7_200_000;
/** The longest rest that can be set; a later end is from a clock that was wrong. */
const LONGEST_REST = 3_600_000;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS places (lane INTEGER NOT NULL, owner TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS rests (lane INTEGER PRIMARY KEY, until INTEGER NOT NULL) STRICT;
`;

/** Makes the file when it is first needed. Nothing in it is synced: after power loss nobody is at work. */
export function openSharedLanes(path: string): SharedLanes {
  let raw: DatabaseSync | undefined;
  let isLost = false;
  const owner = newOwner();
  const attempt = (work: (opened: DatabaseSync) => number): number => {
    if (isLost) return 0;
    try {
      raw ??= openFile(path);
      const opened = raw;
      return transact(opened, () => work(opened));
    } catch {
      // A full disk, a damaged file: no reason not to capture.
      isLost = true;
      return 0;
    }
  };
  return {
    enter: (host, pace) => attempt((opened) => enter(opened, laneOf(host), owner.name, pace)),
    leave: (host, rest) => void attempt((opened) => leave(opened, laneOf(host), owner.name, rest)),
    close: () => {
      owner[Symbol.dispose]();
      if (raw?.isOpen) raw.close();
    },
  };
}

function openFile(path: string): DatabaseSync {
  const raw = new DatabaseSync(path, { timeout: 1000 });
  try {
    raw.exec(`PRAGMA secure_delete = ON; PRAGMA synchronous = OFF; ${SCHEMA}`);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** 16 bits: two hosts may share a lane, which costs them a little time; and nobody can tell from it who was asked. */
function laneOf(host: string): number {
  return createHash("sha256").update(host).digest().readUInt16BE(0);
}

function enter(raw: DatabaseSync, lane: number, owner: string, { perHost, gap }: HostPace): number {
  const now = Date.now();
  const places = raw.prepare("SELECT rowid, owner, since FROM places WHERE lane = ?").all(lane);
  const dead = places.filter((row) => !lives(String(row["owner"]), Number(row["since"]), LONGEST_JOB));
  for (const row of dead) raw.prepare("DELETE FROM places WHERE rowid = ?").run(Number(row["rowid"]));
  // It may have asked until just now.
  if (dead.length > 0) restUntil(raw, lane, now + gap);
  if (places.length - dead.length >= perHost) return POLL;
  const until = Number(raw.prepare("SELECT until FROM rests WHERE lane = ?").get(lane)?.["until"] ?? 0);
  if (until > now && until - now <= LONGEST_REST) return until - now;
  raw.prepare("INSERT INTO places (lane, owner, since) VALUES (?, ?, ?)").run(lane, owner, now);
  return 0;
}

function leave(raw: DatabaseSync, lane: number, owner: string, rest: number): number {
  const now = Date.now();
  raw
    .prepare(
      "DELETE FROM places WHERE rowid = (SELECT rowid FROM places WHERE lane = ? AND owner = ? ORDER BY since LIMIT 1)",
    )
    .run(lane, owner);
  raw.prepare("DELETE FROM rests WHERE until <= ? OR until > ?").run(now, now + LONGEST_REST);
  if (rest > 0) restUntil(raw, lane, now + rest);
  return 0;
}

function restUntil(raw: DatabaseSync, lane: number, until: number): void {
  raw
    .prepare(
      "INSERT INTO rests (lane, until) VALUES (?, ?) ON CONFLICT (lane) DO UPDATE SET until = max(until, excluded.until)",
    )
    .run(lane, Math.ceil(until));
}
