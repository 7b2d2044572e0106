/** What happens, as it happens (server-sent events). Each connection begins with "look": whoever was away looks again. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { PROBLEMS } from "../errors.ts";
import type { News } from "../news.ts";
import type { Env, Member, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";

const eventsRoute = createRoute({
  method: "get",
  path: "/events",
  description:
    "What happens, as it happens. Events: `look` (fetch anew what you show), `link` (a link's state; guests are told `look` instead), `exhibit` (one was sealed), `beat` (nothing), `over` (the session has ended).",
  responses: {
    200: { content: { "text/event-stream": { schema: z.string() } }, description: "Until the session ends." },
    ...PROBLEMS,
  },
});

/** Windows and devices of one member's that listen at once. */
const EACH = 8;
/** Milliseconds between beats; at each it is asked whether the session still stands. */
const BEAT = 15_000;
/** What has not been read by then is made one "look". */
const MOST_PENDING = 200;

export function eventRoutes({ house, accounts }: Parts, beat = BEAT) {
  const places = placesFor(EACH, {
    message: say("too_many_windows"),
    next: say("close_window"),
  });
  return new OpenAPIHono<Env>().openapi(eventsRoute, (c) => {
    const member = c.get("member");
    const place = places.take(member.id);
    const { headers } = c.req.raw;
    return streamSSE(c, async (stream) => {
      using _ = place;
      const pending: News[] = [{ kind: "look" }];
      let wake: () => void = () => undefined;
      const stop = house.news.listen((news) => {
        if (pending.push(toldTo(member, news)) > MOST_PENDING) pending.splice(0, pending.length, { kind: "look" });
        wake();
      });
      stream.onAbort(() => wake());
      const still = async (): Promise<boolean> => {
        const now = await accounts.memberOf(headers);
        return now?.id === member.id && now.role === member.role && now.arrived;
      };
      try {
        let next = performance.now() + beat;
        while (!stream.aborted && !stream.closed) {
          for (let news = pending.shift(); news !== undefined; news = pending.shift())
            await stream.writeSSE(eventOf(news));
          if (performance.now() >= next) {
            if (!(await still())) return void (await stream.writeSSE({ event: "over", data: "" }));
            await stream.writeSSE({ event: "beat", data: "" });
            next = performance.now() + beat;
          }
          if (pending.length > 0 || stream.aborted) continue;
          await wokenOrAfter(Math.max(0, next - performance.now()), (resolve) => (wake = resolve));
        }
      } finally {
        stop();
      }
    });
  });
}

/** Guests look; which links the group saves, and under what, is not told to them. */
function toldTo({ role }: Member, news: News): News {
  return role === "guest" && news.kind === "link" ? { kind: "look" } : news;
}

function eventOf(news: News): { readonly event: string; readonly data: string } {
  switch (news.kind) {
    case "link":
      return { event: "link", data: JSON.stringify(news.link) };
    case "exhibit":
      return { event: "exhibit", data: JSON.stringify({ id: news.id }) };
    case "look":
      return { event: "look", data: "" };
  }
}

async function wokenOrAfter(milliseconds: number, onWake: (resolve: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    onWake(resolve);
    timer = setTimeout(resolve, milliseconds).unref();
  });
  clearTimeout(timer);
}
