/**
 * Whom a reader trusts (C2SP tlog-policy): logs, witnesses, and the quorum of witnesses that must have cosigned.
 * Timestamp authorities stand in comment lines that other programs skip: `#placard timestamp-authority NAME BASE64`.
 */
import { equal, fromBase64 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { type Cosigned, verifyCosignatures } from "./cosignature.ts";
import { type Note, parseVerifierKey, type VerifierKey } from "./note.ts";
import { type PolicyLine, policyLines, requireCount } from "./policy-lines.ts";

/** Logs, witnesses, groups and authorities taken, of each; tlog-policy asks for at least 32. */
const MOST_OF_EACH = 1024;
const ANCHOR_BYTES = 32;

interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

interface PolicyWitness {
  /** The policy's own name for it; the key's name may be another. */
  readonly name: string;
  readonly key: VerifierKey;
  readonly url?: string;
}

/** Holds when at least `threshold` of its members (witnesses, or groups before it) have cosigned. */
interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

interface PolicyAuthority {
  readonly name: string;
  /** SHA-256 of the DER of a certificate in the token's chain. */
  readonly sha256: Uint8Array;
}

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** In an order in which each names only groups before it. */
  readonly groups: readonly PolicyGroup[];
  /** A witness or group, or "none": no cosignature is asked for. */
  readonly quorum: string;
  readonly timestampAuthorities: readonly PolicyAuthority[];
}

interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  readonly timestampAuthorities: PolicyAuthority[];
  /** Defined names, and whether a group has the name as a member. */
  readonly names: Map<string, "free" | "member">;
  quorum: string | undefined;
}

/**
 * Reads a policy file. Throws `malformed` (with the line's number) for anything tlog-policy does not allow: names not
 * yet defined, defined twice or in two groups, keys given twice, no quorum or two; `too_large`; `unsupported` for a key
 * of a type unfit for its role, or a `#placard` line of another kind.
 */
export function parsePolicy(file: Uint8Array | string): Policy {
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: [],
    timestampAuthorities: [],
    names: new Map(),
    quorum: undefined,
  };
  for (const line of policyLines(file)) readLine(draft, line);
  const { logs, witnesses, groups, timestampAuthorities, quorum } = draft;
  if (quorum === undefined) {
    throw new PlacardError("malformed", "The policy names no quorum.", {
      next: 'Add a line "quorum NAME", or "quorum none" to ask for no witness.',
    });
  }
  return { logs, witnesses, groups, quorum, timestampAuthorities };
}

/** Whether cosignatures by these witnesses (names as in the policy) are enough. */
export function quorumMet(policy: Policy, witnesses: ReadonlySet<string>): boolean {
  if (policy.quorum === "none") return true;
  const cosigned = new Set(policy.witnesses.map(({ name }) => name).filter((name) => witnesses.has(name)));
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => cosigned.has(member)).length >= threshold) cosigned.add(name);
  }
  return cosigned.has(policy.quorum);
}

/**
 * The policy's witnesses that have cosigned the note, by the policy's names, with the time each states (seconds since
 * 1970). Throws as verifyCosignatures. Whether they are enough is for quorumMet to say.
 */
export function witnessesOf(policy: Policy, note: Note): ReadonlyMap<string, number> {
  const cosigned: readonly Cosigned[] = verifyCosignatures(
    note,
    policy.witnesses.map(({ key }) => key),
  );
  const times = new Map(cosigned.map(({ key, time }) => [key, time]));
  return new Map(
    policy.witnesses.flatMap(({ name, key }) => {
      const time = times.get(key);
      return time === undefined ? [] : [[name, time] as const];
    }),
  );
}

function readLine(draft: Draft, line: PolicyLine): void {
  if (line.keyword === "log") readLog(draft, line);
  else if (line.keyword === "witness") readWitness(draft, line);
  else if (line.keyword === "group") readGroup(draft, line);
  else if (line.keyword === "quorum") readQuorum(draft, line);
  else if (line.keyword === "#placard") readExtension(draft, line);
  else throw line.malformed(`"${line.keyword.slice(0, 40)}" is no keyword of a policy`);
}

