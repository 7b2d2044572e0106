/** Files handed in over the server: sealed as received, or refused with a reason, and nothing half-written stays. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { constants, crc32, deflateRawSync, gzipSync } from "node:zlib";
import sharp from "sharp";
import { openContext } from "../../src/app/open-record.ts";
import { isPlacardError, PlacardError } from "../../src/lib/error.ts";
import { isJsonObject, type JsonObject } from "../../src/lib/json.ts";
import { readForm } from "../../src/server/form.ts";
import { waczMembers, zipOf } from "../wacz-fixture.ts";
import { BASE_URL, type FoundedHouse, foundedHouse } from "./house.ts";
import { type Batch, errorOf, itemsOf, type Saver, saverIn } from "./saver.ts";

let house: FoundedHouse;
let saver: Saver;
before(async () => {
  house = await foundedHouse({ allowPrivate: true });
  saver = saverIn(house, house.cookies.contributor);
});
after(() => house[Symbol.asyncDispose]());

/** What lies in the scratch folder, and in the record. */
const left = (): readonly string[] => {
  const scratch = join(house.folder, "scratch");
  return existsSync(scratch) ? readdirSync(scratch) : [];
};
const exhibits = async (): Promise<number> => (await house.house.record().list()).length;

interface Received {
  readonly exhibit: string;
  readonly kind: string;
  readonly words: readonly string[];
}
async function received(file: Blob, name: string, fields = {}): Promise<Received & { readonly fields: JsonObject }> {
  const answer = await saver.send(file, name, { from: "A neighbour", ...fields });
  const text = await answer.text();
  assert.equal(answer.status, 201, text);
  const told = JSON.parse(text) as Received;
  const { fields: sealed } = await house.house.record().show(told.exhibit);
  return { ...told, fields: sealed as JsonObject };
}

const scene = sharp({ create: { width: 320, height: 640, channels: 3, background: "#d8d0c0" } }).composite([
  { input: Buffer.from('<svg width="200" height="300"><circle cx="90" cy="150" r="80" fill="#223"/></svg>') },
]);

test("screenshots are sealed as they came, with size and perceptual hash, by what they are and not by their name", async () => {
  const pictures = [
    ["image/png", await scene.clone().png().toBuffer()],
    ["image/jpeg", await scene.clone().jpeg().toBuffer()],
    ["image/webp", await scene.clone().webp().toBuffer()],
    // Of a sort that Placard itself does not write.
    ["image/png", await scene.clone().png({ palette: true }).toBuffer()],
  ] as const;
  const hashes = new Set<string>();
  for (const [type, bytes] of pictures) {
    const { exhibit, kind, fields, words } = await received(
      new Blob([bytes as BlobPart], { type: "text/html" }),
      "..\\..\\a/b/../shot.html",
      {
        note: "from the phone",
        caseName: "Lane",
      },
    );
    assert.equal(kind, "picture");
    assert.equal(words.length, 6);
    const { picture, received: ref, fileName, note, case: caseName, act, receivedFrom, actor } = fields;
    assert.deepEqual(
      [act, fileName, note, caseName, receivedFrom],
      ["received", "shot.html", "from the phone", "Lane", "A neighbour"],
    );
    assert.match(String(actor), /\w/);
    assert.ok(isJsonObject(picture) && isJsonObject(ref) && isJsonObject(picture["perceptualHash"]));
    assert.deepEqual([picture["width"], picture["height"]], [320, 640]);
    hashes.add(String(picture["perceptualHash"]["hash"]).slice(0, 2));
    assert.deepEqual(
      [ref["mediaType"], ref["bytes"], ref["sha256"]],
      [type, bytes.length, createHash("sha256").update(bytes).digest("hex")],
    );
    const small = sharp(await (await saver.get(`/api/exhibits/${exhibit}/thumbnail`)).arrayBuffer());
    const { info, data } = await small.raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [320, 240], type);
    const far = [0xd8, 0xd0, 0xc0].map((value, i) => Math.abs(value - (data[i] ?? 0)));
    assert.ok(Math.max(...far) <= 6, `${type}: ${far}`);
  }
  assert.deepEqual(left(), []);
});

test("when to look again is kept with the links of a table, and refused where it says no times", async () => {
  const table = new Blob(["http://127.0.0.1:1/c\r\n"]);
  for (const again of ["soon", "1000", "3600000,"]) {
    const refused = await saver.send(table, "links.txt", { again });
    assert.equal(refused.status, 400, again);
  }
  const answer = await saver.send(table, "links.txt", { again: "3600000,86400000" });
  assert.equal(answer.status, 202);
  const batch = (await answer.json()) as Batch;
  await using opened = await openContext(house.folder);
  const kept = await opened.context.agenda.findAsked({ batch: batch.batch });
  assert.deepEqual(JSON.parse(kept?.options ?? "").again, [3_600_000, 86_400_000]);
  for (const item of itemsOf(batch)) await saver.post(`/api/captures/${item}/cancel`);
});

