import { takeFiles } from "../Composer.razor.js";
import { tell, words } from "../../composer-calls.js";

const pickers = new WeakMap();
const most = 30;

/** Lists canned replies behind a slash that begins a word of the text. */
export function enter(root, dotnet) {
  leave(root);
  const composer = root.closest(".composer");
  const box = composer.querySelector(".box textarea");
  const list = root.querySelector("[data-list]");
  const picker = {
    root, dotnet, composer, box, list, panel: root.querySelector("[data-panel]"), none: root.querySelector("[data-none]"), said: root.querySelector("[data-said]"),
    stop: new AbortController(), lines: null, found: [], at: 0, range: null, left: -1, mistyped: null, isReading: false, held: null,
  };
  pickers.set(root, picker);
  const { signal } = picker.stop;
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-haspopup", "listbox");
  box.setAttribute("aria-controls", list.id);
  // Before the composer takes Enter for Send.
  composer.addEventListener("keydown", event => event.target === box && onKey(picker, event), { capture: true, signal });
  box.addEventListener("input", () => look(picker), { signal });
  box.addEventListener("click", () => look(picker), { signal });
  box.addEventListener("blur", () => setTimeout(() => hide(picker), 150), { signal });
  // The list must not take the focus from the box.
  list.addEventListener("pointerdown", event => event.preventDefault(), { signal });
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(picker, [...list.children].indexOf(option));
    }
  }, { signal });
  composer.addEventListener("click", event => event.target.closest("[data-slash]") && begin(picker), { signal });
  composer.addEventListener("keydown", event => (event.key === "Enter" || event.key === " ") && event.target.closest("[data-slash]") && begin(picker), { signal });
}

export function leave(root) {
  pickers.get(root)?.stop.abort();
  pickers.delete(root);
}

/** Puts the focus on the first gap that is open. */
export function ask(root) {
  const fields = [...root.querySelectorAll(".asks input")];
  (root.querySelector(".asks [aria-invalid]") ?? fields.find(field => field.value === "") ?? fields[0])?.focus();
}

export function back(root) {
  pickers.get(root)?.box.focus();
}

/** Puts the reply where its shortcut stands, so that Ctrl+Z takes it out again. */
export function insert(root, choice) {
  const picker = pickers.get(root);
  if (!picker || picker.box.readOnly) {
    return;
  }
  const { box, range, composer } = picker;
  tell({ root: composer }, choice.trouble);
  box.focus();
  if (choice.trouble) {
    return;
  }
  const isThere = range !== null && box.value.slice(range.from, range.to) === range.words;
  box.setSelectionRange(isThere ? range.from : box.selectionStart, isThere ? range.to : box.selectionEnd);
  put(box, choice.text);
  picker.left = box.selectionStart;
  hide(picker);
  if (choice.files?.length > 0) {
    takeFiles(composer, choice.files);
  }
}

/** The button for those who do not type a slash. */
function begin(picker) {
  const { box } = picker;
  box.focus();
  const before = box.value.slice(0, box.selectionStart);
  put(box, before === "" || /\s$/u.test(before) ? "/" : " /");
}

function put(box, text) {
  const isDone = text === "" ? box.selectionStart === box.selectionEnd || document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!isDone) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function onKey(picker, event) {
  if (event.isComposing || event.keyCode === 229) {
    return;
  }
  if (picker.panel.hidden) {
    if (!hold(picker, event)) {
      stopMistyped(picker, event);
    }
    return;
  }
  if (event.key === "Escape") {
    taken(event);
    picker.left = picker.range.from;
    hide(picker);
  } else if (picker.found.length === 0) {
    return;
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    taken(event);
    mark(picker, (picker.at + (event.key === "ArrowDown" ? 1 : -1) + picker.found.length) % picker.found.length);
  } else if (isChoice(event)) {
    taken(event);
    choose(picker, picker.at);
  }
}

/** Who types faster than the list comes means the reply all the same, not that its shortcut is sent: the key waits for the list. */
function hold(picker, event) {
  const isMeant = picker.isReading && picker.lines === null && isChoice(event) && shortcutAt(picker.box) !== null;
  if (isMeant) {
    taken(event);
    picker.held = event.key;
  }
  return isMeant;
}

