/**
 * The gate, with a real browser behind it: a page outside tries every spelling of every way in, and nothing inside hears
 * of it. The page tries a third of the spellings each time, all of them with PLACARD_DEEP. "Outside" is 127.0.0.2, which this test's gate lets be reached; inside is the rest of loopback.
 */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { hostname, networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { type Gate, type GateOptions, openGate } from "../../src/capture/gate/gate.ts";
import { isPrivateAddress, parseLink, refusePrivate } from "../../src/capture/gate/link.ts";
import { readNetLog } from "../../src/capture/netlog/read.ts";
import { recordPage } from "../../src/capture/session.ts";
import { ownBrowser } from "../own-browser.ts";
import { pageSession } from "../page-session.ts";
import { SPELLINGS } from "../private-addresses.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const OUTSIDE = "127.0.0.2";
/** Names whose answers lead inside, and what is answered. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "inside.example": ["127.0.0.1"],
  "inside6.example": ["::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "metadata.example": ["169.254.169.254"],
  "both.example": [OUTSIDE, "127.0.0.1"],
  "both-ways.example": ["127.0.0.1", OUTSIDE],
  "xn--mnchen-3ya.example": ["127.0.0.1"],
};

let folder: string;
let browser: Browser;
let outside: Server;
let port: number;
let page = "";
let rebound = 0;
const heard: string[] = [];
const closing: (() => void)[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-gate-"));
  browser = await ownBrowser();
  outside = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://outside.example");
    const to = searchParams.get("to");
    // As bytes of UTF-8, which browsers take.
    if (to !== null) return void response.writeHead(302, { location: Buffer.from(to).toString("latin1") }).end();
    if (pathname.startsWith("/again")) return void response.writeHead(200, { connection: "close" }).end();
    if (pathname !== "/") return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  await listen(outside, OUTSIDE, 0);
  ({ port } = outside.address() as AddressInfo);
  const own = new Set(
    Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .map(({ address }) => address),
  );
  for (const host of ["127.0.0.1", "::1"].filter((address) => own.has(address))) {
    const inside = createServer((request, response) => {
      heard.push(`${request.headers.host} ${request.url}`);
      response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/html" }).end("<p>Inside.");
    }).on("upgrade", (request, socket) => {
      heard.push(`upgrade ${request.headers.host}`);
      socket.destroy();
    });
    await listen(inside, host, port);
  }
  const udp = createSocket("udp4").on("message", () => heard.push("a datagram"));
  await new Promise<void>((done) => udp.bind(port, "127.0.0.1", done));
  closing.push(() => udp.close());
});
after(async () => {
  for (const close of closing) close();
  await rm(folder, { recursive: true, force: true });
});

async function listen(server: Server, host: string, at: number): Promise<void> {
  await new Promise<void>((done, failed) => server.once("error", failed).listen(at, host, done));
  closing.push(() => (server.closeAllConnections(), server.close()));
}

async function resolve(host: string): Promise<readonly string[]> {
  if (host === "outside.example") return [OUTSIDE];
  // DNS rebinding: what was outside a moment ago is inside now.
  if (host === "rebinding.example") return rebound++ === 0 ? [OUTSIDE] : ["127.0.0.1"];
  const name = host.replace(/\.$/, "").toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost")) return ["127.0.0.1", "::1"];
  return NAMES[name] ?? Promise.reject(new Error("no such host"));
}

/** What the gate was asked to connect to, and whether it may. */
const asked = new Map<string, boolean>();
/** The gate's own rule, and the one address that stands for the outside. */
const strict: GateOptions = {
  resolve,
  mayReach: (address) => {
    const may = address === OUTSIDE || !isPrivateAddress(address);
    asked.set(address, may);
    return may;
  },
};
/** In one spelling. */
const literal = (host: string): string => new URL(`http://${isIP(host) === 6 ? `[${host}]` : host}/`).hostname;

/** Opens a link on a page of its own behind the gate. */
async function open(link: string, options: GateOptions = strict) {
  await using gate = await openGate(options);
  return { gate, recorded: await recordThrough(gate, link) };
}

async function recordThrough(gate: Gate, link: string) {
  const scratch = await mkdtemp(join(folder, "page-"));
  const session = pageSession({ browser, folder: scratch, gate });
  return recordPage(new URL(link), session, async (page) => page);
}

/** A page that asks for all of `hosts`, in every way a page has. */
function asking(hosts: readonly string[]): string {
  const links = JSON.stringify(hosts.map((host) => `//${host}:${port}/`));
  return `<!doctype html><title>Asking</title><p>A page that asks.</p><script>
    const put = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
    for (const link of ${links}) {
      const http = "http:" + link;
      const attempt = (work) => { try { work(); } catch {} };
      attempt(() => fetch(http + "fetch", { mode: "no-cors" }).catch(() => 0));
      attempt(() => put("img", { src: http + "img" }));
      attempt(() => put("img", { src: "/?to=" + encodeURIComponent(http + "redirected") }));
      attempt(() => put("script", { src: http + "script" }));
      attempt(() => put("iframe", { src: http + "frame" }));
      attempt(() => put("link", { rel: "stylesheet", href: http + "style" }));
      attempt(() => put("link", { rel: "preconnect", href: http }));
      attempt(() => new WebSocket("ws:" + link));
      attempt(() => new EventSource(http + "events"));
      attempt(() => navigator.sendBeacon(http + "beacon", "x"));
      attempt(() => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:" + link.slice(2, -1) }] });
        peer.createDataChannel("x");
        peer.createOffer().then((offer) => peer.setLocalDescription(offer)).catch(() => 0);
      });
    }
  </script>`;
}

test("a link into one's own network is refused before a browser is started, in every spelling", () => {
  assert.ok(SPELLINGS.length >= 60);
  for (const spelling of SPELLINGS) assert.throws(() => refusePrivate(parseLink(`http://${spelling}/`)), spelling);
});

test("what a page may not ask, it does reach where nothing stands between", async () => {
  page = asking(["127.0.0.1", "inside.example"]);
  heard.length = 0;
  await open(`http://outside.example:${port}/`, { resolve, mayReach: () => true });
  const paths = new Set(heard.map((line) => line.replace(/^\S+:\d+ /, "").replace(/^upgrade .*/, "upgrade")));
  assert.deepEqual(
    [...paths].toSorted(),
    "/beacon /events /fetch /frame /img /redirected /script /style upgrade".split(" "),
  );
});

test(`a page outside reaches nothing inside: ${DEEP ? "every" : "every third"} spelling, every way, every redirect`, async (t) => {
  heard.length = 0;
  asked.clear();
  const spellings = SPELLINGS.filter((_, i) => DEEP || i % 3 === 0);
  const hosts = [...spellings, ...Object.keys(NAMES), "münchen.example"];
  page = asking(hosts);
  const { recorded } = await open(`http://outside.example:${port}/`);
  assert.equal(recorded.outcome, "recorded", JSON.stringify(recorded));
  assert.deepEqual(heard, []);
  // Most of these addresses nobody listens at here: what tells is that the gate was asked for each, and what it answered.
  const allowed = [...asked].filter(([, may]) => may).map(([address]) => address);
  assert.deepEqual(allowed, [OUTSIDE]);
  const tried = new Set([...asked.keys()].map(literal));
  const addresses = spellings.map(literal).filter((host) => isIP(host.replace(/^\[|\]$/g, "")) !== 0);
  assert.deepEqual(
    addresses.filter((address) => !tried.has(address)),
    [],
  );
  t.diagnostic(`${hosts.length} spellings and names, 11 ways each: 0 reached`);
});

test("a capture of a name of this very machine is refused by where it leads", async (t) => {
  const addresses = await lookup(hostname(), { all: true }).catch(() => []);
  if (addresses.length === 0) return t.skip("this machine's name has no address");
  const own = createServer((_, response) => (heard.push("own"), response.end("<p>Own.")));
  await new Promise<void>((done) => own.listen(0, done));
  closing.push(() => (own.closeAllConnections(), own.close()));
  heard.length = 0;
  const record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await using opened = await openContext(record);
  const [outcome] = await captureAll(opened.context, [`http://${hostname()}:${(own.address() as AddressInfo).port}/`]);
  assert.ok(outcome?.outcome === "not-captured" && outcome.cause === "refused", JSON.stringify(outcome));
  assert.deepEqual(heard, []);
});

test("a link that is sent on inside, or whose name leads there, is refused by that name", async () => {
  heard.length = 0;
  const links = [
    `http://inside.example:${port}/`,
    `http://both.example:${port}/`,
    `http://outside.example:${port}/?to=${encodeURIComponent(`http://127.0.0.1:${port}/`)}`,
    `http://outside.example:${port}/?to=${encodeURIComponent(`http://metadata.example/`)}`,
  ];
  for (const link of links) {
    const { recorded } = await open(link);
    assert.ok(recorded.outcome === "not-captured" && recorded.cause === "refused", JSON.stringify(recorded));
  }
  const { recorded } = await open("http://nowhere.example/");
  assert.ok(recorded.outcome === "not-captured" && /no such site as nowhere\.example/.test(recorded.reason));
  assert.deepEqual(heard, []);
});

test("a name that changes its answer is connected to where it was checked, or not at all", async () => {
  heard.length = 0;
  rebound = 0;
  page = `<!doctype html><title>Rebinding</title><p>Again.</p><script>
    (async () => { for (let i = 0; i < 8; i++) await fetch("/again" + i).catch(() => 0); })();
  </script>`;
  const { recorded } = await open(`http://rebinding.example:${port}/`);
  assert.equal(recorded.outcome, "recorded", JSON.stringify(recorded));
  assert.ok(rebound > 1, "it was asked for anew");
  assert.deepEqual(heard, []);
});

test("the log names the server behind the gate, not the gate", async () => {
  page = "<!doctype html><title>Here</title><p>Here it stands.";
  await using gate = await openGate(strict);
  const recorded = await recordThrough(gate, `http://outside.example:${port}/`);
  assert.ok(recorded.outcome === "recorded");
  await using log = await readNetLog(recorded.netLog, { scratch: folder, serverOf: gate.serverOf });
  assert.deepEqual(log.discrepancies, []);
  assert.deepEqual(
    log.exchanges.map(({ server }) => server),
    log.exchanges.map(() => ({ address: OUTSIDE, port })),
  );
});
