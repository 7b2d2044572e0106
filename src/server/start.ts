/** The server put together and started: the record, its members, the screens, and where it listens. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PlacardError } from "../lib/error.ts";
import { openAccounts } from "./accounts/open.ts";
import { createApp } from "./app.ts";
import { type House, openHouse } from "./house.ts";
import { createSandbox, sandboxOrigin } from "./sandbox.ts";
import { openRooms, type Sandbox } from "./sandbox-rooms.ts";
import { isBehindProxy, type Listening, type ListenOptions, listenTo } from "./serve.ts";

const TOKEN_BYTES = 18;

export interface StartOptions extends ListenOptions {
  /** The record's folder; on day one there is nothing in it. */
  readonly folder: string;
  /** Where captured pages are shown: another host than the workbench's, led to the port after its own. */
  readonly sandboxUrl?: string | undefined;
}

export interface Started extends AsyncDisposable {
  /** Where people come. */
  readonly url: string;
  /** Where the first member is made, while there is none. Whoever has this link can be that member. */
  readonly firstUrl: string | undefined;
}

/** Throws `usage`, `busy` (the port is taken), `unsupported` (the screens were not built), and what opening a record throws. */
export async function startServer({ folder, ...listening }: StartOptions): Promise<Started> {
  const screens = builtScreens();
  await using stack = new AsyncDisposableStack();
  const house = stack.use(await openHouse(folder));
  let answer: (request: Request, env?: object) => Response | Promise<Response> = () =>
    new Response("", { status: 503 });
  const listener = await listenTo((request, env) => answer(request, env), listening);
  stack.defer(() => listener.close());
  const sandbox = await openSandbox(stack, house, listener, listening);
  const accounts = stack.use(await openAccounts(folder, { baseUrl: listener.url }));
  const setupToken = accounts.hasMembers ? undefined : randomBytes(TOKEN_BYTES).toString("base64url");
  const first = setupToken === undefined ? {} : { setupToken };
  const app = createApp({
    house,
    accounts,
    screens,
    behindProxy: isBehindProxy(listening),
    ...(sandbox === undefined ? {} : { sandbox }),
    ...first,
  });
  answer = (request, env) => app.fetch(request, env);
  const running = stack.move();
  return {
    url: listener.url,
    firstUrl: setupToken === undefined ? undefined : `${listener.url}/start#${setupToken}`,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/**
 * Captured pages have a server of their own, on another host: this machine's other name, or the one that is given. Without
 * one, on a network, nothing is replayed.
 */
async function openSandbox(
  stack: AsyncDisposableStack,
  house: House,
  workbench: Listening,
  { host, port, publicUrl, sandboxUrl, certificate }: Omit<StartOptions, "folder">,
): Promise<Sandbox | undefined> {
  const isHere = publicUrl === undefined && new URL(workbench.url).hostname === "localhost";
  if (sandboxUrl === undefined && !isHere) return undefined;
  const given = sandboxUrl === undefined ? undefined : sandboxOrigin(sandboxUrl, workbench.url);
  let answer: (request: Request) => Response | Promise<Response> = () => new Response("", { status: 503 });
  const beside = port === 0 ? 0 : port + 1;
  const known = publicUrl === undefined ? {} : { publicUrl: given };
  const listener = await listenTo((request) => answer(request), { host, port: beside, certificate, ...known });
  stack.defer(() => listener.close());
  const origin = given ?? `${new URL(workbench.url).protocol}//127.0.0.1:${listener.port}`;
  const sandbox = { origin, rooms: openRooms() };
  const app = createSandbox({ house, sandbox, workbench: workbench.url });
  answer = (request) => app.fetch(request);
  return sandbox;
}

/** In a clone they are built beside the source, in the package they lie beside this file's folder. */
function builtScreens(): string {
  const isSource = import.meta.url.endsWith(".ts");
  const folder = fileURLToPath(new URL(isSource ? "../../dist/workbench" : "../workbench", import.meta.url));
  if (existsSync(join(folder, "index.html"))) return folder;
  throw new PlacardError("unsupported", "The workbench's screens have not been built.", {
    next: "Run npm start once; it builds them.",
  });
}
