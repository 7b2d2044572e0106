/**
 * The service worker: without an answer from the server the workbench opens all the same, and what a phone shares is taken
 * in. It keeps the workbench's own files and page, and nothing that the server tells: no answer of /api/ passes through it.
 */
import { keepShared, type SharedFiles } from "./kept-files.ts";

/** Put in by the build: the files of the workbench, and a digest of what they were built from. */
declare const SHELL: { readonly digest: string; readonly files: readonly string[] };

/** Of what the DOM's types lack. https://www.w3.org/TR/service-workers/ */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate", hear: (event: Waiting) => void): void;
  addEventListener(name: "fetch", hear: (event: Asked) => void): void;
}

const scope = globalThis as unknown as Scope;
const OURS = "placard-shell-";
const CACHE = `${OURS}${SHELL.digest}`;
/** Every address of the workbench is this one page; asked for under this name, the server is not told what stands in the address. */
const PAGE = "/";
const SHARE = "/share";
/** A page of its own, which needs the server for all it does. */
const FOR_STRANGERS = "/send";
/** Milliseconds that the server has for its page before the kept one is shown. */
const PATIENCE = 5_000;
const NONCE_BYTES = 16;
const LONGEST_TEXT = 8192;

const askPage = (signal?: AbortSignal): Promise<Response> =>
  fetch(PAGE, { cache: "no-store", credentials: "omit", ...(signal === undefined ? {} : { signal }) });

/** All of one build, or nothing: a page of another build would name files that are not kept. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const page = await askPage();
  const named = [...(await page.clone().text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
    ([, path = ""]) => path,
  );
  if (!page.ok || !named.every((path) => SHELL.files.includes(path))) throw new Error("The server has another build.");
  await cache.addAll([...SHELL.files]);
  await cache.put(PAGE, page);
}

/** Runs when no window is open that works with the files of an earlier build. */
async function replaceEarlier(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}

async function openPage(): Promise<Response> {
  const told = await askPage(AbortSignal.timeout(PATIENCE)).catch(() => undefined);
  if (told?.ok === true) return told;
  return (await keptPage()) ?? told ?? Response.error();
}

/** Under a nonce of its own each time it is shown, as the server's is. */
async function keptPage(): Promise<Response | undefined> {
  const kept = await (await caches.open(CACHE)).match(PAGE);
  const policy = kept?.headers.get("Content-Security-Policy");
  const used = /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
  if (kept === undefined || used === undefined) return undefined;
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set("Content-Security-Policy", (policy ?? "").replaceAll(used, nonce));
  return new Response((await kept.text()).replaceAll(used, nonce), { headers });
}

/** Nothing is sent: it waits on the device until somebody who is signed in presses Save. */
async function takeShare(request: Request): Promise<Response> {
  const search = new URLSearchParams();
  // More than the browser takes apart: said on the screen, not by a page of the browser's.
  const form = await request.formData().catch(() => undefined);
  if (form === undefined) return Response.redirect("/save?files=full", 303);
  for (const name of ["title", "text", "url"]) {
    const text = form.get(name);
    if (typeof text === "string" && text !== "") search.set(name, text.slice(0, LONGEST_TEXT));
  }
  const files = form.getAll("files").filter((part) => part instanceof File);
  if (files.length > 0) search.set("files", (await keepShared(files)) satisfies SharedFiles);
  return Response.redirect(`/save?${search}`, 303);
}

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(replaceEarlier()));
scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== globalThis.location.origin) return;
  if (method === "POST" && pathname === SHARE) return event.respondWith(takeShare(event.request));
  if (method !== "GET" || pathname.startsWith("/api/")) return;
  if (SHELL.files.includes(pathname)) return event.respondWith(fromShell(event.request));
  if (mode === "navigate" && pathname !== FOR_STRANGERS) event.respondWith(openPage());
});