function readLog({ logs }: Draft, line: PolicyLine): void {
  requireCount(line.items, 1, 2, line);
  const key = readKey(line.items[0] as string, [1, 6], line);
  requireNewKey(key, logs, line);
  logs.push({ key, ...urlOf(line.items[1]) });
  requireRoom(logs, "logs");
}

function readWitness({ witnesses, names }: Draft, line: PolicyLine): void {
  requireCount(line.items, 2, 3, line);
  const [name, vkey, url] = line.items as [string, string, string?];
  const key = readKey(vkey, [4, 6], line);
  requireNewKey(key, witnesses, line);
  define(names, name, line);
  witnesses.push({ name, key, ...urlOf(url) });
  requireRoom(witnesses, "witnesses");
}

function readGroup({ groups, names }: Draft, line: PolicyLine): void {
  requireCount(line.items, 3, Number.POSITIVE_INFINITY, line);
  const [name, count, ...members] = line.items as [string, string, ...string[]];
  for (const member of members) {
    const state = names.get(member);
    if (state === undefined) throw line.malformed(`"${member}" is not defined on a line before`);
    if (state === "member") throw line.malformed(`"${member}" is a member of a group twice`);
    names.set(member, "member");
  }
  define(names, name, line);
  groups.push({ name, threshold: thresholdOf(count, members.length, line), members });
  requireRoom(groups, "groups");
}

function readQuorum(draft: Draft, line: PolicyLine): void {
  requireCount(line.items, 1, 1, line);
  const name = line.items[0] as string;
  if (draft.quorum !== undefined) throw line.malformed("there is a quorum already");
  if (name !== "none" && !draft.names.has(name)) throw line.malformed(`"${name}" is not defined on a line before`);
  draft.quorum = name;
}

function readExtension({ timestampAuthorities }: Draft, line: PolicyLine): void {
  const [kind, name, hash] = line.items;
  if (kind !== "timestamp-authority") {
    throw new PlacardError(
      "unsupported",
      `Line ${line.number} of the policy asks for what this program does not know.`,
      {
        next: 'Run the newest version of Placard, or write "# placard" if it is only a remark.',
      },
    );
  }
  requireCount(line.items, 3, 3, line);
  const sha256 = fromBase64(hash as string, `certificate hash on line ${line.number} of the policy`);
  if (sha256.length !== ANCHOR_BYTES) throw line.malformed("the certificate's hash is not 32 bytes long");
  if (timestampAuthorities.some((other) => other.name === name)) throw line.malformed(`"${name}" is defined twice`);
  timestampAuthorities.push({ name: name as string, sha256 });
  requireRoom(timestampAuthorities, "timestamp authorities");
}

function readKey(vkey: string, types: readonly number[], line: PolicyLine): VerifierKey {
  const key = parseVerifierKey(vkey);
  if (types.includes(key.type)) return key;
  throw new PlacardError(
    "unsupported",
    `Line ${line.number} of the policy has a key of type ${key.type}, which is not for a ${line.keyword}.`,
  );
}

/** tlog-policy: the same public key twice is a duplicate, whatever name and ID it goes by. */
function requireNewKey(key: VerifierKey, others: readonly { readonly key: VerifierKey }[], line: PolicyLine): void {
  if (others.some((other) => equal(other.key.publicKey, key.publicKey)))
    throw line.malformed("its key was given before");
}

function define(names: Map<string, "free" | "member">, name: string, line: PolicyLine): void {
  if (name === "none") throw line.malformed('"none" cannot be defined');
  if (names.has(name)) throw line.malformed(`"${name}" is defined twice`);
  names.set(name, "free");
}

function thresholdOf(count: string, members: number, line: PolicyLine): number {
  if (count === "all") return members;
  if (count === "any") return 1;
  const threshold = /^[1-9][0-9]{0,4}$/.test(count) ? Number(count) : 0;
  if (threshold < 1 || threshold > members) throw line.malformed(`a group of ${members} cannot ask for "${count}"`);
  return threshold;
}

function urlOf(url: string | undefined): { readonly url?: string } {
  return url === undefined ? {} : { url };
}

function requireRoom(list: readonly unknown[], what: string): void {
  if (list.length > MOST_OF_EACH) {
    throw new PlacardError("too_large", `The policy has more than ${MOST_OF_EACH} ${what}.`);
  }
}
