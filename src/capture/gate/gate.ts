/**
 * The only way out for a capture's browser: a SOCKS5 proxy (RFC 1928, CONNECT without authentication) on loopback that
 * resolves names and connects by itself. The address that is checked is the address that is connected to, so no answer
 * of a name server and no redirect leads anywhere else. What passes through is not looked at: TLS stays end to end.
 */
import { lookup as resolveName } from "node:dns/promises";
import { connect, createServer, isIP, type LookupFunction, type Server, type Socket } from "node:net";
import type { ServerAddress } from "../netlog/exchange.ts";
import { isPrivateAddress } from "./link.ts";

/** Why a connection was not made. */
export type GateRefusal = "private" | "no_such_host" | "unreachable";

export interface Gate extends AsyncDisposable {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Where the connection from this local port of the browser leads. */
  serverOf(localPort: number): ServerAddress | undefined;
  /** Why the newest connection to this host (as the browser spells it) was not made; undefined where none was refused. */
  refusalOf(host: string): GateRefusal | undefined;
}

export interface GateOptions {
  /** Whether an address may be connected to; all but private ones unless told. */
  readonly mayReach?: (address: string, port: number) => boolean;
  /** All addresses of a name; the system's resolver unless told. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Where given, this one host leads to that port of this machine, and nothing else leads anywhere: for the sample. */
  readonly only?: OnlyHost;
}

/** A name that no server has (RFC 2606), and the port on 127.0.0.1 that answers for it. */
export interface OnlyHost {
  readonly host: string;
  readonly port: number;
}

const VERSION = 5;
const CONNECT = 1;
const ADDRESS_4 = 1;
const NAME = 3;
const ADDRESS_6 = 4;
/** Replies of RFC 1928 §6. */
const GRANTED = 0;
const NOT_ALLOWED = 2;
const UNREACHABLE = 4;
const UNSUPPORTED = 7;
const HANDSHAKE_TIME = 10_000;
const CONNECT_TIME = 20_000;
/** More than any handshake has, in bytes. */
const LONGEST_HANDSHAKE = 1024;
/** A page that opens more at once is out to exhaust us; browsers hold to far fewer. */
const MOST_CONNECTIONS = 1024;
/** One buffer a connection: of one a read, as streams have it, tens of megabytes waited to be collected. */
const RELAY_BYTES = 1 << 16;
/** Of hosts asked for, the newest this many are remembered. */
const MOST_REMEMBERED = 4096;

/** Throws what listening throws. */
export async function openGate({
  mayReach = isPublic,
  resolve = systemResolve,
  only,
}: GateOptions = {}): Promise<Gate> {
  const servers = new Map<number, ServerAddress>();
  const refusals = new Map<string, GateRefusal>();
  const open = new Set<Socket>();
  const remember = <K, V>(map: Map<K, V>, key: K, value: V): void => {
    map.delete(key);
    map.set(key, value);
    if (map.size > MOST_REMEMBERED) map.delete(map.keys().next().value as K);
  };
  const server = createServer({ noDelay: true }, (client) => {
    const own = (socket: Socket): void => {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      // One that fails is closed by Node; its peer is told below.
      socket.on("error", () => undefined);
    };
    own(client);
    if (open.size > MOST_CONNECTIONS) return void client.destroy();
    const { remotePort = 0 } = client;
    serve(client, async (host, port) => {
      const addresses = await (only === undefined
        ? addressesOf(host, (address) => mayReach(address, port), resolve)
        : host === only.host
          ? ["127.0.0.1"]
          : "private");
      if (typeof addresses === "string") {
        remember(refusals, host, addresses);
        return addresses;
      }
      const upstream = await dial(host, only?.port ?? port, addresses, own);
      if (upstream === undefined) {
        remember(refusals, host, "unreachable");
        return "unreachable";
      }
      remember(servers, remotePort, {
        address: upstream.socket.remoteAddress ?? "",
        port: upstream.socket.remotePort ?? port,
      });
      return upstream;
    }).catch(() => client.destroy());
  });
  await listen(server);
  return {
    port: (server.address() as { readonly port: number }).port,
    serverOf: (localPort) => servers.get(localPort),
    refusalOf: (host) => refusals.get(host),
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}

type Dial = (host: string, port: number) => Promise<Upstream | GateRefusal>;

async function serve(client: Socket, reach: Dial): Promise<void> {
  client.setTimeout(HANDSHAKE_TIME, () => client.destroy());
  const { hear, stop } = hearer(client);
  const [version, methods = 0] = await hear(2);
  const offered = await hear(methods);
  if (version !== VERSION || !offered.includes(0)) return void client.end(Uint8Array.of(VERSION, 0xff));
  client.write(Uint8Array.of(VERSION, 0));
  const [again, command, , kind = 0] = await hear(4);
  const host = await hearHost(kind, hear);
  const port = (await hear(2)).readUInt16BE();
  if (again !== VERSION || command !== CONNECT || host === undefined) return void client.end(reply(UNSUPPORTED));
  stop();
  // The connecting takes its own time.
  client.setTimeout(0);
  const reached = await reach(host, port);
  if (typeof reached === "string") return void client.end(reply(reached === "private" ? NOT_ALLOWED : UNREACHABLE));
  if (client.destroyed) return void reached.socket.destroy();
  client.write(reply(GRANTED));
  client.pipe(reached.socket);
  reached.pourInto(client);
  client.once("close", () => reached.socket.destroy());
  reached.socket.once("close", () => client.destroy());
}

function reply(code: number): Uint8Array {
  return Uint8Array.of(VERSION, code, 0, ADDRESS_4, 0, 0, 0, 0, 0, 0);
}

async function hearHost(kind: number, hear: Hearer["hear"]): Promise<string | undefined> {
  if (kind === ADDRESS_4) return (await hear(4)).join(".");
  if (kind === ADDRESS_6) {
    const bytes = await hear(16);
    return Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16)).join(":");
  }
  if (kind !== NAME) return undefined;
  const [length = 0] = await hear(1);
  return (await hear(length)).toString("latin1");
}

