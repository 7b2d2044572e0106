/** Who asks besides the page: workers, a service worker, frames of the same site and of another. */
import { type ConformancePage, html, picture, script, text } from "../answer.ts";

export const workers: ConformancePage = {
  name: "workers",
  answers: () => ({
    "": html("Workers", `<script>new Worker("dedicated.js"); new SharedWorker("shared.js")</script>`),
    "dedicated.js": script(`importScripts("imported.js"); fetch("from-dedicated").then((answer) => answer.text())`),
    "imported.js": script("self.imported = true"),
    "shared.js": script(`fetch("from-shared").then((answer) => answer.text())`),
    "from-dedicated": text("asked for by a worker"),
    "from-shared": text("asked for by a shared worker"),
  }),
};

export const serviceWorker: ConformancePage = {
  name: "service-worker",
  answers: () => ({
    "": html(
      "Service worker",
      `<script>
        navigator.serviceWorker.addEventListener("controllerchange", () => fetch("later").then((answer) => answer.text()));
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
