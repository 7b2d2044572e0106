/** Where it listens, and where it will not. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { isPlacardError } from "../../src/lib/error.ts";
import { isBehindProxy, type ListenOptions, listenTo, refuseOpenNetwork } from "../../src/server/serve.ts";

const PUBLIC = "https://placard.example";
const certificate = { cert: "cert.pem", key: "key.pem" };
const at = (host: string, more: Partial<ListenOptions> = {}): ListenOptions => ({ host, port: 0, ...more });

test("nothing is served to a network in the open, whoever is said to stand before it", () => {
  const refused = [
    at("0.0.0.0"),
    at("192.0.2.1"),
    at("0.0.0.0", { publicUrl: PUBLIC }),
    at("192.0.2.1", { publicUrl: PUBLIC }),
    at("placard.example", { publicUrl: PUBLIC }),
    at("127.0.0.1", { publicUrl: "http://placard.example" }),
  ];
  for (const options of refused)
    assert.throws(
      () => refuseOpenNetwork(options),
      (error) => isPlacardError(error, "usage"),
      JSON.stringify(options),
    );
  for (const options of [
    at("127.0.0.1"),
    at("::1"),
    at("localhost", { publicUrl: PUBLIC }),
    at("192.0.2.1", { certificate }),
  ])
    refuseOpenNetwork(options);
});

test("with a certificate on every address of the machine, the one people use must be given", () => {
  for (const host of ["0.0.0.0", "::", "0", "0:0:0:0:0:0:0:0", ""]) {
    assert.throws(
      () => refuseOpenNetwork(at(host, { certificate })),
      (error) => isPlacardError(error, "usage") && /--public-url/.test(error.next ?? ""),
    );
    refuseOpenNetwork(at(host, { certificate, publicUrl: PUBLIC }));
  }
});

test("a proxy's word counts only where there is one on this machine", () => {
  assert.equal(isBehindProxy(at("127.0.0.1", { publicUrl: PUBLIC })), true);
  assert.equal(isBehindProxy(at("127.0.0.1")), false);
  assert.equal(isBehindProxy(at("127.0.0.1", { publicUrl: PUBLIC, certificate })), false);
  assert.equal(isBehindProxy(at("0.0.0.0", { publicUrl: PUBLIC, certificate })), false);
  assert.equal(isBehindProxy(at("192.0.2.1", { publicUrl: PUBLIC })), false);
});

test("people come where --public-url says, as browsers write it", async () => {
  const listening = await listenTo(
    () => new Response(),
    at("127.0.0.1", { publicUrl: "https://PLACARD.example:443/" }),
  );
  await listening.close();
  assert.equal(listening.url, PUBLIC);
});

test("a body that comes a letter at a time is not waited for; a large file that goes on coming is", async () => {
  const read = async (request: Request): Promise<Response> => new Response(`${(await request.text()).length}`);
  const listening = await listenTo(read, at("127.0.0.1", { patience: 400 }));
  try {
    const sent = async (path: string): Promise<string> => {
      const socket = connect(listening.port, "127.0.0.1");
      socket.on("error", () => undefined);
      let answer = "";
      socket.on("data", (piece) => (answer += String(piece)));
      socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 12\r\n\r\n`);
      let left = 12;
      const dripping = setInterval(() => void (left-- > 0 && socket.write("x")), 100);
      // Also where the server hangs up on a letter that is under way, which is an error first.
      await new Promise((closed) => socket.once("close", closed));
      clearInterval(dripping);
      return answer;
    };
    const [small, upload] = await Promise.all([sent("/api/captures"), sent("/api/imports")]);
    assert.equal(small, "");
    assert.match(upload, /^HTTP\/1.1 200 OK/);
  } finally {
    await listening.close();
  }
});
