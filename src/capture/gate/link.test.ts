import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlacardError } from "../../lib/error.ts";
import { isPrivateAddress, parseLink, refusePrivate } from "./link.ts";

const PRIVATE_LINKS = [
  "http://127.0.0.1/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0177.0.0.1/",
  "http://0/",
  "http://localhost/",
  "http://LOCALHOST./",
  "http://a.localhost/",
  "http://[::1]/",
  "http://[::]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://10.1.2.3/",
  "http://172.31.255.255/",
  "http://192.168.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://[fd00::1]/",
  "http://[fe80::1]/",
  "http://100.64.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://①②⑦.0.0.1/",
  "http://127.0.0.1./",
  "http://192.0.2.1/",
  "http://[2002:7f00:1::]/",
];

test("a link into one's own network is refused in every spelling", () => {
  for (const link of PRIVATE_LINKS) {
    assert.throws(
      () => refusePrivate(parseLink(link)),
      (error) => isPlacardError(error, "usage"),
      link,
    );
  }
});

test("a public address passes", () => {
  for (const link of [
    "http://93.184.215.14/",
    "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
    "http://172.32.0.1/",
    "http://11.0.0.1",
  ]) {
    refusePrivate(parseLink(link));
  }
});

test("only http and https, and no password in the link", () => {
  for (const link of [
    "file:///etc/passwd",
    "ftp://a.example",
    "javascript:alert(1)",
    "chrome://version",
    "http://a:b@c.example",
    "not a link",
    "//a",
    "data:text/html,x",
    `http://a.example/${"x".repeat(9000)}`,
  ]) {
    assert.throws(
      () => parseLink(link),
      (error) => isPlacardError(error, "usage"),
      link,
    );
  }
});

test("what is no address at all counts as private", () => {
  assert.ok(isPrivateAddress("nonsense"));
  assert.ok(!isPrivateAddress("8.8.8.8"));
});
