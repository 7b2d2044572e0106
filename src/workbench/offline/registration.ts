/** The service worker's coming and going: there is one while somebody is signed in. */
export const WORKER = "/sw.js";

export async function installWorker(): Promise<void> {
  // There is none where the browser allows none: on a network without TLS, in a private window of some.
  await navigator.serviceWorker?.register(WORKER, { updateViaCache: "none" }).catch(() => undefined);
}

export async function removeWorker(): Promise<void> {
  const registrations = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  await Promise.all(registrations.map((one) => one.unregister()));
  if (!("caches" in globalThis)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}
