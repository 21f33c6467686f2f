import { AttachmentTray, listen } from "./AttachmentTray.razor.js";
import { canRecord, VoiceRecorder } from "./VoiceRecorder.razor.js";

const composers = new WeakMap();
const saveAfter = 600;
const typingPause = 20000;
const answerWithin = 15000;

// The server closes a circuit that sends it more than 32 KB at once; a longer text stays in the browser alone.
const mostBytes = 28000;

const words = {
  away: "Not connected. Your text is kept here; nothing was sent. Send it when the connection is back.",
  slow: "No answer yet. Your text is kept. Sending it again is safe: it goes out once.",
  big: "This text is too long to be kept on the server. It stays in this tab only.",
};

export function enter(root, dotnet, options) {
  leave(root);
  const box = root.querySelector("textarea");
  const composer = {
    root, box, dotnet, options,
    draftId: options.draftId, isSending: false, timer: 0, typedAt: 0, stop: new AbortController(), recorder: null,
  };
  composers.set(root, composer);
  composer.tray = new AttachmentTray(root, options, () => fit(composer));

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
  root.addEventListener("keydown", event => (event.key === "Enter" || event.key === " ") && pick(composer, event), { signal });
  listen(root, box, files => attach(composer, files), signal);
  window.addEventListener("offline", () => tell(composer, words.away), { signal });
  window.addEventListener("online", () => tell(composer, ""), { signal });
  document.getElementById("components-reconnect-modal")
    ?.addEventListener("components-reconnect-state-changed", e => onConnection(composer, e.detail?.state), { signal });

  restore(composer);
  if (window.matchMedia("(min-width: 721px)").matches && !box.readOnly) {
    box.focus({ preventScroll: true });
  }
}

