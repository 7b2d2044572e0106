/** Every page of the conformance site. A page added here is captured and compared by test/conformance. */
import type { ConformancePage } from "./answer.ts";
import { beacon, inline, refresh, rightToLeft, shadow, singlePage, styles } from "./pages/documents.ts";
import { feed, fonts, hls, images, media } from "./pages/media.ts";
import { aborted, downloads, endless, events, large, socket } from "./pages/streams.ts";
import { sensitive, showMore, threads } from "./pages/threads.ts";
import { codings, headers, posts, preflight, redirects } from "./pages/transfer.ts";
import { frames, serviceWorker, workers } from "./pages/workers.ts";

export const CONFORMANCE_PAGES: readonly ConformancePage[] = [
  codings,
  headers,
  redirects,
  preflight,
  posts,
  workers,
  serviceWorker,
  frames,
  socket,
  events,
  large,
  endless,
  aborted,
  downloads,
  media,
  hls,
  images,
  feed,
  fonts,
  inline,
  shadow,
  styles,
  rightToLeft,
  singlePage,
  refresh,
  beacon,
  ...threads,
  showMore,
  sensitive,
];
