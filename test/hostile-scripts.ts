/** Pages whose harm is in their scripts or their size: the body of each, and what must come of it. */
export interface ScriptedPage {
  readonly outcomes: readonly string[];
  readonly quick?: true;
  readonly says?: RegExp;
  readonly body: string;
}

const script = (code: string): string => `<script>${code}</script>`;
/**
 * Says on the page what became of a request for something that a person would be asked about. A fetch is under way until
 * then, so that the page is not at rest before its answer.
 */
const asks = (code: string): string =>
  script(`const waiting = new AbortController(); fetch("/silence", { signal: waiting.signal }).catch(() => 0);
    const say = (what) => { document.body.append(" Answer: " + what + "."); waiting.abort() };
    (async () => ${code})().then((got) => say("given " + got), (error) => say("denied " + error.name));`);
/** Asks for what never comes, so that the page is not at rest before its bound. */
const STAYS_BUSY = `document.body.append(Object.assign(new Image(), { src: "/silence" }))`;
const POST = /Here stands a post/;

const TALKS: Readonly<Record<string, ScriptedPage>> = {
  "/alerts": {
    outcomes: ["sealed"],
    says: POST,
    quick: true,
    body: script(`setInterval(() => { alert("Look!"); confirm("Sure?"); prompt("Who?") }, 5)`),
  },
  "/alerts-without-end": { outcomes: ["timeout"], body: script(`for (;;) alert("Look!")`) },
  "/huge-alert": {
    outcomes: ["sealed", "too_large", "timeout"],
    body: script(`for (let i = 0; i < 20; i++) alert("x".repeat(1e8))`),
  },
  "/stays": {
    outcomes: ["sealed"],
    says: POST,
    quick: true,
    body: script(
      `onbeforeunload = (event) => { event.preventDefault(); return event.returnValue = "Stay!" }; onunload = onpagehide = () => { const end = Date.now() + 60000; while (Date.now() < end); }`,
    ),
  },
  "/popups": {
    outcomes: ["sealed", "timeout"],
    says: POST,

    body: script(`for (let i = 0; i < 200; i++) open("/alerts?" + i, "_blank", "width=200,height=100")`),
  },
  "/prints": {
    outcomes: ["sealed"],
    says: POST,

    body: script(`setInterval(print, 5); onafterprint = print`),
  },
  "/prints-without-end": { outcomes: ["timeout"], body: script(`for (;;) print()`) },
  "/place": {
    outcomes: ["sealed"],
    says: /Answer: denied/,
    body: asks(
      `new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, (error) => no({ name: "code " + error.code })))`,
    ),
  },
  "/notices": { outcomes: ["sealed"], says: /Answer: given denied/, body: asks(`Notification.requestPermission()`) },
  "/camera": {
    outcomes: ["sealed"],
    says: /Answer: denied/,
    body: asks(`navigator.mediaDevices.getUserMedia({ video: true, audio: true })`),
  },
  "/reads-clipboard": {
    outcomes: ["sealed"],
    says: /Answer: denied/,
    body: asks(`navigator.clipboard.readText()`),
  },
  // By the old way first, which says whether it did: then by the new one, which says why not.
  "/writes-clipboard": {
    outcomes: ["sealed"],
    says: /Answer: denied NotAllowedError/,
    body: `<textarea id="words">Taken from the post.</textarea>${asks(
      `{ document.getElementById("words").select(); if (document.execCommand("copy") || document.execCommand("cut")) return "copied";
        for (let i = 0; i < 200; i++) await navigator.clipboard.writeText("x".repeat(1e6)); }`,
    )}`,
  },
  "/whole-screen": {
    outcomes: ["sealed"],
    says: POST,
    body: script(
      `setInterval(() => { document.documentElement.requestFullscreen().catch(() => 0); document.body.requestPointerLock() }, 20)`,
    ),
  },
  "/protocols": {
    outcomes: ["sealed"],
    says: POST,
    body: script(
      `navigator.registerProtocolHandler("web+post", "/take?%s"); setInterval(() => { for (const to of ["mailto:a@townsquare.example", "web+post:1", "tel:1", "invented://x"]) location.href = to }, 50)`,
    ),
  },
  "/own-files": {
    outcomes: ["sealed"],
    says: POST,
    quick: true,
    body: `<iframe src="file:///etc/passwd"></iframe><img src="file:///etc/hostname">${script(`fetch("file:///etc/passwd").then((a) => a.text()).then((t) => document.body.append(t), () => 0); open("file:///etc/passwd"); location.href = "file:///etc/passwd"`)}`,
  },
};

