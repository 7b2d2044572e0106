/** What is done with one page: open it, and read it from outside its own scripts' reach. */
import { randomUUID } from "node:crypto";
import type { CDPSession, Page, Request } from "playwright-core";
import type { NotCaptured } from "../capture.ts";
import { MARKUP_RULES } from "../facts/markup/rules.ts";
import type { Gate, GateRefusal } from "../gate/gate.ts";
import { INTO_OWN_NETWORK } from "../gate/link.ts";
import { COLLECT_POST } from "../post/post-data.ts";
import { say } from "../said.ts";
import { TRACKING_SOURCE } from "../walls/wall-statements.ts";
import { notCaptured } from "../walls/what-page.ts";
import { COLLECT_PAGE, LONGEST_CONTENT, LONGEST_TEXT, VISIBLE_TEXT } from "./page-data.ts";
import { FIND_PRIVATE_PLACES, placeRules } from "./private-places.ts";
import type { SaidPage } from "./said-page.ts";
import { SAID_OTHER, WATCH_TEXT } from "./while-taken.ts";

const LOOK_TIMEOUT = 10_000;
const PLACE_RULES = JSON.stringify(placeRules(MARKUP_RULES));

export interface Opening {
  /** Milliseconds. */
  readonly timeout: number;
  readonly gate: Pick<Gate, "refusalOf">;
}

/** Opens `url`; resolves as soon as an answer has come. */
export async function openPage(page: Page, url: URL, { timeout, gate }: Opening): Promise<NotCaptured | undefined> {
  // A redirect may lead to another host than the one asked for.
  let host = url.hostname;
  const watch = (request: Request): void => {
    if (request.isNavigationRequest()) host = URL.parse(request.url())?.hostname ?? host;
  };
  page.on("request", watch);
  try {
    await page.goto(url.href, { waitUntil: "commit", timeout });
    return undefined;
  } catch (error) {
    const [message = ""] = String((error as Error).message).split("\n", 1);
    const refusal = /ERR_SOCKS/.test(message) ? gate.refusalOf(host) : undefined;
    return refusal === undefined ? whyNotOpened(message.slice(0, 300)) : whyRefused(refusal, host);
  } finally {
    page.off("request", watch);
  }
}

function whyRefused(refusal: GateRefusal, host: string): NotCaptured {
  if (refusal === "private") return notCaptured("refused", INTO_OWN_NETWORK);
  if (refusal === "no_such_host") return notCaptured("unreachable", say("no_such_site", { host }));
  return notCaptured("unreachable", say("site_not_reached", { host }));
}

function whyNotOpened(message: string): NotCaptured {
  const code = /net::(ERR_\w+)/.exec(message)?.[1];
  if (/Download is starting/.test(message)) return notCaptured("not_a_page", say("a_file"));
  if (/Timeout/.test(message)) return notCaptured("timeout", say("no_answer_in_time"));
  if (code === "ERR_INVALID_AUTH_CREDENTIALS") return notCaptured("login", say("asks_sign_in"));
  if (code === "ERR_HTTP_RESPONSE_CODE_FAILURE") return notCaptured("http_error", say("answered_error"));
  if (code === "ERR_TOO_MANY_REDIRECTS") return notCaptured("unreachable", say("in_a_circle"));
  if (/CERT|SSL/.test(code ?? "")) return notCaptured("unreachable", say("certificate", { code: code ?? "" }));
  if (code !== undefined) return notCaptured("unreachable", say("not_reached", { code }));
  return notCaptured("unreachable", say("not_opened", { why: message }));
}

/** Evaluates in the page's document, in a JavaScript world in which the page's own scripts have changed nothing. */
export type Look = (expression: string, awaits?: "a promise") => Promise<unknown>;

export async function openEye(session: CDPSession): Promise<Look> {
  const { frameTree } = await session.send("Page.getFrameTree");
  let world: string | undefined;
  return async (expression, awaits) => {
    world ??= await makeWorld(session, frameTree.frame.id);
    try {
      return await evaluate(session, world, expression, awaits);
    } catch (error) {
      world = undefined;
      // The page went elsewhere since the last look, and took its worlds with it.
      if (!/uniqueContextId not found/.test(String(error))) throw error;
      world = await makeWorld(session, frameTree.frame.id);
      return await evaluate(session, world, expression, awaits);
    }
  };
}

/**
 * A new world of the frame's document, by its unique id: under its mere number the next document may have its own, in
 * which the page's scripts run. Only to who listens for worlds is that id told.
 */
export async function makeWorld(session: CDPSession, frameId: string): Promise<string> {
  const worldName = randomUUID();
  let id: string | undefined;
  const take = ({ context }: { context: { name: string; uniqueId: string } }): void => {
    if (context.name === worldName) id = context.uniqueId;
  };
  session.on("Runtime.executionContextCreated", take);
  try {
    await Promise.all([
      session.send("Runtime.enable"),
      session.send("Page.createIsolatedWorld", { frameId, worldName }),
      session.send("Runtime.disable"),
    ]);
  } finally {
    session.off("Runtime.executionContextCreated", take);
  }
  if (id === undefined) throw new Error("the page went elsewhere");
  return id;
}

export async function evaluate(
  session: CDPSession,
  uniqueContextId: string,
  expression: string,
  awaits?: "a promise",
): Promise<unknown> {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression,
    uniqueContextId,
    returnByValue: true,
    // Where nothing is to be awaited a page may be paused, by a window that it opened, and still be looked at.
    awaitPromise: awaits !== undefined,
    timeout: LOOK_TIMEOUT,
  });
  if (exceptionDetails !== undefined) throw new Error("the page could not be read");
  return result.value;
}

export type ReadPage = Omit<SaidPage, "element">;

/** What a reader sees of the page, and what it declares of its post, at one moment. From then on it is watched (while-taken.ts). */
export async function readPage(look: Look): Promise<ReadPage> {
  const page = `(${COLLECT_PAGE})(${LONGEST_TEXT}, ${LONGEST_CONTENT}, new RegExp(${JSON.stringify(TRACKING_SOURCE)}, "iu"))`;
  const said = `{ ...${page}, ...(${COLLECT_POST})(), places: (${FIND_PRIVATE_PLACES})(${PLACE_RULES}) }`;
  const watched = `(() => { const said = ${said}; (${WATCH_TEXT})(said.text, ${LONGEST_TEXT}); return said; })()`;
  return (await look(watched)) as ReadPage;
}

export async function visibleText(look: Look): Promise<unknown> {
  return look(VISIBLE_TEXT);
}

/** Whether it said anything else since `readPage`. Ends the watching. */
export async function changedMeanwhile(look: Look): Promise<boolean> {
  return (await look(SAID_OTHER)) === true;
}
