/** A server in a process of its own, to be killed; asked by messages (saving-server-child.ts). */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Told {
  readonly status: number;
  readonly body: unknown;
}

export interface KilledServer {
  readonly child: ChildProcess;
  /** Undefined where the server was gone before it had answered. */
  ask(path: string, asking?: object, file?: object): Promise<Told | undefined>;
  /** Of what was asked, nothing is answered any more. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

const SCRIPT = join(import.meta.dirname, "saving-server-child.ts");

export async function startKilledServer(folder: string): Promise<KilledServer> {
  const child = fork(SCRIPT, [folder], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  const gone = once(child, "exit");
  const waiting = new Map<number, (told: Told | undefined) => void>();
  await once(child, "message");
  child.on("message", (message) => {
    const { number, ...told } = message as Told & { readonly number: number };
    waiting.get(number)?.(told);
    waiting.delete(number);
  });
  void gone.then(() => {
    for (const tell of waiting.values()) tell(undefined);
  });
  let asked = 0;
  return {
    child,
    ask: (path, asking = {}, file) =>
      new Promise((tell) => {
        const number = asked++;
        waiting.set(number, tell);
        child.send({ number, path, asking, file }, (error) => {
          if (error !== null) tell(undefined);
        });
      }),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    end: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
