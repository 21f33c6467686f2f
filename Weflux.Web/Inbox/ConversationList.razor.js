const lists = new WeakMap();

/** Asks for more rows when an end of the list comes near, and lets the arrow keys walk through the rows. */
export function watch(root, dotnet) {
  leave(root);
  const scroller = root.querySelector("[data-scroll]");
  const observer = new IntersectionObserver(async entries => {
    for (const entry of entries.filter(e => e.isIntersecting)) {
      await dotnet.invokeMethodAsync("EndInViewAsync", entry.target.dataset.sentinel).catch(() => {});
    }
  }, { root: scroller, rootMargin: "400px 0px" });
  root.querySelectorAll("[data-sentinel]").forEach(s => observer.observe(s));
  const onKey = event => walk(event, root);
  root.addEventListener("keydown", onKey);
  lists.set(root, { observer, onKey });
}

export function leave(root) {
  const list = lists.get(root);
  if (list) {
    list.observer.disconnect();
    root.removeEventListener("keydown", list.onKey);
    lists.delete(root);
  }
}

function walk(event, root) {
  const row = event.target.closest("[data-conversation-id]");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const rows = [...root.querySelectorAll("[data-conversation-id]")];
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    rows[to]?.focus();
  }
}