export function leave(root) {
  const composer = composers.get(root);
  if (composer) {
    clearTimeout(composer.timer);
    composer.recorder?.leave();
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

async function restore(composer) {
  const { box, options } = composer;
  const kept = read(composer);
  const early = box.value;
  if (early !== "") {
    // Somebody was faster than this script; what was there before goes in front.
    composer.draftId = kept?.draftId ?? composer.draftId;
    box.value = [kept?.text || options.text, early].filter(part => part).join("\n");
    onInput(composer);
    return;
  }
  if (!kept?.text) {
    box.value = options.text;
    forget(composer);
    fit(composer);
    return;
  }
  composer.draftId = kept.draftId;
  box.value = kept.text;
  fit(composer);
  if (await call(composer, "WasSentAsync", kept.draftId).catch(() => false)) {
    // It went out before the answer could come back.
    composer.draftId = options.draftId;
    box.value = box.value === kept.text ? options.text : box.value;
    forget(composer);
    fit(composer);
  } else {
    save(composer);
  }
}

function onKey(composer, event) {
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey && !composing) {
    event.preventDefault();
    send(composer);
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

function onInput(composer) {
  keep(composer);
  fit(composer);
  clearTimeout(composer.timer);
  composer.timer = setTimeout(() => save(composer), saveAfter);
}

function attach(composer, files, kind) {
  if (!composer.box.readOnly) {
    composer.tray.add(files, kind);
    composer.box.focus();
  }
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
  const recorder = new VoiceRecorder(composer.root, () => endRecording(composer));
  composer.recorder = recorder;
  fit(composer);
  const trouble = await recorder.begin();
  tell(composer, trouble);
  if (trouble) {
    endRecording(composer);
  }
}

function endRecording(composer) {
  composer.recorder = null;
  fit(composer);
  composer.box.focus();
}

async function sendRecording(composer) {
  const recorder = composer.recorder;
  try {
    const file = await recorder.take();
    endRecording(composer);
    composer.tray.add([file], "voice");
  } catch (error) {
    endRecording(composer);
    tell(composer, error.message);
    return;
  }
  await send(composer);
}

/** Files go one after the other, so that they arrive in their order. */
async function sendFiles(composer) {
  const { box, tray } = composer;
  const typed = box.value;
  if (typed.trim() !== "" && !tray.captionOf(typed) && !(await sendText(composer))) {
    return;
  }
  const caption = box.value === typed ? typed : "";
  composer.isSending = true;
  tell(composer, "");
  try {
    const goesWith = tray.captionOf(caption);
    await tray.send(caption, async file => {
      const isSent = (await call(composer, "SendFileAsync", file)).isSent;
      if (isSent && goesWith?.id === file.draftId) {
        box.value = box.value.startsWith(caption) ? box.value.slice(caption.length).trimStart() : box.value;
        forget(composer);
        onInput(composer);
      }
      return isSent;
    });
  } catch (error) {
    tell(composer, error === words.slow ? words.slow : words.away);
  } finally {
    composer.isSending = false;
    fit(composer);
  }
}

async function send(composer) {
  const { box } = composer;
  if (composer.isSending || box.readOnly) {
    return;
  }
  if (composer.recorder) {
    await sendRecording(composer);
  } else if (!composer.tray.isEmpty) {
    await sendFiles(composer);
  } else if (box.value.trim() !== "") {
    await sendText(composer);
  }
}

async function sendText(composer) {
  const { box, options } = composer;
  const sent = box.value;
  if (sent.length > options.max) {
    tell(composer, `The message is ${(sent.length - options.max).toLocaleString("en")} characters too long. `
      + `WhatsApp takes ${options.max.toLocaleString("en")}. Shorten it or send it in two parts.`);
    return false;
  }
  composer.isSending = true;
  clearTimeout(composer.timer);
  keep(composer);
  tell(composer, "");
  try {
    const outcome = await call(composer, "SendAsync", sent, composer.draftId, wantsPreview(composer));
    if (outcome.isSent) {
      composer.draftId = outcome.draftId;
      // Whoever types fast has already begun the next message behind this one.
      box.value = box.value.startsWith(sent) ? box.value.slice(sent.length).trimStart() : box.value;
      forget(composer);
      onInput(composer);
    }
    return outcome.isSent;
  } catch (error) {
    tell(composer, error === words.slow ? words.slow : words.away);
    return false;
  } finally {
    composer.isSending = false;
  }
}

async function save(composer) {
  clearTimeout(composer.timer);
  const { box, draftId } = composer;
  const saved = box.value;
  if (composer.isSending || !read(composer)) {
    return;
  }
  if (new Blob([JSON.stringify(saved)]).size > mostBytes) {
    tell(composer, words.big);
    return;
  }
  try {
    if (await call(composer, "SaveAsync", saved, draftId) && box.value === saved && composer.draftId === draftId) {
      forget(composer);
    }
  } catch {
    // The browser keeps its copy; the next save or the next visit brings it.
  }
}

function onConnection(composer, state) {
  if (state === "hide") {
    tell(composer, "");
    save(composer);
  } else if (state) {
    tell(composer, words.away);
  }
}

function call(composer, name, ...args) {
  let timer;
  const slow = new Promise((_, reject) => {
    timer = setTimeout(() => reject(words.slow), answerWithin);
  });
  return Promise.race([composer.dotnet.invokeMethodAsync(name, ...args), slow]).finally(() => clearTimeout(timer));
}

function tell(composer, message) {
  const trouble = composer.root.querySelector("[data-trouble]");
  trouble.textContent = message;
  trouble.hidden = message === "";
}

function wantsPreview(composer) {
  const label = composer.root.querySelector("[data-preview]");
  return hasLink(composer.box.value) && label.querySelector("input").checked;
}

function hasLink(text) {
  return /https?:\/\/\S/i.test(text);
}

function fit(composer) {
  const { box, root, options } = composer;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  const counter = root.querySelector("[data-counter]");
  counter.hidden = box.value.length < options.counterFrom;
  counter.textContent = `${box.value.length.toLocaleString("en")} / ${options.max.toLocaleString("en")}`;
  root.querySelector("[data-preview]").hidden = box.readOnly || !hasLink(box.value);
  counter.classList.toggle("over", box.value.length > options.max);
  composer.tray?.retell();
  const isIdle = box.value.trim() === "" && (composer.tray?.isEmpty ?? true) && !composer.recorder;
  root.querySelector("[data-record]").hidden = box.readOnly || !isIdle || !canRecord();
  root.querySelector("[data-send]").hidden = box.readOnly || (isIdle && canRecord());
  root.querySelector(".box").classList.toggle("recording", Boolean(composer.recorder));
}

// Storage can be full or forbidden; typing goes on without it.
function keep(composer) {
  try {
    sessionStorage.setItem(composer.options.key, JSON.stringify({ text: composer.box.value, draftId: composer.draftId }));
  } catch { }
}

function read(composer) {
  try {
    return JSON.parse(sessionStorage.getItem(composer.options.key));
  } catch {
    return null;
  }
}

function forget(composer) {
  try {
    sessionStorage.removeItem(composer.options.key);
  } catch { }
}
