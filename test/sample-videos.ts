/** Short videos of invented lanterns that drift along a wall, recorded by the browser of the tests: what a seed shows is the same each time, its bytes are not. */
import { launchOwnBrowser } from "./own-browser.ts";
import { transportStream } from "./transport-stream.ts";

export interface VideoSpec {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** As MediaRecorder has it: "video/webm;codecs=vp8", "video/mp4;codecs=avc1.42E01E". */
  readonly type: string;
  readonly bitsPerSecond: number;
  /** Seconds that each picture stands. */
  readonly hold: number;
  /** Nothing but black in it. */
  readonly isBlack?: boolean;
}

/** All at once: a recording takes as long as it is. */
export async function recordVideos(specs: readonly VideoSpec[]): Promise<readonly Buffer[]> {
  const browser = await launchOwnBrowser();
  try {
    const page = await browser.newPage();
    const all = await page.evaluate((each) => {
      const record = async ({ seed, width, height, seconds, type, bitsPerSecond, hold, isBlack }: VideoSpec) => {
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const context = canvas.getContext("2d") as CanvasRenderingContext2D;
        let state = seed;
        const next = (most: number): number => {
          state = (Math.imul(1664525, state) + 1013904223) >>> 0;
          return Math.floor(state / 65536) % most;
        };
        const colour = (): string => `rgb(${next(256)}, ${next(256)}, ${next(256)})`;
        const wall = [colour(), colour()] as const;
        const lanterns = Array.from({ length: 12 }, () => ({
          at: [next(1000) / 1000, next(1000) / 1000] as const,
          drift: [(next(200) - 100) / 1000, (next(200) - 100) / 1000] as const,
          radius: (30 + next(250)) / 1000,
          colour: colour(),
        }));
        const draw = (time: number): void => {
          const shade = context.createLinearGradient(0, 0, 0, height);
          for (const [i, one] of wall.entries()) shade.addColorStop(i, isBlack ? "#000" : one);
          context.fillStyle = shade;
          context.fillRect(0, 0, width, height);
          for (const { at, drift, radius, colour } of isBlack ? [] : lanterns) {
            context.fillStyle = colour;
            context.beginPath();
            const [x, y] = [at[0] + drift[0] * time, at[1] + drift[1] * time];
            context.arc(x * width, y * height, radius * Math.min(width, height), 0, 7);
            context.fill();
          }
        };
        const stream = canvas.captureStream(0);
        const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[];
        const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: bitsPerSecond });
        const parts: Blob[] = [];
        recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
        recorder.start();
        const began = performance.now();
        for (let time = 0; time < seconds; time = (performance.now() - began) / 1000) {
          draw(Math.floor(time / hold) * hold);
          track?.requestFrame();
          await new Promise((done) => setTimeout(done, 80));
        }
        const ended = new Promise((done) => recorder.addEventListener("stop", done));
        recorder.stop();
        await ended;
        const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      };
      return Promise.all(each.map(record));
    }, specs);
    return all.map((text) => Buffer.from(text, "base64"));
  } finally {
    await browser.close();
  }
}

/** Four seconds of squares on a wall, 320 × 180, as streams have it (MPEG-TS, H.264). */
export async function recordStream(): Promise<Buffer> {
  const browser = await launchOwnBrowser();
  try {
    const page = await browser.newPage();
    // Codecs are for secure pages only.
    await page.route("https://lane.example/", (route) => route.fulfill({ contentType: "text/html", body: "" }));
    await page.goto("https://lane.example/");
    const coded = await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      const pictures: { time: number; isKey: boolean; bytes: string }[] = [];
      const encoder = new VideoEncoder({
        output: (chunk) => {
          const bytes = new Uint8Array(chunk.byteLength);
          chunk.copyTo(bytes);
          const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
          pictures.push({ time: chunk.timestamp / 1e6, isKey: chunk.type === "key", bytes: btoa(text) });
        },
        error: (error) => pictures.push({ time: 0, isKey: false, bytes: String(error) }),
      });
      encoder.configure({
        codec: "avc1.42E01E",
        width: 320,
        height: 180,
        bitrate: 500_000,
        avc: { format: "annexb" },
      });
      for (let i = 0; i < 40; i++) {
        context.fillStyle = "#246";
        context.fillRect(0, 0, 320, 180);
        for (let k = 0; k < 12; k++) {
          context.fillStyle = `hsl(${30 * k} 80% 50%)`;
          context.fillRect((27 * k + 2 * i) % 320, (49 * k) % 180, 30 + 3 * k, 25);
        }
        const frame = new VideoFrame(canvas, { timestamp: 100_000 * i });
        encoder.encode(frame, { keyFrame: i % 10 === 0 });
        frame.close();
      }
      await encoder.flush();
      return pictures;
    });
    return transportStream(coded.map((one) => ({ ...one, bytes: Buffer.from(one.bytes, "base64") })));
  } finally {
    await browser.close();
  }
}
