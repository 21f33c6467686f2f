import { fitPicture, put } from "../upload.js";

const forms = new WeakMap();
const photo = { max: 5 * 1024 * 1024, types: ["image/jpeg", "image/png"], words: "photos" };

/** Puts places into the text where the cursor is, and files into the store. */
export function enter(root, text, dotnet, address) {
  leave(root);
  const form = { root, dotnet, address, stop: new AbortController(), upload: null };
  forms.set(root, form);
  const { signal } = form.stop;
  root.addEventListener("change", event => {
    if (event.target.matches("[data-pick]") && event.target.files.length > 0) {
      const [picked] = event.target.files;
      event.target.value = "";
      take(form, picked);
    }
  }, { signal });
  text.closest("form").addEventListener("click", event => {
    const place = event.target.closest("[data-place]")?.dataset.place;
    if (place) {
      putInto(text, place);
    }
  }, { signal });
}

export function leave(root) {
  const form = forms.get(root);
  form?.stop.abort();
  form?.upload?.abort();
  forms.delete(root);
}

function putInto(text, place) {
  const from = text.selectionStart;
  text.setRangeText(place, from, text.selectionEnd, "end");
  if (place.startsWith("{{?")) {
    text.setSelectionRange(from + 3, from + place.length - 2);
  }
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

async function take(form, picked) {
  if (!await tell(form, "Begin", picked.name)) {
    return;
  }
  const isPhoto = picked.type.startsWith("image/");
  const source = isPhoto ? await fitPicture(picked, photo) : picked;
  form.upload = put(form.address, isPhoto ? "image" : kindOf(picked), source, source.name, percent => {
    const bar = form.root.querySelector("[data-progress]");
    if (bar) {
      bar.value = percent;
    }
  });
  const { answer, fault } = await form.upload.done;
  form.upload = null;
  await (answer
    ? tell(form, "End", answer.id, answer.kind, answer.fileName ?? source.name, answer.size, answer.mimeType)
    : tell(form, "Fail", source.size === 0 ? "This file is empty." : fault ?? ""));
}

function kindOf({ type }) {
  return /^video\/(mp4|3gpp)$/.test(type) ? "video" : /^audio\/(aac|amr|mpeg|mp4|ogg)$/.test(type) ? "audio" : "document";
}

// Whoever left, or lost the connection, hears nothing; the store sweeps what nobody keeps.
async function tell(form, name, ...args) {
  if (form.stop.signal.aborted) {
    return false;
  }
  try {
    await form.dotnet.invokeMethodAsync(name, ...args);
    return true;
  } catch {
    return false;
  }
}
