const desks = new WeakMap();

// While somebody writes, or something lies over the page, letters are theirs.
const typing = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]:not([contenteditable=false])";
const inside = "dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const over = "dialog[open], .mud-dialog, .inbox [role=dialog]:not([data-closing]), .inbox [role=menu]";

/**
 * Listens to the keys of the page.
 * @param options the commands by key, and whether single letters are on
 */
export function enter(root, dotnet, options) {
  leave(root);
  const desk = { root, dotnet, options, stop: new AbortController() };
  desks.set(root, desk);
  const { signal } = desk.stop;
  document.addEventListener("keydown", event => onKey(desk, event), { signal });
  document.addEventListener("click", event => {
    if (event.target.closest("[data-open-shortcuts]")) {
      event.target.closest("[popover]")?.hidePopover();
      open(desk, "shortcuts");
    } else if (event.target.closest("[data-close]") && root.contains(event.target)) {
      close(root);
    }
  }, { signal });
  for (const dialog of root.querySelectorAll("dialog")) {
    // A click beside it lands on the dialog itself.
    dialog.addEventListener("click", event => event.target === dialog && dialog.close(), { signal });
  }
  root.querySelector("[data-find]").addEventListener("keydown", event => {
    if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
      event.preventDefault();
    }
  }, { signal });
  root.dataset.ready = "";
}

export function leave(root) {
  desks.get(root)?.stop.abort();
  desks.delete(root);
}

export function close(root) {
  root.querySelectorAll("dialog[open]").forEach(dialog => dialog.close());
}

export function reveal(root, id) {
  root.querySelector(`#${id}`)?.scrollIntoView({ block: "nearest" });
}

/** Does what was chosen in the palette. */
export function run(root, id) {
  const desk = desks.get(root);
  close(root);
  if (desk) {
    perform(desk, id);
  }
}

function onKey(desk, event) {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) {
    return;
  }
  const { target, key } = event;
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === "k") {
    event.preventDefault();
    open(desk, "palette");
  } else if (key === "Escape" && !hasModifier && target.matches(".composer .box textarea, .note-box textarea")) {
    // From writing to the list, where letters mean something.
    if (desk.options.isOn && !document.querySelector("[data-drop-quote]")) {
      row()?.focus();
    }
  } else if (desk.options.isOn && !hasModifier && !target.closest(typing) && !target.closest(inside) && !document.querySelector(over)) {
    const id = desk.options.keys[key];
    const mayRepeat = ["next", "previous", "choose-next", "choose-previous"].includes(id);
    if (id && (!event.repeat || mayRepeat) && perform(desk, id)) {
      event.preventDefault();
    }
  }
}

/** @returns whether there was anything to do */
function perform(desk, id) {
  switch (id) {
    case "next":
    case "previous":
      return walk(id === "next" ? 1 : -1);
    case "choose":
    case "choose-next":
    case "choose-previous":
      return choose({ "choose-next": 1, "choose-previous": -1 }[id] ?? 0);
    case "shortcuts":
      open(desk, id);
      return true;
    case "reply":
      return reply();
    case "search":
      return search(desk);
    default:
      return press(id);
  }
}

// Where two buttons do it, the one with the choice comes last; what is chosen in the list comes before what is open.
const button = id => {
  const all = [...document.querySelectorAll(`[data-command="${id}"]`)].filter(isShown);
  return all.filter(e => e.closest("[data-chosen]")).at(-1) ?? all.at(-1);
};
const isShown = element => element.offsetParent !== null && !element.disabled;
const rows = () => [...document.querySelectorAll(".list-pane [data-conversation-id]")].filter(isShown);
const row = () => rows().find(r => r.getAttribute("aria-current")) ?? rows()[0];

function press(id) {
  const found = button(id);
  found?.click();
  return Boolean(found);
}

function walk(step) {
  const all = rows();
  const focused = all.indexOf(document.activeElement);
  const at = focused >= 0 ? focused + step : all.findIndex(r => r.getAttribute("aria-current")) + (step > 0 ? 1 : -1);
  const to = all[Math.min(Math.max(at, 0), all.length - 1)];
  to?.focus();
  return Boolean(to);
}

/** Chooses the row in focus, or from it to the one beside it. The list does the rest. */
function choose(step) {
  const from = document.activeElement?.closest(".list-pane li")?.querySelector("[data-conversation-id]") ?? row();
  from?.dispatchEvent(new CustomEvent("choose", { bubbles: true, detail: step }));
  return Boolean(from);
}

/** To the field where one is, else to the page that has one. */
function search(desk) {
  const field = [...document.querySelectorAll("[data-search-field]")].filter(isShown).at(-1);
  if (field) {
    field.focus();
    field.select();
  } else {
    desk.dotnet.invokeMethodAsync("GoToSearch").catch(() => {});
  }
  return true;
}

function reply() {
  const choice = button("reply");
  if (!choice) {
    return false;
  }
  choice.click();
  // The place for replies may be behind the one for notes until the server has heard.
  const until = Date.now() + 2000;
  const focus = () => {
    const box = document.querySelector(".composer .box textarea");
    if (box && box.offsetParent !== null) {
      box.focus();
    } else if (Date.now() < until) {
      requestAnimationFrame(focus);
    }
  };
  focus();
  return true;
}

function open(desk, name) {
  const dialog = desk.root.querySelector(`[data-dialog="${name}"]`);
  if (dialog.open) {
    return;
  }
  if (document.querySelector(".mud-dialog")) {
    // What is filled in there comes first.
    return;
  }
  close(desk.root);
  const there = [...document.querySelectorAll("[data-command]")].filter(isShown).map(element => element.dataset.command);
  dialog.showModal();
  if (name === "palette") {
    const find = dialog.querySelector("[data-find]");
    find.value = "";
    find.focus();
  } else {
    dialog.querySelector("h2").focus();
  }
  desk.dotnet.invokeMethodAsync("OpenAsync", name, there).catch(() => dialog.close());
}
