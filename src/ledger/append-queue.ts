/** Gathers what is appended while a commit is under way, so that it shares the next one. */

export interface Job<M, R> {
  readonly makes: readonly M[];
  resolve(receipts: readonly R[]): void;
  reject(error: unknown): void;
}

export class AppendQueue<M, R> {
  readonly #settle: (jobs: readonly Job<M, R>[]) => Promise<void>;
  readonly #atMost: number;
  readonly #waiting: Job<M, R>[] = [];
  #running: Promise<void> | undefined;

  /** `settle` resolves or rejects each job it is given, and itself never rejects. One call at a time, of up to `atMost` makes. */
  constructor(atMost: number, settle: (jobs: readonly Job<M, R>[]) => Promise<void>) {
    this.#atMost = atMost;
    this.#settle = settle;
  }

  add(makes: readonly M[]): Promise<readonly R[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly R[]>();
    this.#waiting.push({ makes, resolve, reject });
    this.#running ??= this.#run();
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // So that what is appended in one go is committed together.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#settle(this.#take());
    this.#running = undefined;
  }

  /** Whole jobs, in order; a job larger than `atMost` goes alone. */
  #take(): readonly Job<M, R>[] {
    let count = 0;
    let taken = 0;
    for (const { makes } of this.#waiting) {
      if (taken > 0 && count + makes.length > this.#atMost) break;
      count += makes.length;
      taken++;
    }
    return this.#waiting.splice(0, taken);
  }
}
