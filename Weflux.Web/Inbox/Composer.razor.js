import { AttachmentTray, listen } from "./AttachmentTray.razor.js";
import { canRecord, VoiceRecorder } from "./VoiceRecorder.razor.js";
import { stopWaiting, tell, words } from "../composer-calls.js";
import { lookFor, onInput, restore, save } from "../composer-draft.js";
import * as later from "../composer-later.js";
import { hasLink, send } from "../composer-send.js";

const composers = new WeakMap();
const typingPause = 20000;

export function enter(root, dotnet, options) {
  leave(root);
  const box = root.querySelector("textarea");
  const composer = {
    root, box, dotnet, options,
    draftId: options.draftId, handed: null, isSending: false, isSendingFiles: false, wantsNext: false, isUnsaved: false,
    timer: 0, typedAt: 0, known: null, stop: new AbortController(), recorder: null, isAway: false,
    fit: () => fit(composer), endRecording: () => endRecording(composer),
  };
  composers.set(root, composer);
  composer.tray = new AttachmentTray(root, options, composer.fit);

  const { signal } = composer.stop;
  box.addEventListener("keydown", event => onKey(composer, event), { signal });
  box.addEventListener("input", () => {
    onInput(composer);
    tellTyping(composer);
  }, { signal });
  box.addEventListener("blur", () => save(composer), { signal });
  root.querySelector("[data-send]").addEventListener("click", () => send(composer), { signal });
  root.querySelector("[data-record]").addEventListener("click", () => record(composer), { signal });
  root.addEventListener("click", event => pick(composer, event), { signal });
  // Who keeps writing goes on in the box at once; the server takes the question away.
  root.addEventListener("keydown", event => event.key === "Escape" && event.target.closest("[role=alertdialog]") && box.focus(), { signal });
  root.addEventListener("keydown", event => (event.key === "Enter" || event.key === " ") && pick(composer, event), { signal });
  listen(root, box, files => attach(composer, files), signal);
  window.addEventListener("offline", () => tell(composer, words.away), { signal });
  window.addEventListener("online", () => tell(composer, composer.isAway ? words.away : ""), { signal });
  composer.shutting = new MutationObserver(() => onShut(composer));
  composer.shutting.observe(box, { attributeFilter: ["readonly"] });
  document.getElementById("components-reconnect-modal")
    ?.addEventListener("components-reconnect-state-changed", e => onConnection(composer, e.detail?.state), { signal });

  composer.restored = restore(composer);
  if (composer.tray.wasLeft) {
    tell(composer, words.left);
  }
  if (window.matchMedia("(min-width: 721px)").matches && !box.readOnly) {
    box.focus({ preventScroll: true });
  }
  root.dataset.ready = "";
}

export function leave(root) {
  const composer = composers.get(root);
  if (composer) {
    clearTimeout(composer.timer);
    keepRecording(composer);
    composer.tray.leave(composer.isSendingFiles);
    composer.shutting.disconnect();
    composer.stop.abort();
    composers.delete(root);
  }
}

export function text(root) {
  return composers.get(root)?.box.value ?? "";
}

export function clear(root) {
  const composer = composers.get(root);
  if (composer) {
    composer.box.value = "";
    onInput(composer);
    save(composer);
  }
}

export function isEmpty(root) {
  return later.isEmpty(composers.get(root));
}

export function hand(root) {
  return later.hand(composers.get(root));
}

export function scheduled(root, count) {
  later.scheduled(composers.get(root), count);
}

export function putBack(root, text, files) {
  later.putBack(composers.get(root), text, files);
}

/** Files that are on the server already go to the tray. */
export function takeFiles(root, files) {
  const composer = composers.get(root);
  files.forEach(file => composer?.tray.restore(file));
}

/** The person has seen what a colleague said until then, and goes on. */
export async function goOn(root, known, sends) {
  const composer = composers.get(root);
  if (composer) {
    composer.known = Math.max(composer.known ?? 0, known);
    composer.box.focus();
    if (sends) {
      await send(composer);
    }
  }
}

/** Puts a text into the box, unless something is typed there. */
export async function offer(root, text) {
  const composer = composers.get(root);
  if (!composer) {
    return false;
  }
  await composer.restored;
  const { box } = composer;
  if (box.value !== "" && text !== "" && box.value !== text) {
    return false;
  }
  if (text !== "") {
    box.value = text;
    onInput(composer);
  }
  if (!box.readOnly) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
  return true;
}

