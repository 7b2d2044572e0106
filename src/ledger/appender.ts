/** Appending, one commit at a time; log.ts says in which order and what a crash may leave. */
import { fromUtf8, utf8 } from "../lib/bytes.ts";
import type { Clock } from "../lib/clock.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { AppendQueue, type Job } from "./append-queue.ts";
import type { Commit, CommitPoint, LedgerBackend } from "./backend.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { addSignatures, type NoteSigner, signNote } from "./note.ts";
import { CHECKPOINT, contradiction, readPublished } from "./recover.ts";
import { LedgerWriter, othersFirst, type Plan } from "./writer.ts";

const ENTRY_BYTES = 32;
/** Appends that share a commit. Measured: 1,024 gain a tenth, and make the first of them wait four times as long. */
const LARGEST_COMMIT = 256;
const LARGEST_BATCH = 4096;

export interface LogOptions {
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly backend: LedgerBackend;
  readonly commitPoint: CommitPoint;
  readonly clock: Clock;
}

export interface AppendOptions<T> extends LogOptions {
  /**
   * Makes the private half of entries `start …` durable. Called under the lock, before any file of theirs is written.
   * A rejection with `storage`, `inconsistent` or no code of ours ends the log; another code fails the append it is
   * about (one that shared its commit is tried again alone, with `make` called anew).
   */
  readonly beforeCommit?: (start: number, items: readonly T[]) => Promise<void>;
}

export interface Sealing<T> {
  /** What the ledger publishes: 32 bytes. */
  readonly entry: Uint8Array;
  /** Its private half, handed to beforeCommit. */
  readonly item: T;
}

/** Called under the lock with the commit's time (milliseconds since 1970), so that time and order agree. */
export type Make<T> = (time: number) => Sealing<T>;

export interface Receipt {
  readonly index: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The first committed size that holds the entry, and its signed checkpoint. */
  readonly size: number;
  readonly checkpoint: string;
}

type AppendJob<T> = Job<Make<T>, Receipt>;

interface MadeJob<T> {
  readonly job: AppendJob<T>;
  readonly sealings: readonly Sealing<T>[];
}

/** What came of a commit: nothing to do, refused with nothing written that counts, or done. */
type Outcome<T> =
  | { readonly kind: "nothing" }
  | { readonly kind: "refused"; readonly error: unknown; readonly jobs: readonly AppendJob<T>[] }
  | { readonly kind: "done"; readonly made: readonly MadeJob<T>[]; readonly first: Receipt; readonly plan: Plan };

export class Appender<T> {
  readonly #options: AppendOptions<T>;
  readonly #writer: LedgerWriter;
  readonly #queue: AppendQueue<Make<T>, Receipt>;
  /** Removing what is no longer needed; its failures matter to nobody. */
  #tidying: Promise<void> = Promise.resolve();
  #failure: unknown;
  #closed = false;

  constructor(options: AppendOptions<T>) {
    this.#options = options;
    this.#writer = new LedgerWriter(options.backend);
    this.#queue = new AppendQueue(LARGEST_COMMIT, (jobs) => this.#settle(jobs));
  }

