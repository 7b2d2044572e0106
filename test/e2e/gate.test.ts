/**
 * The gate, with a real browser behind it: a page outside tries every spelling of every way in, and nothing inside hears
 * of it. The page tries a third of the spellings each time, all of them with PLACARD_DEEP. "Outside" is 127.0.0.2, which this test's gate lets be reached; inside is the rest of loopback.
 */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { type Gate, type GateOptions, openGate } from "../../src/capture/gate/gate.ts";
import { parseLink, refusePrivate } from "../../src/capture/gate/link.ts";
import { readNetLog } from "../../src/capture/netlog/read.ts";
import { recordPage } from "../../src/capture/session.ts";
import { ownBrowser } from "../own-browser.ts";
import { pageSession } from "../page-session.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const OUTSIDE = "127.0.0.2";
/** Every way I know to write an address of one's own machine or network; and names that lead there. */
const SPELLINGS = `
  127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0x0.0x0.0x1 0177.0.0.1 017700000001 0177.1
  00000177.0.0.1 127.0.0.1. 127.0.0.001 127.0x0.0.1 0X7F.0.0.1 %31%32%37.0.0.1 ①②⑦.⓪.⓪.① 127。0。0。1 １２７.0.0.1
  127.0.0.%31 127.255.255.254 0.0.0.0 0 0x0 00.0 0.0.0.1 localhost LocalHost localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ a.localhost
  [::1] [::] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [::7f00:1]
  [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [fe80::1] [fc00::1] [fd12:3456::1]
  [fec0::1] [ff02::1] [2001:db8::1] 10.0.0.1 10.1 0xa.1 172.16.0.1 172.31.255.254 192.168.0.1 3232235521
  169.254.1.1 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 [::ffff:169.254.169.254] 100.64.0.1
  198.18.0.1 192.0.2.1 224.0.0.1 240.0.0.1 255.255.255.255
`
  .trim()
  .split(/\s+/);
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

const strict: GateOptions = { resolve, mayReach: (address) => address === OUTSIDE };

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
  const hosts = [...SPELLINGS.filter((_, i) => DEEP || i % 3 === 0), ...Object.keys(NAMES), "münchen.example"];
  page = asking(hosts);
  const { recorded } = await open(`http://outside.example:${port}/`);
  assert.equal(recorded.outcome, "recorded", JSON.stringify(recorded));
  assert.deepEqual(heard, []);
  t.diagnostic(`${hosts.length} spellings and names, 11 ways each: 0 reached`);
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
