// Stands in for a page while Weflux cannot be reached. The browser's own error page would stay for ever; this one asks
// again by itself. Nothing that people see is kept here: there is no cache.
const page = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta http-equiv="refresh" content="2">
  <title>Weflux cannot be reached</title>
  <style>
    body { display: grid; min-height: 90vh; place-content: center; margin: 0; padding: 24px; font: 16px/1.5 system-ui, sans-serif; text-align: center; }
    h1 { margin: 0; font-size: 20px; }
    p { margin: 8px 0 0; }
  </style>
</head>
<body>
  <main data-stand-in>
    <h1>Weflux cannot be reached</h1>
    <p role="status">It may be starting. This page comes back by itself.</p>
  </main>
</body>
</html>`;

const headers = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "Content-Type": "text/html; charset=utf-8",
};

// Every answer of Weflux has a policy. One without, such as "502 Bad Gateway", is by a proxy that does not reach Weflux.
const isWeflux = answer => answer.status < 502 || answer.headers.has("Content-Security-Policy");

// A page is passed on whole: of one that breaks off, the part that brings it back might be missing.
async function read(request) {
  const given = await fetch(request);
  if (!given.headers.get("Content-Type")?.startsWith("text/html")) {
    return given;
  }
  const { status, statusText, headers } = given;
  return new Response(await given.arrayBuffer(), { status, statusText, headers });
}

async function answer(request) {
  const given = await read(request).catch(() => null);
  return given && isWeflux(given) ? given : new Response(page, { status: 503, headers });
}

addEventListener("install", () => skipWaiting());
addEventListener("fetch", event => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(answer(event.request));
  }
});

// Whoever clicks a notice wants the conversation: in a tab that shows its inbox if there is one, else in one of its workspace.
async function open(address) {
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const workspace = new URL(address, location.origin).pathname.split("/").slice(0, 3).join("/");
  const shows = path => tab => `${new URL(tab.url).pathname}/`.startsWith(`${path}/`);
  const tab = tabs.find(shows(`${workspace}/inbox`)) ?? tabs.find(shows(workspace));
  if (!tab) {
    return clients.openWindow(address);
  }
  await tab.focus();
  tab.postMessage({ open: address });
}

addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.address));
});