test("a saved page and an archive are sealed as received", async () => {
  const page = "<!doctype html><title>Bins</title><script>alert(1)</script>";
  assert.equal((await received(new Blob([page]), "x.png")).kind, "html");
  const archive = await zipOf(waczMembers());
  assert.equal((await received(new Blob([archive]), "archive")).kind, "wacz");
});

test("a table of links is saved, each link", async () => {
  const table = 'case,link,note\r\n7,http://127.0.0.1:1/a,"one, of two"\r\n8,http://127.0.0.1:1/b,x\r\n';
  for (const bytes of [Buffer.from(table), Buffer.from(`\ufeff${table}`, "utf16le")]) {
    const answer = await saver.send(new Blob([bytes]), "links.xlsx", { caseName: "Lane" });
    assert.equal(answer.status, 202);
    const batch = (await answer.json()) as Batch;
    assert.deepEqual(
      batch.links.map(({ url }) => url),
      ["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"],
    );
    assert.equal(batch.caseName, "Lane");
    for (const item of itemsOf(batch)) await saver.post(`/api/captures/${item}/cancel`);
  }
});

/** So many mebibytes of nothing, deflated: a piece that ends at a byte, again and again. */
function nothing(mebibytes: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(1 << 20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: mebibytes }, () => piece), deflateRawSync("")]);
}

/** As `gzipSync` has it. */
function gzipOfNothing(mebibytes: number): Buffer {
  const piece = Buffer.alloc(1 << 20);
  let sum = 0;
  for (let i = 0; i < mebibytes; i++) sum = crc32(piece, sum);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(sum, 0);
  end.writeUInt32LE((mebibytes << 20) >>> 0, 4);
  return Buffer.concat([gzipSync("").subarray(0, 10), nothing(mebibytes), end]);
}

