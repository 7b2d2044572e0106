/** A piece of work in a thread of its own, which is ended when it has answered, or takes too long. */
import { Worker } from "node:worker_threads";

/** Of the thread's own heap, in MiB; what is WebAssembly in it is bounded in decode-picture.ts. */
const HEAP = 256;

/** What the thread says first; or that it took longer than `patience` milliseconds, or ended without a word. */
export async function inThread<Answer extends object>(
  worker: URL,
  { bytes, ...data }: { readonly bytes: Uint8Array<ArrayBuffer> } & Readonly<Record<string, unknown>>,
  patience: number,
): Promise<Answer | "late" | "failed"> {
  const thread = new Worker(worker, {
    workerData: { bytes, ...data },
    transferList: [bytes.buffer],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
  thread.stdout.resume();
  thread.stderr.resume();
  const { promise, resolve } = Promise.withResolvers<Answer | "late" | "failed">();
  const timer = setTimeout(() => resolve("late"), patience);
  thread.once("message", resolve);
  thread.on("error", () => resolve("failed"));
  thread.once("exit", () => resolve("failed"));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

/** The thread's file beside `from`: as source it ends in .ts, as published in .js. */
export function threadFile(name: string, from: string): URL {
  return new URL(`./${name}.${from.endsWith(".ts") ? "ts" : "js"}`, from);
}
