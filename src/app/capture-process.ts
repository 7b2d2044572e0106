/** The server's side of the process that captures: started when there is something to do, and again when it has died. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { PlacardError } from "../lib/error.ts";
import type { CaseOptions, FromWorker, ReceiveOptions, TakenCase, ToWorker, Trouble } from "./capture-messages.ts";
import { errorOf } from "./capture-messages.ts";
import type { LinkPhase } from "./capture-outcome.ts";
import type { Imported } from "./import-files.ts";
import { say } from "./said.ts";

/** Where a capture stands: the step in words, of which part it is, and since when (milliseconds since 1970). */
export interface Step {
  readonly phase: LinkPhase;
  readonly step: string;
  readonly since: number;
}

export type CaptureNews = Extract<FromWorker, { said: "step" | "done" | "recaptured" }> | { readonly said: "look" };

export interface CaptureProcess extends AsyncDisposable {
  /** There is, or may be, something to do. */
  wake(): void;
  /** Gives up the capture of this link, if it is under way. */
  stop(item: string): void;
  /** Undefined where it is not under way. */
  stepOf(item: string): Step | undefined;
  /** What keeps all that waits from being gone on with. */
  readonly trouble: Trouble | undefined;
  /** Seals a file that others made. Throws what `importFile` throws, and `busy` where the process died of it. */
  receive(path: string, options: ReceiveOptions): Promise<Imported>;
  /** Takes in a case's ZIP. Throws what `importCaseArchive` throws, and `busy` as above. */
  receiveCase(path: string, options: CaseOptions, listener: CaseListener): Promise<TakenCase>;
}

export interface CaseListener {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export interface CaptureProcessOptions {
  /** Whether a process that has died is wanted again. */
  readonly hasWork: () => Promise<boolean>;
  readonly onNews: (news: CaptureNews) => void;
}

/** As source this file ends in .ts, as published in .js; so does the worker's. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./capture-worker.ts" : "./capture-worker.js",
  import.meta.url,
);
/** Milliseconds before one that has died is started again, doubled each time that it dies before it has done anything. */
const FIRST_REST = 1_000;
const LONGEST_REST = 60_000;
/** Milliseconds after which it is asked anew whether there is work: the command line may have planned a recapture. */
const LOOK = 60_000;
/** Milliseconds that it may take to end. */
const PATIENCE = 12_000;

/** Starts nothing yet. */
export function openCaptureProcess(folder: string, options: CaptureProcessOptions): CaptureProcess {
  return new ForkedCaptures(folder, options);
}

/** Who waits for what the process was asked to take in. */
interface Receiving extends Omit<PromiseWithResolvers<unknown>, "promise"> {
  readonly onProgress: CaseListener["onProgress"] | undefined;
}

class ForkedCaptures implements CaptureProcess {
  readonly #folder: string;
  readonly #options: CaptureProcessOptions;
  readonly #steps = new Map<string, Step>();
  readonly #receiving = new Map<number, Receiving>();
  #child: ChildProcess | undefined;
  #ended = false;
  #rest = FIRST_REST;
  #restart: NodeJS.Timeout | undefined;
  readonly #look: NodeJS.Timeout;
  #number = 0;
  trouble: Trouble | undefined;

  constructor(folder: string, options: CaptureProcessOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#look = setInterval(() => void this.#wakeIfWanted(), LOOK).unref();
  }

  wake(): void {
    if (!this.#ended && this.#restart === undefined) this.#say({ do: "look" });
  }

  stop(item: string): void {
    this.#child?.send({ do: "stop", item } satisfies ToWorker);
  }

  stepOf(item: string): Step | undefined {
    return this.#steps.get(item);
  }

  async receive(path: string, options: ReceiveOptions): Promise<Imported> {
    const { answer, number } = this.#expect();
    this.#say({ do: "receive", number, path, options });
    return (await answer) as Imported;
  }

  async receiveCase(path: string, options: CaseOptions, { signal, onProgress }: CaseListener): Promise<TakenCase> {
    const { answer, number } = this.#expect(onProgress);
    const stop = (): void => void this.#child?.send({ do: "stop-case", number } satisfies ToWorker);
    signal.addEventListener("abort", stop, { once: true });
    this.#say({ do: "receive-case", number, path, options });
    if (signal.aborted) stop();
    try {
      return (await answer) as TakenCase;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    clearInterval(this.#look);
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined) return;
    const gone = once(child, "exit");
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    if (child.connected) child.disconnect();
    await gone;
    clearTimeout(late);
  }

  #say(message: ToWorker): void {
    this.#child ??= this.#start();
    this.#child.send(message, () => undefined);
  }

  #start(): ChildProcess {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    // What it prints is nobody's: links are private, and it says what there is to say over the channel.
    const child = fork(WORKER, [this.#folder], { stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [] });
    child.on("message", (said: FromWorker) => this.#hear(said));
    child.once("error", () => this.#gone(child));
    child.once("exit", () => this.#gone(child));
    return child;
  }

  #hear(said: FromWorker): void {
    switch (said.said) {
      case "step":
        this.#steps.set(said.item, { step: said.step, phase: said.phase, since: Date.now() });
        return this.#options.onNews(said);
      case "done":
        this.#rest = FIRST_REST;
        this.#steps.delete(said.item);
        return this.#options.onNews(said);
      case "recaptured":
        return this.#options.onNews(said);
      case "trouble":
        if (this.trouble === undefined && said.trouble === null) return;
        this.trouble = said.trouble ?? undefined;
        return this.#options.onNews({ said: "look" });
      case "received":
        return this.#answerTo(said.number)?.resolve(said.imported);
      case "case-step":
        return this.#receiving.get(said.number)?.onProgress?.(said.done, said.total);
      case "case-received":
        return this.#answerTo(said.number)?.resolve(said.taken);
      case "refused": {
        return this.#answerTo(said.number)?.reject(errorOf(said.trouble));
      }
    }
  }

  /** What is told under this number. */
  #expect(onProgress?: CaseListener["onProgress"]): { readonly answer: Promise<unknown>; readonly number: number } {
    const { promise: answer, ...told } = Promise.withResolvers<unknown>();
    const number = this.#number++;
    this.#receiving.set(number, { ...told, onProgress });
    return { answer, number };
  }

  #answerTo(number: number): Receiving | undefined {
    const answer = this.#receiving.get(number);
    this.#receiving.delete(number);
    return answer;
  }

  #gone(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#steps.clear();
    for (const answer of this.#receiving.values()) {
      answer.reject(new PlacardError("busy", say("reading_broke_off"), { next: say("try_once_more") }));
    }
    this.#receiving.clear();
    if (this.#ended) return;
    this.#options.onNews({ said: "look" });
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      void this.#wakeIfWanted();
    }, this.#rest).unref();
    this.#rest = Math.min(LONGEST_REST, 2 * this.#rest);
  }

  async #wakeIfWanted(): Promise<void> {
    // Where the record cannot even be asked, the next look tries again.
    if (!this.#ended && (await this.#options.hasWork().catch(() => false))) this.wake();
  }
}
