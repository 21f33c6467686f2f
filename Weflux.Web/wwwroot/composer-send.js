// How a reply leaves the composer: as a recording, as files one after the other, or as words.

import { call, reason, tell, within, words } from "./composer-calls.js";
import { forget, idOf, keep, later, onInput, settle } from "./composer-draft.js";

export async function send(composer) {
  const { box } = composer;
  if (composer.isSending || box.readOnly) {
    return;
  }
  if (composer.isAway) {
    tell(composer, words.away);
  } else if (composer.isSendingFiles) {
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
    composer.endRecording();
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
      if (composer.stop.signal.aborted) {
        return false;
      }
      const isSent = (await call(composer, "SendFileAsync", { ...file, known: composer.known ?? 0 })).isSent;
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
    composer.fit();
  }
  if (composer.wantsNext) {
    composer.wantsNext = false;
    await send(composer);
  }
}

async function sendText(composer) {
  const { box, options } = composer;
  const sent = box.value;
  const long = tooLong(sent, options);
  if (long) {
    tell(composer, long);
    return false;
  }
  const id = idOf(composer, sent);
  composer.isSending = true;
  clearTimeout(composer.timer);
  composer.handed = { text: sent, draftId: id };
  keep(composer);
  tell(composer, "");
  const answer = composer.dotnet.invokeMethodAsync("SendAsync", sent, id, wantsPreview(composer), composer.known ?? 0);
  try {
    const outcome = await within(answer);
    composer.handed = null;
    if (outcome.isSent) {
      composer.draftId = outcome.draftId;
      composer.known = null;
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

export function tooLong(text, options) {
  return text.length <= options.max ? "" : `The message is ${(text.length - options.max).toLocaleString("en")} characters too long. `
    + `WhatsApp takes ${options.max.toLocaleString("en")}. Shorten it or send it in two parts.`;
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

export function wantsPreview(composer) {
  const label = composer.root.querySelector("[data-preview]");
  return hasLink(composer.box.value) && label.querySelector("input").checked;
}

export function hasLink(text) {
  return /https?:\/\/\S/i.test(text);
}
