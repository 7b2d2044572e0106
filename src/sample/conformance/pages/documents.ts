/** What a document is made of, and how it becomes another. */
import { body, type ConformancePage, html, picture, text } from "../answer.ts";

export const inline: ConformancePage = {
  name: "inline",
  answers: () => ({
    "": html(
      "Inline",
      `<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">
<script>fetch("bytes").then((answer) => answer.blob()).then((blob) => {
  const image = new Image(); image.src = URL.createObjectURL(blob); document.body.append(image);
})</script>`,
    ),
    bytes: picture(),
  }),
};

export const shadow: ConformancePage = {
  name: "shadow",
  answers: () => ({
    "": html(
      "Shadow",
      `<x-post></x-post><script>
        document.querySelector("x-post").attachShadow({ mode: "closed" }).innerHTML =
          '<link rel="stylesheet" href="inside.css"><p>Said inside.</p><img src="inside.png">';
      </script>`,
    ),
    "inside.css": body("text/css", "p { color: teal }"),
    "inside.png": picture(),
  }),
};

export const styles: ConformancePage = {
  name: "styles",
  unasked: ["dark.png", "print.png"],
  answers: () => ({
    "": html(
      "Styles",
      `<link rel="stylesheet" media="print" href="print.css"><link rel="stylesheet" media="(prefers-color-scheme: dark)" href="dark.css">`,
    ),
    "print.css": body("text/css", "body { background: url(print.png) }"),
    "dark.css": body("text/css", "body { background: url(dark.png) }"),
    "print.png": picture(),
    "dark.png": picture(),
  }),
};

export const rightToLeft: ConformancePage = {
  name: "right-to-left",
  answers: () => ({
    "": html(
      "Right to left",
      `<p dir="rtl" lang="he">הגדר ברחוב הולו גבוהה מדי.</p><p dir="rtl" lang="ar">السياج في هولو لين مرتفع جدا.</p><script>fetch("?%D7%92%D7%93%D7%A8&q=\u05D2").then((answer) => answer.text())</script>`,
    ),
  }),
};

export const singlePage: ConformancePage = {
  name: "single-page",
  answers: () => ({
    "": html(
      "Single page",
      `<main></main><script>
        history.pushState({}, "", "post/7");
        fetch("../post.json").then((answer) => answer.json()).then(({ said }) => {
          document.title = "Post 7"; document.querySelector("main").textContent = said;
        });
      </script>`,
    ),
    "post.json": body("application/json", `{"said":"The hedge was here first."}`),
  }),
};

export const refresh: ConformancePage = {
  name: "refresh",
  answers: () => ({
    "": html("Refresh", `<meta http-equiv="refresh" content="0;url=arrived">`),
    arrived: html("Arrived", `<img src="arrived.png">`),
    "arrived.png": picture(),
  }),
};

export const beacon: ConformancePage = {
  name: "beacon",
  answers: () => ({
    "": html(
      "Beacon",
      `<link rel="prefetch" href="prefetched"><link rel="preload" as="fetch" href="preloaded" crossorigin>
<script>navigator.sendBeacon("beacon", "seen"); fetch("kept-alive", { keepalive: true, method: "POST", body: "alive" })</script>`,
    ),
    prefetched: text("fetched beforehand"),
    preloaded: text("loaded beforehand"),
    beacon: { status: 204, headers: [] },
    "kept-alive": text("alive"),
  }),
};
