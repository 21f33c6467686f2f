import { AttachmentTray, listen } from "../AttachmentTray.razor.js";

const boxes = new WeakMap();
const most = 8;
const fileless = { isEmpty: true, retell() { }, leave() { } };
const away = "The connection is away. Your note is kept here; try again in a moment.";

/** Files of a note: no captions, and no words about what goes with them. */
class NoteTray extends AttachmentTray {
  get readyWords() {
    return "is ready to go with the note.";
  }

  retell() {
    this.words.hidden = true;
  }
}

export function enter(root, dotnet, options) {
  leave(root);
  const box = root.querySelector("textarea");
  const list = root.querySelector("[data-people]");
  const note = { root, box, list, dotnet, options, stop: new AbortController(), draftId: crypto.randomUUID(), isSaving: false, found: [], at: 0, tray: fileless };
  boxes.set(root, note);
  const { signal } = note.stop;
  const early = box.value;
  const kept = options.key ? read(options.key) : null;
  box.value = early || kept?.text || toNames(options.text, options.people);
  note.draftId = kept?.draftId ?? note.draftId;
  box.addEventListener("keydown", event => onKey(note, event), { signal });
  box.addEventListener("input", () => onInput(note), { signal });
  box.addEventListener("click", () => look(note), { signal });
  box.addEventListener("blur", () => setTimeout(() => hide(note), 150), { signal });
  if (options.files) {
    note.tray = new NoteTray(root, options.files, () => { });
    root.querySelector("[data-attach]").addEventListener("click", () => pick(note), { signal });
    listen(root, box, files => attach(note, files), signal);
  }
  root.querySelector("[data-add]").addEventListener("click", () => save(note), { signal });
  // The list must not take the focus from the box.
  list.addEventListener("pointerdown", event => event.preventDefault(), { signal });
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(note, [...list.children].indexOf(option));
    }
  }, { signal });
  fit(note);
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
}

export function leave(root) {
  const note = boxes.get(root);
  note?.stop.abort();
  note?.tray.leave(false);
  boxes.delete(root);
}

function pick(note) {
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: true });
  input.addEventListener("change", () => attach(note, [...input.files]));
  input.click();
}

function attach(note, files) {
  const room = note.options.files.most - note.tray.files.length;
  note.tray.add(files.slice(0, room));
  tell(note, files.length > room ? `A note carries at most ${note.options.files.most} files. Those beyond were not attached.` : "");
  note.box.focus();
}

/** @returns the ids of the files in their order; null if one of them cannot go, which is said */
async function uploaded(note) {
  if (note.tray.isEmpty) {
    return [];
  }
  await Promise.all(note.tray.files.map(file => file.uploaded));
  const broken = note.tray.files.find(file => file.fault);
  if (broken) {
    tell(note, `${broken.name} cannot go with the note. ${broken.isOfNoUse ? "Remove it" : "Try it again or remove it"}, then add the note.`);
    return null;
  }
  return note.tray.files.map(file => file.fileId);
}

function onKey(note, event) {
  const composing = event.isComposing || event.keyCode === 229;
  if (!note.list.hidden && !composing) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(note, (note.at + (event.key === "ArrowDown" ? 1 : -1) + note.found.length) % note.found.length);
      return;
    }
    if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
      event.preventDefault();
      choose(note, note.at);
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      hide(note);
      return;
    }
  }
  if (event.key === "Enter" && !event.shiftKey && !event.altKey && !composing) {
    event.preventDefault();
    save(note);
  }
}

function onInput(note) {
  keep(note);
  fit(note);
  look(note);
}

