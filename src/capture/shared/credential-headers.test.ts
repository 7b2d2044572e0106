import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../lib/bytes.ts";
import { parseHead } from "../netlog/head.ts";
import { credentialsIn, isCredential, withoutCredentials } from "./credential-headers.ts";

test("headers that let somebody in, by whatever name; none that everybody is told", () => {
  const yes =
    "Cookie Cookie2 Set-Cookie set-cookie2 Authorization Proxy-Authorization Authentication-Info X-CSRF-Token x-xsrf-token X-CSRFToken X-Auth-Token X-Access-Token X-Guest-Token X-Api-Key Api-Key apikey X-Amz-Security-Token X-Session-Id Secure-Session-Response Sec-WebSocket-Protocol DPoP X-Client-Data X-Goog-AuthUser X-IG-WWW-Claim Private-Token Signature";
  const no =
    "Accept Content-Type Content-Length Host Referer Location ETag WWW-Authenticate Proxy-Authenticate Access-Control-Allow-Headers Sec-WebSocket-Key Sec-WebSocket-Accept Sec-Fetch-Site User-Agent Author X-Author Authority Idempotency-Key Retry-After Strict-Transport-Security";
  assert.deepEqual(
    yes.split(" ").filter((name) => !isCredential(name)),
    [],
  );
  assert.deepEqual(no.split(" ").filter(isCredential), []);
});

test("a head keeps its lines, their order, case and ends; of a credential only its name is left", () => {
  const head = utf8(
    "HTTP/1.1 200 OK\r\nServer: a\r\nSET-cookie: one=1;\r\n folded=2\r\nX-A: 1\nset-cookie:two\r\nx-a: 2\r\n  goes on\r\n\r\n",
  );
  const { head: clean, removed } = withoutCredentials(head);
  assert.equal(
    Buffer.from(clean).toString(),
    "HTTP/1.1 200 OK\r\nServer: a\r\nX-Placard-Removed-SET-cookie: removed-by-Placard\r\nX-A: 1\nX-Placard-Removed-set-cookie: removed-by-Placard\r\nx-a: 2\r\n  goes on\r\n\r\n",
  );
  assert.deepEqual(removed, ["set-cookie", "set-cookie"]);
  assert.equal(parseHead(clean).headers.length, 5);
  const bare = utf8("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  assert.equal(withoutCredentials(bare).head, bare);
});

test("what credentials a head names: cookie by cookie, with and without a scheme, and what Basic says in base64", () => {
  const found = [
    ...credentialsIn([
      ["Cookie", "a=1; b=two=2"],
      ["Set-Cookie", 'c="three"; HttpOnly; Path=/'],
      ["Authorization", "Bearer four.4"],
      ["proxy-authorization", `Basic ${Buffer.from("jo:five:5").toString("base64")}`],
      ["X-CSRF-Token", "six"],
      ["Accept", "a=7"],
    ]),
  ].map(({ name, value, hidden }) => `${name} ${value} ${hidden}`);
  assert.deepEqual(found, [
    "a 1 false",
    "b two=2 false",
    "c three true",
    "Authorization four.4 true",
    "proxy-authorization am86Zml2ZTo1 true",
    "proxy-authorization jo:five:5 true",
    "proxy-authorization jo true",
    "proxy-authorization five:5 true",
    "X-CSRF-Token six true",
  ]);
});
