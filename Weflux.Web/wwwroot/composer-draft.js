// What is typed in the composer: kept in the tab until the server has it, and under one id, so that it goes out once.

import { call, tell, words } from "./composer-calls.js";

const saveAfter = 600;

// The server closes a circuit that sends it more than 32 KB at once; a longer text stays in the browser alone.
const mostBytes = 28000;

export async function restore(composer) {
  const { box, options } = composer;
  const kept = read(composer);
  // Somebody may have been faster than this script; what was there before goes in front.
  const early = box.value;
  composer.draftId = kept?.draftId ?? options.draftId;
  composer.handed = kept?.handed ?? null;
  composer.known = (kept?.text ? kept.known : options.text ? options.known : 0) || null;
  box.value = [kept?.text || options.text, early].filter(part => part).join("\n");
  if (!kept?.text && early === "") {
    forget(composer);
    composer.fit();
    return;
  }
  onInput(composer);
  const { handed } = composer;
  if (await lookFor(composer) && box.value === "" && options.text !== handed.text) {
    box.value = options.text;
    composer.fit();
  }
  await save(composer);
}

/** Whether what was handed over went out before its answer could come back. */
export async function lookFor(composer) {
  const { handed } = composer;
  const wentOut = handed !== null && await call(composer, "WasSentAsync", handed.draftId).catch(() => false) && composer.handed === handed;
  if (wentOut) {
    settle(composer, crypto.randomUUID());
  }
  return wentOut;
}

/** What was handed over went out, later than anybody waited for. Whatever else was typed since stays. */
export function settle(composer, draftId) {
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

export function onInput(composer) {
  composer.fit();
  keep(composer);
  later(composer);
}

// The same words go under the id under which they were handed over, so that they go out once; other words do not.
export function idOf(composer, text) {
  return composer.handed?.text === text ? composer.handed.draftId : composer.draftId;
}

export function later(composer) {
  clearTimeout(composer.timer);
  composer.timer = setTimeout(() => save(composer), saveAfter);
}

export async function save(composer) {
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
    if (await call(composer, "SaveAsync", saved, id, composer.known ?? 0) && box.value === saved && idOf(composer, saved) === id && !composer.handed) {
      forget(composer);
    }
  } catch {
    // The browser keeps its copy; the next save or the next visit brings it.
  }
}

// Storage can be full or forbidden; typing goes on without it, and the server gets the text all the same.
export function keep(composer) {
  const { box, draftId, handed, known, options } = composer;
  composer.isUnsaved = true;
  try {
    sessionStorage.setItem(options.key, JSON.stringify({ text: box.value, draftId, handed, known }));
  } catch {
    // Nothing is kept in this tab then; the next save hands it to the server.
  }
}

function read(composer) {
  try {
    return JSON.parse(sessionStorage.getItem(composer.options.key));
  } catch {
    return null;
  }
}

export function forget(composer) {
  composer.isUnsaved = false;
  try {
    sessionStorage.removeItem(composer.options.key);
  } catch {
    // Where nothing may be stored, nothing was.
  }
}
