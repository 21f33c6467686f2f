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
  fault: "Weflux could not do this. Your text is kept. Try again.",
  after: "This goes out after the files.",
  asking: "The browser asks whether Weflux may use the microphone. Answer it first.",
  late: "What you sent before went out after all. What you typed since is kept.",
  recorded: "The recording is kept here with your files.",
  big: "This text is too long to be kept on the server. It stays in this tab only.",
};

export function enter(root, dotnet, options) {
  leave(root);
  const box = root.querySelector("textarea");
  const composer = {
    root, box, dotnet, options,
    draftId: options.draftId, handed: null, isSending: false, isSendingFiles: false, wantsNext: false, isUnsaved: false,
    timer: 0, typedAt: 0, stop: new AbortController(), recorder: null, isAway: false,
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
  composer.shutting = new MutationObserver(() => onShut(composer));
  composer.shutting.observe(box, { attributeFilter: ["readonly"] });
  document.getElementById("components-reconnect-modal")
    ?.addEventListener("components-reconnect-state-changed", e => onConnection(composer, e.detail?.state), { signal });

  composer.restored = restore(composer);
  if (window.matchMedia("(min-width: 721px)").matches && !box.readOnly) {
    box.focus({ preventScroll: true });
  }
}

export function leave(root) {
  const composer = composers.get(root);
  if (composer) {
    clearTimeout(composer.timer);
    keepRecording(composer);
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

async function restore(composer) {
  const { box, options } = composer;
  const kept = read(composer);
  // Somebody may have been faster than this script; what was there before goes in front.
  const early = box.value;
  composer.draftId = kept?.draftId ?? options.draftId;
  composer.handed = kept?.handed ?? null;
  box.value = [kept?.text || options.text, early].filter(part => part).join("\n");
  if (!kept?.text && early === "") {
    forget(composer);
    fit(composer);
    return;
  }
  onInput(composer);
  const { handed } = composer;
  if (handed && await call(composer, "WasSentAsync", handed.draftId).catch(() => false) && composer.handed === handed) {
    // It went out before the answer could come back.
    settle(composer, crypto.randomUUID());
    if (box.value === "" && options.text !== handed.text) {
      box.value = options.text;
      fit(composer);
    }
  }
  await save(composer);
}

/** What was handed over went out, later than anybody waited for. Whatever else was typed since stays. */
function settle(composer, draftId) {
  const { box, handed } = composer;
  composer.handed = null;
  composer.draftId = draftId;
  if (box.value === handed.text) {
    box.value = "";
    tell(composer, "");
  } else {
    tell(composer, words.late);
  }
  forget(composer);
  onInput(composer);
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
  later(composer);
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
  const recorder = new VoiceRecorder(composer.root, () => endRecording(composer));
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

async function sendRecording(composer) {
  const recorder = composer.recorder;
  composer.recorder = null;
  composer.isSending = true;
  try {
    composer.tray.add([await recorder.take()], "voice");
  } catch (error) {
    tell(composer, error.message);
    return;
  } finally {
    composer.isSending = false;
    endRecording(composer);
  }
  await send(composer);
}

/** Files go one after the other, so that they arrive in their order. What is typed meanwhile can be sent behind them. */
async function sendFiles(composer) {
  const { box, tray } = composer;
  const typed = box.value;
  if (typed.trim() !== "" && !tray.captionOf(typed) && !(await sendText(composer))) {
    return;
  }
  const caption = box.value === typed ? typed : "";
  composer.isSendingFiles = true;
  tell(composer, "");
  try {
    const rest = await tray.send(caption, async (file, tookText) => {
      const isSent = (await call(composer, "SendFileAsync", file)).isSent;
      if (isSent && tookText) {
        box.value = box.value.startsWith(caption) ? box.value.slice(caption.length).trimStart() : box.value;
        forget(composer);
        onInput(composer);
      }
      return isSent;
    });
    tell(composer, rest.trouble);
    // The file that the words were for was taken away meanwhile: they go by themselves.
    composer.wantsNext = rest.trouble === "" && (composer.wantsNext || rest.text !== "");
  } catch (error) {
    composer.wantsNext = false;
    tell(composer, reason(composer, error));
  } finally {
    composer.isSendingFiles = false;
    fit(composer);
  }
  if (composer.wantsNext) {
    composer.wantsNext = false;
    await send(composer);
  }
}

async function send(composer) {
  const { box } = composer;
  if (composer.isSending || box.readOnly) {
    return;
  }
  if (composer.isSendingFiles) {
    composer.wantsNext = true;
    tell(composer, words.after);
  } else if (composer.recorder?.isOn) {
    await sendRecording(composer);
  } else if (composer.recorder) {
    tell(composer, words.asking);
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
  const id = idOf(composer, sent);
  composer.isSending = true;
  clearTimeout(composer.timer);
  composer.handed = { text: sent, draftId: id };
  keep(composer);
  tell(composer, "");
  const answer = composer.dotnet.invokeMethodAsync("SendAsync", sent, id, wantsPreview(composer));
  try {
    const outcome = await within(answer);
    composer.handed = null;
    if (outcome.isSent) {
      composer.draftId = outcome.draftId;
      // Whoever types fast has already begun the next message behind this one.
      box.value = box.value.startsWith(sent) ? box.value.slice(sent.length).trimStart() : box.value;
      forget(composer);
      onInput(composer);
    }
    return outcome.isSent;
  } catch (error) {
    // Whether it went out is not known: what is written from here on is another message.
    composer.draftId = crypto.randomUUID();
    keep(composer);
    tell(composer, reason(composer, error));
    if (error === words.slow) {
      answer.then(late => adopt(composer, id, late), () => { });
    }
    return false;
  } finally {
    composer.isSending = false;
    later(composer);
  }
}

/** The answer came after all. */
function adopt(composer, id, late) {
  if (composer.handed?.draftId !== id || composer.stop.signal.aborted) {
    return;
  }
  if (late.isSent) {
    settle(composer, late.draftId);
  } else {
    composer.handed = null;
    tell(composer, "");
    keep(composer);
  }
}

// The same words go under the id under which they were handed over, so that they go out once; other words do not.
function idOf(composer, text) {
  return composer.handed?.text === text ? composer.handed.draftId : composer.draftId;
}

function later(composer) {
  clearTimeout(composer.timer);
  composer.timer = setTimeout(() => save(composer), saveAfter);
}

async function save(composer) {
  clearTimeout(composer.timer);
  const { box } = composer;
  const saved = box.value;
  const id = idOf(composer, saved);
  if (composer.isSending || !composer.isUnsaved || composer.stop.signal.aborted) {
    return;
  }
  if (new Blob([JSON.stringify(saved)]).size > mostBytes) {
    tell(composer, words.big);
    return;
  }
  try {
    if (await call(composer, "SaveAsync", saved, id) && box.value === saved && idOf(composer, saved) === id && !composer.handed) {
      forget(composer);
    }
  } catch {
    // The browser keeps its copy; the next save or the next visit brings it.
  }
}

function onConnection(composer, state) {
  composer.isAway = Boolean(state) && state !== "hide";
  if (state === "hide") {
    tell(composer, "");
    save(composer);
  } else if (state) {
    tell(composer, words.away);
  }
}

function call(composer, name, ...args) {
  return within(composer.dotnet.invokeMethodAsync(name, ...args));
}

function within(answer) {
  let timer;
  const slow = new Promise((_, reject) => {
    timer = setTimeout(() => reject(words.slow), answerWithin);
  });
  return Promise.race([answer, slow]).finally(() => clearTimeout(timer));
}

/** Why a call failed: no answer, no connection, or a fault of the server, which another try may pass. */
function reason(composer, error) {
  if (error === words.slow) {
    return words.slow;
  }
  const said = error?.message ?? "";
  const isAway = composer.isAway || !navigator.onLine || (!/exception invoking/i.test(said) && /connect|cancel/i.test(said));
  return isAway ? words.away : words.fault;
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
  root.querySelector(".box").classList.toggle("recording", Boolean(composer.recorder?.isOn));
}

// Storage can be full or forbidden; typing goes on without it, and the server gets the text all the same.
function keep(composer) {
  const { box, draftId, handed, options } = composer;
  composer.isUnsaved = true;
  try {
    sessionStorage.setItem(options.key, JSON.stringify({ text: box.value, draftId, handed }));
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
  composer.isUnsaved = false;
  try {
    sessionStorage.removeItem(composer.options.key);
  } catch { }
}
