/** The piece of work, done in a thread so that the page stays responsive. */
import { ask, Refused } from "./ask.ts";
import thread from "./work-thread.ts?worker&url";

interface Factory {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string | null },
  ): { createScriptURL(url: string): string };
}

/** The one script that this page may start. */
function threadUrl(): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  const policy = trustedTypes?.createPolicy("work", { createScriptURL: (url) => (url === thread ? url : null) });
  return policy?.createScriptURL(thread) ?? thread;
}
let trusted: string | undefined;

/** Challenge and solution, fit for a header. Throws `Refused`. */
export async function doWork(): Promise<string> {
  const { challenge } = await ask<{ challenge: unknown }>("/work", { json: {} });
  trusted ??= threadUrl();
  const worker = new Worker(trusted, { type: "module" });
  try {
    const solution = await new Promise<unknown>((resolve, reject) => {
      const fail = (): void => reject(new Refused("work", ""));
      worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => (data === null ? fail() : resolve(data)));
      worker.addEventListener("error", fail);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      worker.postMessage(challenge);
    });
    return btoa(JSON.stringify({ challenge, solution }));
  } finally {
    worker.terminate();
  }
}
