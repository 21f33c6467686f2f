import * as choosing from "../list-choosing.js";

const lists = new WeakMap();

/** Asks for more rows when an end of the list comes near, and lets the arrow keys, j and k walk through the rows. */
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
  choosing.enter(root, dotnet);
  lists.set(root, { observer, onKey, letGo: holdPressedRow(root) });
}

export function leave(root) {
  const list = lists.get(root);
  if (list) {
    list.observer.disconnect();
    root.removeEventListener("keydown", list.onKey);
    list.letGo();
    choosing.leave(root);
    lists.delete(root);
  }
}

/** What had the focus is gone from the page, or about to go. */
export const settle = choosing.settle;

/** Another view begins at its top. */
export function toTop(root) {
  root.querySelector("[data-scroll]").scrollTop = 0;
}

/** A list that moves between press and release would swallow the click: the row that was pressed is opened all the same. */
function holdPressedRow(root) {
  let pressed = null;
  const listening = new AbortController();
  const on = (type, handle) => root.addEventListener(type, handle, { capture: true, signal: listening.signal });
  on("pointerdown", event => {
    const isPlain = event.pointerType === "mouse" && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const row = isPlain && event.target.closest("[data-conversation-id]");
    pressed = row ? { row, x: event.clientX, y: event.clientY } : null;
  });
  on("pointercancel", () => pressed = null);
  on("click", event => {
    if (pressed && event.target.closest("[data-conversation-id]") === pressed.row) {
      pressed = null;
    }
  });
  on("pointerup", event => {
    const isStill = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 8;
    if (!isStill) {
      pressed = null;
      return;
    }
    // The click, if there is one, comes before this.
    setTimeout(() => {
      const row = pressed?.row;
      pressed = null;
      if (row?.isConnected) {
        row.click();
      }
    });
  });
  return () => listening.abort();
}

function walk(event, root) {
  const row = event.target.closest("[data-conversation-id]");
  if (!row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  const rows = [...root.querySelectorAll("[data-conversation-id]")];
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    rows[to]?.focus();
  }
}