  async append(makes: readonly Make<T>[]): Promise<readonly Receipt[]> {
    this.assertAlive();
    if (this.#closed) throw new PlacardError("usage", "The log was used after it was closed.");
    if (makes.length > LARGEST_BATCH) {
      throw new PlacardError("too_large", `${makes.length} entries are over the ${LARGEST_BATCH} of one commit.`);
    }
    return makes.length === 0 ? [] : this.#queue.add(makes);
  }

  async publish(size: number, signatureLines: readonly string[]): Promise<boolean> {
    const outcome = await this.#exclusively(async (committed) => {
      if (committed.size !== size) return { result: false };
      const note = await this.#publishedNote(committed);
      let cosigned = note;
      const refusal = refusalOf(() => (cosigned = addSignatures(note, signatureLines)));
      if (cosigned !== note) await this.#options.backend.put(CHECKPOINT, utf8(cosigned));
      return { result: refusal ?? true };
    });
    if (typeof outcome !== "boolean") throw outcome;
    return outcome;
  }

  assertAlive(): void {
    if (this.#failure === undefined) return;
    throw new PlacardError("storage", `The ledger failed before: ${(this.#failure as Error).message}`, {
      cause: this.#failure,
      next: "Open the record again; it then finds out what is on disk.",
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.idle();
    await this.#tidying;
  }

  /** Commits jobs together; each is resolved or rejected, and nothing is thrown. */
  async #settle(jobs: readonly AppendJob<T>[]): Promise<void> {
    try {
      const outcome = await this.#exclusively((committed) => this.#commit(committed, jobs));
      if (outcome.kind === "done") {
        await this.#publishCommitted(outcome.first.size);
        this.#tidy(outcome.plan);
        acknowledge(outcome.made, outcome.first);
      } else if (outcome.kind === "refused" && outcome.jobs.length > 1) {
        // It may be about one of them only.
        for (const job of outcome.jobs) await this.#settle([job]);
      } else if (outcome.kind === "refused") {
        outcome.jobs[0]?.reject(outcome.error);
      }
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }

  /** The order of an append, up to the commit, which is made when this resolves. */
  async #commit(
    committed: Commit,
    jobs: readonly AppendJob<T>[],
  ): Promise<{ readonly commit?: Commit; readonly result: Outcome<T> }> {
    const { clock, beforeCommit } = this.#options;
    const time = clock.now();
    if (time < committed.time) throw clockBehind(time, committed.time);
    const made = makeAll(jobs, time);
    if (made.length === 0) return { result: { kind: "nothing" } };
    const sealings = made.flatMap((each) => each.sealings);
    const [items, entries] = [sealings.map(({ item }) => item), sealings.map(({ entry }) => entry)];
    // Planning and signing take the time that the private half waits for the disk.
    const stored = outcomeOf(async () => beforeCommit?.(committed.size, items));
    const planned = await outcomeOf(async () => this.#plan(committed, entries));
    const failure = (await stored).error ?? planned.error;
    if (planned.value === undefined || failure !== undefined) {
      if (leavesDoubt(failure)) throw failure;
      return { result: { kind: "refused", error: failure, jobs: made.map(({ job }) => job) } };
    }
    const { plan, checkpoint } = planned.value;
    await this.#writer.write(plan);
    const { size, root } = plan;
    const first = { index: committed.size, time, size, checkpoint };
    return { commit: { size, root, checkpoint, time }, result: { kind: "done", made, first, plan } };
  }

  async #plan(committed: Commit, entries: readonly Uint8Array[]) {
    const { origin, signer } = this.#options;
    const plan = await this.#writer.plan(committed, entries);
    await othersFirst();
    const text = formatCheckpoint({ origin, size: plan.size, root: plan.root });
    return { plan, checkpoint: signNote(text, [signer]) };
  }

  /** Under the lock again, so that a slower process never puts an older checkpoint over a newer one. */
  async #publishCommitted(size: number): Promise<void> {
    const { backend } = this.#options;
    try {
      await this.#exclusively(async (committed) => {
        // Where another process has committed since, its checkpoint is published, unless it has done so already.
        const due = committed.size === size || (await this.#publishedSize()) < committed.size;
        if (due) await backend.put(CHECKPOINT, utf8(committed.checkpoint));
        return { result: undefined };
      });
    } catch (error) {
      // Somebody else has had the lock for long. The entries are committed; the next to have it publishes them.
      if (!isPlacardError(error, "busy")) throw error;
    }
  }

  async #publishedSize(): Promise<number> {
    const { backend, origin, signer } = this.#options;
    return (await readPublished({ backend, origin, vkey: signer.vkey }))?.size ?? -1;
  }

  /** The published note of what is committed, with the cosignatures it has; the bare one where it is not published yet. */
  async #publishedNote(committed: Commit): Promise<string> {
    if ((await this.#publishedSize()) !== committed.size) return committed.checkpoint;
    const bytes = await this.#options.backend.get(CHECKPOINT);
    return bytes === undefined ? committed.checkpoint : fromUtf8(bytes, "published checkpoint");
  }

  #tidy({ outgrown }: Plan): void {
    const { backend } = this.#options;
    if (outgrown.length === 0) return;
    const tidy = async (): Promise<void> => {
      const paths = (await Promise.all(outgrown.map((folder) => backend.list(folder)))).flat();
      if (paths.length > 0) await backend.remove(paths);
    };
    this.#tidying = this.#tidying.then(tidy).catch(() => undefined);
  }

  /** Under the lock; what leaves doubt about the disk is the end of this log. */
  async #exclusively<R>(
    work: (committed: Commit) => Promise<{ readonly commit?: Commit; readonly result: R }>,
  ): Promise<R> {
    this.assertAlive();
    try {
      return await this.#options.commitPoint.exclusively((committed) => work(requireCommit(committed)));
    } catch (error) {
      if (leavesDoubt(error)) this.#failure ??= error;
      throw error;
    }
  }
}

export function requireCommit(committed: Commit | undefined): Commit {
  if (committed === undefined) throw contradiction("the commit point (commit.sqlite) is empty");
  return committed;
}

/** Calls every `make`; a job whose own throws is rejected with that, and the others go on. */
function makeAll<T>(jobs: readonly AppendJob<T>[], time: number): readonly MadeJob<T>[] {
  const made: MadeJob<T>[] = [];
  for (const job of jobs) {
    try {
      made.push({ job, sealings: job.makes.map((make) => checked(make(time))) });
    } catch (error) {
      job.reject(error);
    }
  }
  return made;
}

function acknowledge<T>(made: readonly MadeJob<T>[], first: Receipt): void {
  let { index } = first;
  for (const { job, sealings } of made) job.resolve(sealings.map(() => ({ ...first, index: index++ })));
}

function checked<T>(sealing: Sealing<T>): Sealing<T> {
  if (sealing.entry.length === ENTRY_BYTES) return sealing;
  throw new PlacardError("usage", `A ledger entry is ${ENTRY_BYTES} bytes, not ${sealing.entry.length}.`);
}

function clockBehind(now: number, last: number): PlacardError {
  const [reads, sealed] = [now, last].map((time) => new Date(time).toISOString());
  return new PlacardError(
    "clock_behind",
    `The clock reads ${reads}, earlier than the last entry was sealed (${sealed}).`,
    {
      next: "Set this machine's clock right, then run the same command again. If it was ahead when that was sealed, nothing can be added before that time comes: a new record can.",
    },
  );
}

/** Whether it is uncertain, after this error, what is on disk. */
function leavesDoubt(error: unknown): boolean {
  return !isPlacardError(error) || error.code === "storage" || error.code === "inconsistent";
}

interface Settled<V> {
  readonly value?: V;
  readonly error?: unknown;
}

/** Never rejects, so that it may be left alone until it is asked. */
async function outcomeOf<V>(work: () => Promise<V>): Promise<Settled<V>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error ?? new Error("Something threw nothing.") };
  }
}

function refusalOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
