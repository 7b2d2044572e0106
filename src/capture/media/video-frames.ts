/** What is done in the page of look-at-videos.ts, as source; and the page itself. Nothing of anybody's is in it but the video. */

/** Pixels a side of every frame as it is read out, whatever the video's: of two sizes of one video the hashes are then of one size. */
export const FRAME_SIDE = 256;

/** No script, no address: the file is given to the field by the browser itself, and its sound is off. */
export const VIDEO_PAGE = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; media-src blob:"><input type="file"><video muted preload="metadata"></video>`;

/** Length in seconds, null where it has none; and width and height as shown, in pixels. */
export interface OpenedVideo {
  readonly seconds: number | null;
  readonly width: number;
  readonly height: number;
}

/** What comes of waiting for an event of the video: null where it cannot be played. */
const COMES = `(video, name, act) => new Promise((done) => {
  video.addEventListener(name, () => done(true), { once: true });
  video.addEventListener("error", () => done(null), { once: true });
  act();
})`;

/**
 * Source of a function that returns an `OpenedVideo` of the file in the field, or null where the browser cannot play it. What was
 * recorded as it went on does not say how long it is, and is gone through to its end. MPEG-TS is played as the only segment of a list
 * (RFC 8216) that is made here: it takes its length in seconds, for all else null.
 */
export const OPEN_VIDEO = `async (listed) => {
  const comes = ${COMES};
  const video = document.querySelector("video");
  const file = URL.createObjectURL(document.querySelector("input").files[0]);
  const list = ["#EXTM3U", "#EXT-X-TARGETDURATION:" + Math.ceil(listed), "#EXTINF:" + listed + ",", file, "#EXT-X-ENDLIST", ""];
  const address = listed === null ? file : URL.createObjectURL(new Blob([list.join("\\n")], { type: "application/vnd.apple.mpegurl" }));
  if (!(await comes(video, "loadedmetadata", () => (video.src = address)))) return null;
  if (video.duration === Infinity && !(await comes(video, "durationchange", () => (video.currentTime = 1e9)))) return null;
  return { seconds: Number.isFinite(video.duration) ? video.duration : null, width: video.videoWidth, height: video.videoHeight };
}`;

/** Source of a function that takes a time in seconds and returns what is shown then, RGBA in base 64, or null where that cannot be decoded. */
export const DRAW_FRAME = `async (at) => {
  const comes = ${COMES};
  const video = document.querySelector("video");
  if (!(await comes(video, "seeked", () => (video.currentTime = at)))) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: ${FRAME_SIDE}, height: ${FRAME_SIDE} });
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, ${FRAME_SIDE}, ${FRAME_SIDE});
  context.imageSmoothingQuality = "high";
  context.drawImage(video, 0, 0, ${FRAME_SIDE}, ${FRAME_SIDE});
  const { data } = context.getImageData(0, 0, ${FRAME_SIDE}, ${FRAME_SIDE});
  let text = "";
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return btoa(text);
}`;