function onKey(composer, event) {
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey && !composing) {
    event.preventDefault();
    // A key that is held down must not answer what it made appear.
    if (!event.repeat) {
      send(composer);
    }
  }
}

// The platform shows "typing" for 25 seconds. The server decides whether it is told at all.
function tellTyping(composer) {
  const now = Date.now();
  if (composer.box.value !== "" && !composer.box.readOnly && now - composer.typedAt > typingPause) {
    composer.typedAt = now;
    composer.dotnet.invokeMethodAsync("TypingAsync").catch(() => { });
  }
}

function attach(composer, files, kind) {
  if (composer.box.readOnly) {
    tell(composer, `${whyShut(composer)} The files were not attached.`);
    return;
  }
  composer.tray.add(files, kind);
  composer.box.focus();
}

function whyShut(composer) {
  return composer.root.querySelector(".state strong")?.textContent ?? "You cannot write here now.";
}

/** The window closed, or the number cannot send any more: what is being recorded must not run on unseen. */
function onShut(composer) {
  if (composer.box.readOnly) {
    keepRecording(composer);
  }
  fit(composer);
}

function pick(composer, event) {
  const choice = event.target.closest("[data-pick]");
  if (!choice) {
    return;
  }
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: choice.dataset.accept });
  input.addEventListener("change", () => attach(composer, [...input.files], choice.dataset.pick || undefined));
  input.click();
}

async function record(composer) {
  if (composer.recorder || composer.box.readOnly) {
    return;
  }
  const recorder = new VoiceRecorder(composer.root, composer.endRecording);
  composer.recorder = recorder;
  tell(composer, "");
  const trouble = await recorder.begin();
  if (composer.recorder !== recorder) {
    return;
  }
  tell(composer, trouble);
  if (trouble) {
    endRecording(composer);
  } else {
    fit(composer);
  }
}

function endRecording(composer) {
  composer.recorder = null;
  fit(composer);
  composer.box.focus();
}

/** Takes a recording to the files, from where it can be sent later. One that only waits for the microphone is given up. */
async function keepRecording(composer) {
  const { recorder } = composer;
  composer.recorder = null;
  if (!recorder?.isOn) {
    recorder?.leave();
    return;
  }
  try {
    composer.tray.add([await recorder.take()], "voice");
    tell(composer, words.recorded);
  } catch (error) {
    tell(composer, error.message);
  } finally {
    fit(composer);
  }
}

async function onConnection(composer, state) {
  composer.isAway = Boolean(state) && state !== "hide";
  if (state === "hide") {
    tell(composer, "");
    stopWaiting();
    await lookFor(composer);
    save(composer);
  } else if (state) {
    tell(composer, words.away);
  }
}

/** What is to be seen above when somebody begins to write: what colleagues say after that, they may not have read. */
function noteKnown(composer) {
  const isEmpty = composer.box.value === "" && (composer.tray?.isEmpty ?? true);
  composer.known = isEmpty ? null : composer.known ?? Number(composer.root.dataset.known ?? 0);
}

function fit(composer) {
  const { box, root, options } = composer;
  noteKnown(composer);
  const counter = root.querySelector("[data-counter]");
  counter.hidden = box.value.length < options.counterFrom;
  counter.textContent = `${box.value.length.toLocaleString("en")} / ${options.max.toLocaleString("en")}`;
  root.querySelector("[data-preview]").hidden = box.readOnly || !hasLink(box.value);
  const isOver = box.value.length > options.max;
  counter.classList.toggle("over", isOver);
  const limit = isOver ? `Longer than the ${options.max.toLocaleString("en")} characters that WhatsApp takes.` : counter.hidden ? "" : "Near the limit of characters.";
  const said = root.querySelector("[data-limit]");
  if (said.textContent !== limit) {
    said.textContent = limit;
  }
  composer.tray?.retell();
  const isIdle = box.value.trim() === "" && (composer.tray?.isEmpty ?? true) && !composer.recorder?.isOn;
  root.querySelector("[data-record]").hidden = box.readOnly || !isIdle || !canRecord();
  root.querySelector("[data-send]").hidden = box.readOnly || (isIdle && canRecord());
  root.querySelector("[data-later]").hidden = box.readOnly || isIdle || Boolean(composer.recorder?.isOn);
  root.querySelector(".box").classList.toggle("recording", Boolean(composer.recorder?.isOn));
  // Last, because the buttons that come and go beside it change its width.
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
