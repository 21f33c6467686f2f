// What is typed and attached, handed over to go out later, and put back when it does not go out after all.

import { tell, words } from "./composer-calls.js";
import { forget, idOf, onInput } from "./composer-draft.js";
import { tooLong, wantsPreview } from "./composer-send.js";

/** Whether nothing is typed, attached or recorded. */
export function isEmpty(composer) {
  return composer !== undefined && composer.box.value.trim() === "" && composer.tray.isEmpty && !composer.recorder;
}

/** What would be sent now, for it to be sent later: words first, unless they go with a file. Empty with the reason shown if it cannot be. */
export function hand(composer) {
  if (!composer || composer.box.readOnly || composer.isSending) {
    return { items: [] };
  }
  const { box, tray, options } = composer;
  const trouble = composer.isSendingFiles ? words.after
    : composer.recorder ? words.laterRecording
    : tray.files.some(file => file.fault) ? words.laterFault
    : tray.files.some(file => file.fileId === null) ? words.laterBusy
    : tooLong(box.value, options);
  tell(composer, trouble);
  if (trouble) {
    return { items: [] };
  }
  const typed = box.value;
  const withText = tray.captionOf(typed);
  const items = typed.trim() !== "" && !withText ? [{ draftId: idOf(composer, typed), text: typed, withPreview: wantsPreview(composer) }] : [];
  for (const file of tray.files) {
    const caption = file === withText ? typed : tray.hasCaption(file) ? file.caption : "";
    items.push({ draftId: file.id, file: { draftId: file.id, fileId: file.fileId, kind: file.kind, caption } });
  }
  composer.handedOver = { typed, withText, files: [...tray.files], items };
  return { items };
}

/** So many of what was handed over wait on the server now. */
export function scheduled(composer, count) {
  if (!composer?.handedOver) {
    return;
  }
  const { typed, withText, files, items } = composer.handedOver;
  const done = items.slice(0, count);
  composer.handedOver = null;
  for (const file of files.filter(file => done.some(item => item.file?.draftId === file.id))) {
    composer.tray.remove(file, true);
  }
  if (typed.trim() !== "" && done.some(item => item.text !== undefined || item.file?.draftId === withText?.id)) {
    composer.handed = null;
    composer.draftId = crypto.randomUUID();
    composer.box.value = composer.box.value.startsWith(typed) ? composer.box.value.slice(typed.length).trimStart() : composer.box.value;
    forget(composer);
  }
  onInput(composer);
  composer.box.focus();
}

/** Words and files that did not go out come back, in front of what was typed since. */
export function putBack(composer, text, files) {
  if (!composer) {
    return;
  }
  const { box, tray } = composer;
  composer.draftId = crypto.randomUUID();
  const early = box.value;
  if (files.length > 0 && early.trim() !== "") {
    files[0].caption = text;
  } else {
    // The server may have made it the draft already.
    box.value = early.trim() === text.trim() ? text : [text, early].filter(part => part).join("\n");
  }
  files.forEach(file => tray.restore(file));
  onInput(composer);
  box.focus();
}
