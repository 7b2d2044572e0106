/** Who asks besides the page: workers, a service worker, frames of the same site and of another. */
import { type ConformancePage, html, picture, RUNNING, script, text } from "../answer.ts";

export const workers: ConformancePage = {
  name: "workers",
  answers: () => ({
    "": html(
      "Workers",
      `${RUNNING}<script>
        let left = 2;
        const one = () => { if (--left === 0) clearInterval(running); };
        new Worker("dedicated.js").onmessage = one;
        new SharedWorker("shared.js").port.onmessage = one;
      </script>`,
    ),
    "dedicated.js": script(
      `importScripts("imported.js"); fetch("from-dedicated").then((answer) => answer.text()).then(() => postMessage(1))`,
    ),
    "imported.js": script("self.imported = true"),
    "shared.js": script(
      `onconnect = ({ ports: [port] }) => fetch("from-shared").then((answer) => answer.text()).then(() => port.postMessage(1))`,
    ),
    "from-dedicated": text("asked for by a worker"),
    "from-shared": text("asked for by a shared worker"),
  }),
};

export const serviceWorker: ConformancePage = {
  name: "service-worker",
  answers: () => ({
    "": html(
      "Service worker",
      `${RUNNING}<script>
        navigator.serviceWorker.addEventListener("controllerchange", () =>
          fetch("later").then((answer) => answer.text()).then(() => clearInterval(running)));
        navigator.serviceWorker.register("worker.js");
      </script>`,
    ),
    "worker.js": script(`
      self.addEventListener("install", (event) => event.waitUntil(
        caches.open("talk").then((cache) => cache.addAll(["kept", "kept-too"])).then(() => self.skipWaiting())));
      self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
      self.addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));`),
    kept: text("kept at installing"),
    "kept-too": text("kept as well"),
    later: text("asked for by way of the worker"),
  }),
};

export const frames: ConformancePage = {
  name: "frames",
  answers: ({ other }) => ({
    "": html("Frames", `<iframe src="same"></iframe><iframe src="${other}/frames/foreign"></iframe>`),
    same: html("Of the same site", `<img src="same.png">`),
    "same.png": picture(),
    foreign: html(
      "Of another site",
      `<img src="foreign.png"><script>fetch("from-foreign").then((answer) => answer.text())</script>`,
    ),
    "foreign.png": picture(),
    "from-foreign": text("asked for by a frame of another site"),
  }),
};