/** Shows the colleagues whose names go on as what stands behind the @ at the cursor. */
function look(note) {
  const { box, list, options } = note;
  const typed = /(?:^|[\s(])@([^@\n]{0,40})$/u.exec(box.value.slice(0, box.selectionStart));
  const wanted = typed ? typed[1].toLocaleLowerCase() : null;
  note.found = wanted === null || box.selectionStart !== box.selectionEnd ? [] : options.people
    .filter(p => p.name.toLocaleLowerCase().split(/\s+/).some((_, i, words) => words.slice(i).join(" ").startsWith(wanted))).slice(0, most);
  note.from = typed ? box.selectionStart - typed[1].length - 1 : 0;
  if (note.found.length === 0) {
    hide(note);
    return;
  }
  list.replaceChildren(...note.found.map((person, nth) => {
    const option = document.createElement("div");
    option.setAttribute("role", "option");
    option.id = `${list.id}-${nth}`;
    option.dir = "auto";
    option.textContent = person.name;
    return option;
  }));
  list.hidden = false;
  mark(note, 0);
  note.root.querySelector("[data-said]").textContent = `${note.found.length === 1 ? "1 colleague" : `${note.found.length} colleagues`}. Arrow keys choose, Enter takes.`;
}

function mark(note, at) {
  note.at = at;
  [...note.list.children].forEach((option, nth) => option.setAttribute("aria-selected", String(nth === at)));
  note.box.setAttribute("aria-activedescendant", note.list.children[at].id);
  note.list.children[at].scrollIntoView({ block: "nearest" });
}

function hide(note) {
  note.list.hidden = true;
  note.box.removeAttribute("aria-activedescendant");
  note.root.querySelector("[data-said]").textContent = "";
}

function choose(note, nth) {
  const person = note.found[nth];
  const { box } = note;
  box.setRangeText(`@${person.name} `, note.from, box.selectionStart, "end");
  (note.chosen ??= new Map()).set(person.name, person.id);
  hide(note);
  keep(note);
  fit(note);
}

async function save(note) {
  const { box, options } = note;
  const typed = box.value;
  if (note.isSaving || (typed.trim() === "" && note.tray.isEmpty)) {
    return;
  }
  const text = toMarks(typed, options.people, note.chosen);
  if (text.length > options.max) {
    tell(note, `A note has at most ${options.max.toLocaleString("en")} characters. Shorten it, or write two.`);
    return;
  }
  note.isSaving = true;
  tell(note, "");
  try {
    const files = await uploaded(note);
    if (files === null || note.stop.signal.aborted) {
      return;
    }
    const answer = await note.dotnet.invokeMethodAsync("SaveAsync", text, note.draftId, files);
    tell(note, answer.trouble);
    if (answer.isSaved) {
      // They stand in the note now; what was added meanwhile goes with the next one.
      note.tray.files?.filter(file => files.includes(file.fileId)).forEach(file => note.tray.remove(file, true));
    }
    if (answer.isSaved && !note.stop.signal.aborted) {
      // Whoever types fast has already begun the next one.
      box.value = box.value.startsWith(typed) ? box.value.slice(typed.length).trimStart() : box.value;
      note.draftId = crypto.randomUUID();
      keep(note);
      fit(note);
      box.focus();
    }
  } catch {
    tell(note, away);
  } finally {
    note.isSaving = false;
  }
}

function toMarks(text, people, chosen) {
  const known = [...(chosen ?? new Map()).entries()].map(([name, id]) => ({ name, id })).concat(people);
  return known.sort((a, b) => b.name.length - a.name.length)
    .reduce((marked, { name, id }) => marked.replace(new RegExp(`@${escape(name)}(?![\\p{L}\\p{N}])`, "gu"), `@{${id}}`), text);
}

function toNames(text, people) {
  return (text ?? "").replace(/@\{(\d+)\}/g, (mark, id) => {
    const person = people.find(p => String(p.id) === id);
    return person ? `@${person.name}` : mark;
  });
}

// Not the hyphen: with the flag u a pattern that escapes it is none, and then nobody could save a note beside an Anna-Lena.
function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function tell(note, trouble) {
  const place = note.root.querySelector("[data-trouble]");
  place.textContent = trouble ?? "";
  place.hidden = !trouble;
}

function fit({ box }) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

// Storage can be full or forbidden; typing goes on without it.
function keep({ box, options, draftId }) {
  try {
    if (options.key && box.value === "") {
      sessionStorage.removeItem(options.key);
    } else if (options.key) {
      sessionStorage.setItem(options.key, JSON.stringify({ text: box.value, draftId }));
    }
  } catch {
    // Nothing is kept in this tab then.
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}