/** A ZIP of one member that says it unpacks to `size` bytes of nothing. */
async function bomb(): Promise<Uint8Array> {
  const deflated = nothing(256);
  const name = Buffer.from("datapackage.json");
  const head = (signature: number, central: boolean): Buffer => {
    const bytes = Buffer.alloc(central ? 46 : 30);
    bytes.writeUInt32LE(signature, 0);
    const at = central ? 6 : 4;
    bytes.writeUInt16LE(20, at);
    bytes.writeUInt16LE(8, at + 4);
    bytes.writeUInt32LE(deflated.length, at + 14);
    bytes.writeUInt32LE(256 << 20, at + 18);
    bytes.writeUInt16LE(name.length, at + 22);
    return bytes;
  };
  const local = Buffer.concat([head(0x04034b50, false), name, deflated]);
  const central = Buffer.concat([head(0x02014b50, true), name]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

test("hostile files are refused with a reason, and nothing of them stays", { timeout: 120_000 }, async () => {
  const before = await exhibits();
  const png = await scene.clone().png().toBuffer();
  const hostile: Readonly<Record<string, string | Uint8Array>> = {
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a drawing behind a remark": '<!-- <html> --><!doctype svg><svg onload="alert(1)"></svg>',
    "a drawing behind a declaration": '<?xml version="1.0"?>\n<!-- x -->\n<svg:svg/>',
    "a page behind the first bytes of a PNG": Buffer.concat([
      png.subarray(0, 8),
      Buffer.from("<html><script>alert(1)</script>"),
    ]),
    "a page behind the head of a PNG": Buffer.concat([
      png.subarray(0, 40),
      Buffer.from("<html><script>alert(1)</script>"),
    ]),
    "a page behind the first bytes of a JPEG": "\u00ff\u00d8\u00ff<html><script>alert(1)</script>",
    "a page behind the first bytes of a GIF": "GIF89a/*<html><script>alert(1)</script>*/",
    "a PDF": "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3",
    "a program": Buffer.from("\u007fELF\u0002\u0001\u0001\u0000\u0000\u0000", "latin1"),
    "an office document": Buffer.concat([
      Buffer.from("PK\u0003\u0004"),
      Buffer.alloc(26),
      Buffer.from("[Content_Types].xml"),
    ]),
    "a ZIP that is none": Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(200, 7)]),
    "a gzip that unpacks to 1 GiB": gzipOfNothing(1024),
    "half a page of JSON": '{"log": {"entries": [',
    "deep JSON": `{"log":${"[".repeat(100_000)}`,
    nothing: "",
  };
  for (const [what, content] of Object.entries(hostile)) {
    const bytes =
      typeof content === "string" ? Buffer.from(content, /[\u0080-\u00ff]/.test(content) ? "latin1" : "utf8") : content;
    const answer = await saver.send(new Blob([bytes as BlobPart]), "shot.png", { from: "A neighbour" });
    const text = await answer.text();
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status} ${text}`);
    assert.match(text, /"message":"[A-Z]/, what);
    assert.deepEqual(left(), [], what);
  }
  assert.equal(await exhibits(), before);
  assert.equal((await received(new Blob([png as BlobPart]), "ok.png")).kind, "picture", "all goes on after them");
});

test("a ZIP that unpacks to 256 MiB is sealed as the unsound archive it is, and not unpacked", async () => {
  const file = new Blob([(await bomb()) as BlobPart]);
  const start = performance.now();
  const { kind, fields } = await received(file, "bomb.wacz");
  assert.equal(kind, "wacz");
  assert.match(JSON.stringify(fields["ownChecks"]), /is larger than/);
  assert.ok(performance.now() - start < 2000);
});

test("what fails while a file comes in ends its coming, and is what the sender is told", async () => {
  let sent = 0;
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n';
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      await sleep(1);
      controller.enqueue(sent++ === 0 ? Buffer.from(head) : Buffer.alloc(65_536, 1));
    },
  });
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  const request = new Request(BASE_URL, { method: "POST", body, headers, duplex: "half" } as RequestInit);
  const taking = readForm(request, async (chunks) => {
    for await (const _ of chunks) throw new PlacardError("storage", "The disk is full.");
    throw new Error("nothing came");
  });
  await assert.rejects(taking, (error) => isPlacardError(error, "storage"));
  assert.ok(sent < 100);
});

test("a sender who stalls is not waited for, whether within the file or before it; one who is slow is", async () => {
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n';
  const sending = (pieces: readonly string[], ends: boolean): Request => {
    const left = [...pieces];
    const body = new ReadableStream({
      pull: async (controller) => {
        await sleep(100);
        const piece = left.shift();
        if (piece !== undefined) return controller.enqueue(Buffer.from(piece));
        if (ends) return controller.close();
        await new Promise(() => undefined);
      },
    });
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    return new Request(BASE_URL, { method: "POST", body, headers, duplex: "half" } as RequestInit);
  };
  const read = (request: Request) =>
    readForm(
      request,
      async (chunks) => {
        const all: Uint8Array[] = [];
        for await (const chunk of chunks) all.push(chunk);
        return { text: Buffer.concat(all).toString(), [Symbol.asyncDispose]: async () => undefined };
      },
      500,
    );
  for (const pieces of [[], [head], [head, "some"]])
    await assert.rejects(read(sending(pieces, false)), (error) => isPlacardError(error, "cancelled"));
  const slow = [head, ..."slowly, but surely", "\r\n--b--\r\n"];
  assert.equal((await read(sending(slow, true))).file.text, "slowly, but surely");
});

test("a picture with more pixels than are decoded is sealed all the same, and says that it has no hash", async () => {
  const large = await sharp({ create: { width: 6000, height: 3000, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  const { fields } = await received(new Blob([large as BlobPart]), "large.png");
  assert.ok(isJsonObject(fields["picture"]));
  assert.match(String(fields["picture"]["notHashed"]), /16 million pixels/);
});

test("a form that is none, holds two files, or breaks off is refused, and nothing of it stays", async () => {
  const send = (body: BodyInit | null, type?: string) =>
    house.app.request(`${BASE_URL}/api/imports`, {
      method: "POST",
      body,
      headers: {
        cookie: house.cookies.contributor,
        origin: BASE_URL,
        ...(type === undefined ? {} : { "content-type": type }),
      },
      duplex: "half",
    } as RequestInit);
  const two = new FormData();
  two.append("file", new Blob(["<html>1"]), "1.html");
  two.append("file", new Blob(["<html>2"]), "2.html");
  const elsewhere = new FormData();
  elsewhere.append("picture", new Blob(["<html>1"]), "1.html");
  const long = new FormData();
  long.append("note", "n".repeat(70_000));
  long.append("file", new Blob(["<html>1"]), "1.html");
  const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="x.html"\r\n\r\n<html>';
  const broken = new ReadableStream({
    start: (controller) => {
      controller.enqueue(Buffer.from(part));
      setTimeout(() => controller.error(new Error("gone")), 20);
    },
  });
  const form = "multipart/form-data; boundary=b";
  const answers = {
    "two files": await send(two),
    "another field": await send(elsewhere),
    "a long note": await send(long),
    "no file": await saver.send(undefined, ""),
    "no end": await send(part, form),
    "broken off": await send(broken, form),
    "no form": await send("{}", "application/json"),
    "no boundary": await send("x", "multipart/form-data"),
    "no body": await send(null, form),
  };
  for (const [what, answer] of Object.entries(answers)) {
    assert.equal(answer.status, 400, `${what}: ${answer.status}`);
    assert.equal(await errorOf(answer), "malformed", what);
    assert.deepEqual(left(), [], what);
  }
  assert.equal(await errorOf(await saver.send(new Blob(["<html>1"]), "1.html")), "usage", "nobody it is from");
});

test("what is sent twice under one key is sealed once", async () => {
  const key = "0f".repeat(16);
  const page = new Blob(["<!doctype html><title>Twice</title>"]);
  const before = await exhibits();
  const first = await received(page, "twice.html", { key });
  const second = await received(page, "twice.html", { key });
  assert.deepEqual([second.exhibit, second.words, second.kind], [first.exhibit, first.words, first.kind]);
  assert.equal(await exhibits(), before + 1);
  const wrong = await saver.send(page, "x.html", { from: "A neighbour", key: "short" });
  assert.equal(await errorOf(wrong), "malformed");
});
