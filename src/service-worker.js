// The page without a network. In: the site's own files. Out: the same files from this browser's cache, all of one
// version. `cargo xtask build` puts the version and the names before this.
//
// Only GET requests for these files are answered; calls to a cloud or a proxy pass untouched and are kept nowhere.

/* global VERSION, FIRST, LATER */

// A browser has one set of caches for a whole origin, where other sites may stand beside this one.
const CACHE = `${self.registration.scope} ${VERSION}`;
const url = (name) => new URL(name, self.registration.scope).href;
const LATER_URLS = new Set(LATER.map(url));
const DOCUMENT = url("./");

self.addEventListener("install", (event) => {
  // Past the browser's own cache: the document has no hash in its name.
  const requests = FIRST.map((name) => new Request(url(name), { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(`${self.registration.scope} `) && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  const isDocument = request.mode === "navigate" && address.origin + address.pathname === DOCUMENT;
  const wanted = isDocument ? DOCUMENT : request.url;
  if (isDocument || FIRST.some((name) => url(name) === wanted) || LATER_URLS.has(wanted)) {
    event.respondWith(answer(wanted, request));
  }
});

async function answer(wanted, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(wanted);
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok && LATER_URLS.has(wanted)) await cache.put(wanted, fetched.clone());
  return fetched;
}

// A page asks to use a version that waits. With more than one page open it keeps waiting: another one may be at work.
self.addEventListener("message", (event) => {
  const decide = async () => {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const pages = windows.filter(({ url }) => url.startsWith(self.registration.scope));
    if (pages.length < 2) await self.skipWaiting();
    else event.source.postMessage("others");
  };
  event.waitUntil(decide());
});
