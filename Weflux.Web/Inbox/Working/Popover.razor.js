const entered = new WeakMap();
const within = "button:not(:disabled), input:not(:disabled), select, a[href]";

/** Puts the focus into the panel and moves it with the arrow keys. */
export function enter(root, dotnet) {
  leave(root);
  const panel = root.querySelector("[data-panel]");
  if (!panel) {
    return;
  }
  const stop = new AbortController();
  entered.set(root, stop);
  panel.addEventListener("keydown", event => onKey(root, panel, dotnet, event), { signal: stop.signal });
  if (!panel.contains(document.activeElement)) {
    (panel.querySelector("[data-first]") ?? panel.querySelector(within))?.focus();
  }
  place(panel);
}

export function leave(root) {
  entered.get(root)?.abort();
  entered.delete(root);
}

function onKey(root, panel, dotnet, event) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    shut(root, panel, dotnet);
    return;
  }
  const isText = event.target.matches("input[type=date], input[type=time], select");
  const move = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" }[event.key];
  const items = [...panel.querySelectorAll("[data-item], [data-first]")].filter(e => !e.disabled);
  const isInSearch = event.target.matches("input") && typeof move === "string";
  if (move === undefined || isText || isInSearch || items.length === 0) {
    return;
  }
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  const next = move === "first" ? 0 : move === "last" ? items.length - 1 : (at + move + items.length) % items.length;
  items[next].focus();
}

/** The next key is for the page, which does not wait until the server has taken the panel away. */
function shut(root, panel, dotnet) {
  panel.dataset.closing = "";
  root.querySelector("[aria-haspopup]").focus();
  dotnet.invokeMethodAsync("Leave").catch(() => delete panel.dataset.closing);
}

/** On a narrow page the panel must not stand out of it. */
function place(panel) {
  panel.style.translate = "";
  const { left, right } = panel.getBoundingClientRect();
  const edge = document.documentElement.clientWidth - 8;
  const shift = right > edge ? edge - right : left < 8 ? 8 - left : 0;
  if (shift !== 0) {
    panel.style.translate = `${shift}px 0`;
  }
}
