/** Choosing rows of the list: by checkbox, by key, with Ctrl or Shift and the pointer, and by holding a finger on one. */
const lists = new WeakMap();
const hold = 500;
const still = 10;
const narrow = matchMedia("(max-width: 720px)");

export function enter(root, dotnet) {
  leave(root);
  const list = { root, dotnet, stop: new AbortController(), finger: null };
  lists.set(root, list);
  const on = (target, type, handle) => target.addEventListener(type, event => handle(list, event), { signal: list.stop.signal });
  on(root, "click", onClick);
  on(root, "mousedown", onMouseDown);
  on(root, "choose", onChoose);
  on(root, "keydown", onKey);
  on(document, "keydown", onEscape);
  on(root, "pointerdown", onFingerDown);
  on(root, "pointermove", onFingerMove);
  on(root, "pointerup", onFingerUp);
  on(root, "pointercancel", letGo);
  on(root, "contextmenu", (list, event) => list.finger && event.preventDefault());
}

export function leave(root) {
  const list = lists.get(root);
  if (list) {
    letGo(list);
    list.stop.abort();
    lists.delete(root);
  }
}

/** The focus goes to what is chosen, or back into the list, if the button that had it is gone. */
export function settle(root) {
  const bar = root.querySelector("[data-chosen]");
  const { activeElement } = document;
  if (activeElement === document.body || root.querySelector("header").contains(activeElement)) {
    (bar ?? rows(root).find(r => r.getAttribute("aria-current")) ?? rows(root)[0])?.focus();
  }
}

const rows = root => [...root.querySelectorAll("[data-conversation-id]")];
const rowOf = element => element.closest("li")?.querySelector("[data-conversation-id]");
const idOf = row => Number(row.dataset.conversationId);
const isChoosing = root => root.dataset.choosing !== undefined;

async function toggle({ root, dotnet }, row) {
  const id = idOf(row);
  const isChosen = await dotnet.invokeMethodAsync("Choose", id).catch(() => undefined);
  const box = root.querySelector(`[data-choose="${id}"]`);
  if (box && isChosen !== undefined) {
    // What the pointer did to the box counts only if the server took it in.
    box.checked = isChosen;
  }
}

const draw = ({ dotnet }, from, to) => dotnet.invokeMethodAsync("ChooseUpTo", idOf(from), idOf(to)).catch(() => { });

function onClick(list, event) {
  if (list.finger?.isDone) {
    // The row was chosen while the finger lay on it, and is not opened besides.
    list.finger = null;
    event.preventDefault();
    return;
  }
  const box = event.target.closest("[data-choose]");
  const row = box ? rowOf(box) : event.target.closest("[data-conversation-id]");
  if (!row || event.button !== 0 || event.altKey) {
    return;
  }
  if (event.shiftKey) {
    event.preventDefault();
    draw(list, row, row);
  } else if (box) {
    toggle(list, row);
  } else if (event.ctrlKey || event.metaKey || (isChoosing(list.root) && (event.pointerType === "touch" || narrow.matches))) {
    event.preventDefault();
    toggle(list, row);
  }
}

/** With Shift the browser would mark the text up to here. */
function onMouseDown(list, event) {
  const row = event.shiftKey && rowOf(event.target);
  if (row) {
    event.preventDefault();
    row.focus();
  }
}

/** The keyboard of the page says what to do with the row in focus. */
function onChoose(list, event) {
  const row = event.target;
  if (event.detail === 0) {
    toggle(list, row);
    return;
  }
  const all = rows(list.root);
  const to = all[all.indexOf(row) + event.detail];
  if (to) {
    to.focus();
    draw(list, row, to);
  }
}

function onKey(list, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = rowOf(event.target);
  if (!step || !row || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (event.shiftKey) {
    event.preventDefault();
    onChoose(list, { target: row, detail: step });
  } else if (event.target.matches("[data-choose]")) {
    event.preventDefault();
    const all = rows(list.root);
    all[all.indexOf(row) + step]?.closest("li").querySelector("[data-choose]").focus();
  }
}

function onEscape(list, event) {
  const isHere = event.target === document.body || list.root.contains(event.target);
  if (event.key === "Escape" && !event.defaultPrevented && isHere && isChoosing(list.root) && !event.target.closest("dialog, [role=dialog]")) {
    event.preventDefault();
    list.dotnet.invokeMethodAsync("EndChoosingAsync").catch(() => { });
  }
}

function onFingerDown(list, event) {
  letGo(list);
  const row = event.pointerType === "touch" && event.isPrimary && event.target.closest("[data-conversation-id]");
  if (!row) {
    return;
  }
  const finger = { x: event.clientX, y: event.clientY, isDone: false };
  finger.timer = setTimeout(() => {
    finger.isDone = true;
    if (row.isConnected) {
      toggle(list, row);
    }
  }, hold);
  list.finger = finger;
}

function onFingerMove(list, { clientX, clientY }) {
  const { finger } = list;
  if (finger && !finger.isDone && Math.hypot(clientX - finger.x, clientY - finger.y) > still) {
    letGo(list);
  }
}

function onFingerUp(list) {
  // The click that follows must still know that it was held.
  if (list.finger && !list.finger.isDone) {
    letGo(list);
  }
}

function letGo(list) {
  clearTimeout(list.finger?.timer);
  list.finger = null;
}
