import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { FUZZ_TIME } from "../../../test/fuzz-time.ts";
import { isPlacardError } from "../../lib/error.ts";
import { isPlaylist, readPlaylist } from "./playlist.ts";

const BASE = "https://square.example/v/list.m3u8";

function vectors<T>(name: string): readonly (readonly [why: string, T])[] {
  const lines = readFileSync(join(import.meta.dirname, "../../../test/vectors", name), "utf8")
    .trimEnd()
    .split("\n");
  return lines.flatMap((line, i) =>
    line.startsWith("#") ? [] : [[lines[i - 1] ?? "", JSON.parse(line) as T] as const],
  );
}

const valid = vectors<{ readonly playlist: string; readonly read: object }>("playlist_valid.txt");
const invalid = vectors<{ readonly playlist: string; readonly error: string }>("playlist_invalid.txt");

for (const [why, { playlist, read }] of valid) {
  test(`read: ${why}`, () => assert.deepEqual(JSON.parse(JSON.stringify(readPlaylist(playlist, BASE))), read));
}

test("refused, each with a sentence", () => {
  assert.ok(invalid.length > 30);
  for (const [why, { playlist, error }] of invalid) {
    assert.throws(
      () => readPlaylist(playlist, BASE),
      (thrown) => isPlacardError(thrown) && thrown.code === error && /^[A-Z].*\.$/.test(thrown.message),
      why,
    );
  }
});

test("of any length, in little time", () => {
  const started = performance.now();
  const lines = "#EXTINF:2,\na.ts\n".repeat(70_000);
  for (const text of [
    lines,
    "a".repeat(2_000_000),
    `#EXTM3U\n${"#EXT-X-KEY:".padEnd(1_000_000, "A=")}`,
    `#EXTM3U\n#EXTINF:${"1".repeat(1_000_000)}`,
  ])
    assert.throws(
      () => readPlaylist(text, BASE),
      (error) => isPlacardError(error),
    );
  assert.ok(performance.now() - started < 2000);
});

test("what is a playlist is told by its address or its type", () => {
  assert.ok(isPlaylist("https://square.example/a.m3u8?x=1", ""));
  assert.ok(isPlaylist("https://square.example/a", "application/vnd.apple.mpegurl; charset=utf-8"));
  assert.ok(isPlaylist("https://square.example/a", "audio/x-mpegURL"));
  assert.ok(!isPlaylist("https://square.example/a.mp4?b=.m3u8", "video/mp4"));
});

test("sound playlists with pieces changed, cut or doubled: read within the bounds, or refused by an error of ours", () => {
  const tag = fc.constantFrom(
    "#EXTM3U",
    "#EXTINF:2,",
    "#EXT-X-ENDLIST",
    "#EXT-X-BYTERANGE:5@0",
    "#EXT-X-BYTERANGE:7",
    '#EXT-X-MAP:URI="i.mp4"',
    "#EXT-X-STREAM-INF:BANDWIDTH=9",
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="b"',
    "a.ts",
    "//b.example/c",
    "#EXT-X-KEY:METHOD=NONE",
    "",
  );
  const made = fc
    .array(fc.oneof(tag, fc.string({ maxLength: 30 })), { maxLength: 12 })
    .map((lines) => `#EXTM3U\n${lines.join("\n")}`);
  const changed = fc
    .tuple(
      fc.constantFrom(...[...valid, ...invalid].map(([, { playlist }]) => playlist)),
      fc.nat(),
      fc.nat(40),
      fc.oneof(tag, fc.string({ maxLength: 20 })),
    )
    .map(([text, at, length, instead]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + instead + text.slice(start + length);
    });
  fc.assert(
    fc.property(fc.oneof(made, changed), (text) => {
      try {
        const list = readPlaylist(text, BASE);
        const urls = list.kind === "media" ? list.segments.map(({ url }) => url) : list.listed;
        assert.ok(urls.length <= 1000 && urls.every((url) => /^https?:\/\/[^#]*$/.test(url)));
        if (list.kind === "media") {
          assert.ok(list.segments.length > 0 && Number.isFinite(list.seconds));
          for (const { span } of list.segments)
            if (span !== undefined) assert.ok(Number.isSafeInteger(span.to) && span.from < span.to);
        }
      } catch (error) {
        assert.ok(isPlacardError(error), `${String(error)} for ${JSON.stringify(text)}`);
      }
    }),
    { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME, markInterruptAsFailure: false },
  );
});