interface Upstream {
  /** Reads nothing until it is told where to. */
  readonly socket: Socket;
  /** Passes on to `client` what the server says, to its end. */
  pourInto(client: Socket): void;
}

interface Hearer {
  /** Exactly so many bytes, in turn. Throws where the socket ends before. */
  hear(length: number): Promise<Buffer>;
  /** Hears no more; what came already stays in the socket. */
  stop(): void;
}

function hearer(socket: Socket): Hearer {
  let held = Buffer.alloc(0);
  let ended = false;
  let wake = (): void => undefined;
  const take = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    if (held.length > LONGEST_HANDSHAKE) socket.pause();
    wake();
  };
  const end = (): void => {
    ended = true;
    wake();
  };
  socket.on("data", take).on("end", end).on("close", end);
  return {
    hear: async (length) => {
      while (held.length < length) {
        if (ended) throw new Error("ended early");
        await new Promise<void>((heard) => (wake = heard));
      }
      const bytes = held.subarray(0, length);
      held = held.subarray(length);
      return bytes;
    },
    stop: () => {
      socket.off("data", take).off("end", end).off("close", end).pause();
      if (held.length > 0) socket.unshift(held);
    },
  };
}

/** The addresses that may be connected to; a name that has private ones among others is taken for an attack. */
async function addressesOf(
  host: string,
  mayReach: (address: string) => boolean,
  resolve: (host: string) => Promise<readonly string[]>,
): Promise<readonly string[] | GateRefusal> {
  const literal = host.replace(/^\[|\]$/g, "");
  let addresses: readonly string[] = [literal];
  if (isIP(literal) === 0) {
    try {
      addresses = await resolve(host);
    } catch {
      return "no_such_host";
    }
  }
  if (addresses.length === 0) return "no_such_host";
  return addresses.every(mayReach) ? addresses : "private";
}

function isPublic(address: string): boolean {
  return !isPrivateAddress(address);
}

async function systemResolve(host: string): Promise<readonly string[]> {
  return (await resolveName(host, { all: true })).map(({ address }) => address);
}

/** Connects to one of these addresses and no other, the first that answers. Undefined where none does. */
function dial(
  host: string,
  port: number,
  addresses: readonly string[],
  own: (socket: Socket) => void,
): Promise<Upstream | undefined> {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_, options, tell) => {
    if (options.all) tell(null, known);
    else tell(null, known[0]?.address ?? "", known[0]?.family);
  };
  return new Promise((resolve) => {
    let client: Socket | undefined;
    const socket: Socket = connect({
      host,
      port,
      lookup,
      noDelay: true,
      autoSelectFamily: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(RELAY_BYTES),
        callback: (length, bytes) => {
          const to = client;
          // Nothing is read before it is known where to. Were it, a connection less is better than bytes less.
          if (to === undefined) {
            socket.destroy();
            return false;
          }
          const goOn = (): void => void (to.writableLength === 0 && socket.resume());
          to.write(bytes.subarray(0, length), goOn);
          // What was not taken at once is still in the buffer: nothing is read over it until it is gone.
          return to.writableLength === 0;
        },
      },
    });
    own(socket);
    const timer = setTimeout(() => socket.destroy(), CONNECT_TIME);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.pause();
      resolve({
        socket,
        pourInto: (to) => {
          client = to;
          socket.once("end", () => to.end());
          socket.resume();
        },
      });
    });
    socket.once("close", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", done);
  });
}