const MOVES: Readonly<Record<string, ScriptedPage>> = {
  "/moves-on": { outcomes: ["keeps_moving"], body: script(`location.href = "/moves-on?" + Math.random()`) },
  "/history": {
    outcomes: ["sealed"],
    says: POST,

    body: script(
      `let n = 0; setInterval(() => { history.pushState({}, "", "/history?" + n++); location.hash = n }, 5)`,
    ),
  },
  // Chromium complains of it in the console, each time: those words fill memory where the machine is quick.
  "/history-without-end": {
    outcomes: ["timeout", "too_large"],
    body: script(`for (let n = 0; ; n++) history.pushState({}, "", "/history?" + n)`),
  },
  "/own-address": {
    outcomes: ["keeps_moving"],
    body: script(
      `location.href = URL.createObjectURL(new Blob([document.documentElement.outerHTML], { type: "text/html" }))`,
    ),
  },
};

const BOMBS: Readonly<Record<string, ScriptedPage>> = {
  "/spins": { outcomes: ["timeout"], quick: true, body: script(`for (;;);`) },
  "/spins-in-workers": {
    outcomes: ["sealed", "timeout"],
    says: POST,
    body: script(`for (let i = 0; i < 50; i++) new Worker("/worker.js?" + i)`),
  },
  "/spins-in-shared-workers": {
    outcomes: ["sealed", "timeout"],
    says: POST,
    body: script(`for (let i = 0; i < 20; i++) new SharedWorker("/shared-worker.js?" + i)`),
  },
  "/timers": {
    outcomes: ["sealed", "timeout"],
    says: POST,
    body: script(`const storm = () => { setTimeout(storm); setTimeout(storm) }; storm()`),
  },
  "/fills-arrays": {
    outcomes: ["too_large"],
    quick: true,
    body: script(`${STAYS_BUSY}; const kept = []; setInterval(() => kept.push(new Uint8Array(64 << 20).fill(7)), 20)`),
  },
  "/fills-objects": {
    outcomes: ["too_large"],
    body: script(`const kept = []; for (;;) kept.push({ post: Math.random(), more: [Math.random()] })`),
  },
  "/fills-wasm": {
    outcomes: ["too_large"],
    body: script(
      `${STAYS_BUSY}; const kept = []; setInterval(() => { const memory = new WebAssembly.Memory({ initial: 2000 }); new Uint8Array(memory.buffer).fill(7); kept.push(memory) }, 20)`,
    ),
  },
  "/fills-blobs": {
    outcomes: ["too_large", "browser", "sealed"],
    body: script(
      `const kept = []; const bytes = new Uint8Array(32 << 20).fill(7); setInterval(() => kept.push(new Blob([bytes, Math.random()])), 20)`,
    ),
  },
  "/fills-canvases": {
    outcomes: ["too_large", "browser", "timeout", "sealed"],
    body: script(
      `const kept = []; setInterval(() => { const canvas = new OffscreenCanvas(8000, 4000); canvas.getContext("2d").fillRect(0, 0, 8000, 4000); kept.push(canvas) }, 20)`,
    ),
  },
  "/fills-console": {
    outcomes: ["too_large", "timeout", "browser"],
    body: script(`const words = "x".repeat(5e7); for (;;) console.log(words + Math.random())`),
  },
  "/fills-storage": {
    outcomes: ["sealed", "too_large", "timeout"],
    body: script(`const opening = indexedDB.open("all"); opening.onupgradeneeded = () => opening.result.createObjectStore("all", { autoIncrement: true });
    opening.onsuccess = () => { const put = () => { const t = opening.result.transaction("all", "readwrite", { durability: "relaxed" }); const bytes = new Uint8Array(8 << 20); for (let at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536)); t.objectStore("all").add(bytes); t.oncomplete = put }; put() };
    onload = () => { for (const end = Date.now() + 1; Date.now() < end;); }; ${STAYS_BUSY}`),
  },
  "/keeps-all": {
    outcomes: ["sealed", "too_large", "timeout"],
    body: `<img src="/silence">${script(`navigator.serviceWorker.register("/keeps-all.js").then(() => navigator.serviceWorker.ready).then(({ active }) => active.postMessage("go"))`)}`,
  },
  "/frames": {
    outcomes: ["sealed", "too_large", "timeout", "browser"],
    body: script(
      `for (let i = 0; i < 300; i++) document.body.append(Object.assign(document.createElement("iframe"), { srcdoc: "<p>Frame " + i + "<script>for (let n = 0; n < 1e6; n++) Math.sqrt(n)<" + "/script>" }))`,
    ),
  },
  "/frames-in-frames": {
    outcomes: ["sealed", "too_large", "timeout", "browser"],
    body: script(
      `for (let i = 0; i < 3; i++) document.body.append(Object.assign(document.createElement("iframe"), { src: "/frames-in-frames?" + Math.random() }))`,
    ),
  },
  "/sends": {
    outcomes: ["sealed", "too_large", "timeout"],
    body: script(
      `for (let i = 0; i < 50; i++) { const socket = new WebSocket("ws://" + location.host + "/socket?" + i); socket.onerror = () => 0 } setInterval(() => { for (let i = 0; i < 20; i++) fetch("/nothing?" + Math.random()).catch(() => 0) }, 5)`,
    ),
  },
  "/huge-document": {
    outcomes: ["sealed", "too_large", "timeout"],
    body: script(
      `const part = document.createDocumentFragment(); for (let i = 0; i < 500000; i++) part.append(Object.assign(document.createElement("p"), { textContent: "Line " + i })); document.body.append(part)`,
    ),
  },
  "/deep-document": {
    outcomes: ["sealed", "browser", "timeout"],
    body: script(
      `let at = document.body; for (let i = 0; i < 50000; i++) at = at.appendChild(document.createElement("div")); at.textContent = "Deep."`,
    ),
  },
  "/tall": {
    outcomes: ["sealed"],
    says: POST,

    body: `<div style="height:30000000px"></div><p>The end.</p>`,
  },
  "/wide": {
    outcomes: ["sealed"],
    says: POST,
    body: `<div style="width:30000000px;height:10px;background:red"></div>`,
  },
  "/many-pictures": {
    outcomes: ["sealed", "too_large", "timeout"],
    body: script(
      `for (let i = 0; i < 5000; i++) document.body.append(Object.assign(new Image(), { width: 40, height: 40, src: "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><rect width='40' height='40' fill='rgb(" + i % 256 + ",0,0)'/></svg>" }))`,
    ),
  },
  "/calls-itself": {
    outcomes: ["sealed"],
    says: POST,
    body: script(`const deep = (n) => deep(n + 1) + 1; setInterval(() => { try { deep(0) } catch {} }, 20)`),
  },
  "/moves-always": {
    outcomes: ["sealed", "timeout"],
    says: POST,
    body: script(
      `const step = () => { document.body.style.background = "hsl(" + Math.random() * 360 + " 80% 90%)"; requestAnimationFrame(step) }; step()`,
    ),
  },
};

export const SCRIPTED: Readonly<Record<string, ScriptedPage>> = { ...TALKS, ...MOVES, ...BOMBS };