function release(picker) {
  const key = picker.held;
  picker.held = null;
  if (key !== null && !picker.panel.hidden && picker.found.length > 0) {
    choose(picker, picker.at);
  } else if (key === "Enter") {
    picker.box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
}

function isChoice(event) {
  return (event.key === "Enter" || event.key === "Tab") && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** What stands behind the slash before the cursor; null if no shortcut is typed there. */
function shortcutAt(box) {
  return /(?:^|\s)\/([\p{L}\p{M}\p{N}._-]{0,40})$/u.exec(box.value.slice(0, box.selectionStart))?.[1] ?? null;
}

/** A shortcut that nothing is called is not meant for the customer: the first Enter says so, the second one sends it. */
function stopMistyped(picker, event) {
  const typed = picker.box.value.trim();
  if (event.key === "Enter" && !event.shiftKey && /^\/[\p{L}\p{M}\p{N}._-]{1,40}$/u.test(typed) && picker.left === -1 && picker.mistyped !== typed) {
    taken(event);
    picker.mistyped = typed;
    tell({ root: picker.composer }, `No reply is called ${typed}. Press Enter again to send it as it is.`);
  }
}

function taken(event) {
  event.preventDefault();
  event.stopPropagation();
}

function look(picker) {
  const { box } = picker;
  const typed = box.selectionStart === box.selectionEnd && !box.readOnly ? shortcutAt(box) : null;
  picker.held = null;
  if (typed === null) {
    picker.left = -1;
    picker.mistyped = null;
    hide(picker);
    return;
  }
  const from = box.selectionStart - typed.length - 1;
  if (picker.left === from) {
    hide(picker);
    return;
  }
  picker.range = { from, to: box.selectionStart, words: `/${typed}` };
  if (picker.panel.hidden && !picker.isReading) {
    read(picker);
  }
  if (picker.lines) {
    show(picker, typed.toLocaleLowerCase());
  }
}

/** What there is may have changed since the list was last open. */
async function read(picker) {
  picker.isReading = true;
  try {
    picker.lines = await picker.dotnet.invokeMethodAsync("ListAsync");
  } catch {
    // Without a connection nothing is listed; what is typed stays text.
    picker.lines ??= [];
  } finally {
    picker.isReading = false;
  }
  if (!picker.stop.signal.aborted && document.activeElement === picker.box) {
    refresh(picker);
    release(picker);
  }
}

function refresh(picker) {
  const typed = shortcutAt(picker.box);
  if (typed !== null && picker.left !== picker.box.selectionStart - typed.length - 1) {
    show(picker, typed.toLocaleLowerCase());
  }
}

function show(picker, wanted) {
  const { list, panel, lines } = picker;
  const rank = line => line.shortcut.toLocaleLowerCase().startsWith(wanted) ? 0
    : line.shortcut.toLocaleLowerCase().includes(wanted) ? 1
    : wanted.length > 1 && line.line.toLocaleLowerCase().includes(wanted) ? 2 : 3;
  const ranked = lines.map(line => ({ line, rank: rank(line) })).filter(({ rank: at }) => at < 3);
  const found = ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ line }) => line);
  const hasNone = lines.length === 0 && wanted === "";
  if (found.length === 0 && !hasNone) {
    hide(picker);
    return;
  }
  picker.found = found;
  picker.none.hidden = !hasNone;
  list.hidden = hasNone;
  list.replaceChildren(...found.map((line, nth) => draw(line, `${list.id}-${nth}`)));
  panel.hidden = false;
  if (found.length > 0) {
    mark(picker, 0);
  }
  picker.said.textContent = hasNone ? "No canned replies yet." : `${found.length === 1 ? "1 reply" : `${found.length} replies`}. Arrow keys choose, Enter puts it in.`;
}

function draw({ shortcut, line, isShared, files }, id) {
  const option = document.createElement("div");
  option.setAttribute("role", "option");
  option.id = id;
  const part = (name, words) => {
    const span = document.createElement("span");
    span.className = name;
    span.dir = "auto";
    span.textContent = words;
    return span;
  };
  option.append(part("shortcut", `/${shortcut}`), part("line", line || "Files"));
  const facts = [isShared ? "" : "yours", files === 0 ? "" : files === 1 ? "1 file" : `${files} files`].filter(Boolean).join(", ");
  if (facts) {
    option.append(part("facts", facts));
  }
  return option;
}

function mark(picker, at) {
  picker.at = at;
  [...picker.list.children].forEach((option, nth) => option.setAttribute("aria-selected", String(nth === at)));
  picker.box.setAttribute("aria-activedescendant", picker.list.children[at].id);
  picker.list.children[at].scrollIntoView({ block: "nearest" });
}

function hide(picker) {
  picker.panel.hidden = true;
  picker.box.removeAttribute("aria-activedescendant");
  picker.said.textContent = "";
}

async function choose(picker, nth) {
  const { id } = picker.found[nth];
  hide(picker);
  picker.left = picker.range.from;
  try {
    const choice = await picker.dotnet.invokeMethodAsync("ChooseAsync", id);
    if (!choice.asks) {
      insert(picker.root, choice);
    }
  } catch {
    tell({ root: picker.composer }, words.fault);
  }
}
