import { fitPicture, put, tooBig } from "../upload.js";

const fields = new WeakMap();

/**
 * Takes the file of one place of a template: picked or dropped.
 * @param root the field
 * @param dotnet the component
 * @param options address to upload to, kind, and its limit
 */
export function enter(root, dotnet, options) {
  const stop = new AbortController();
  const field = { root, dotnet, options, stop, upload: null };
  fields.set(root, field);
  const { signal } = stop;
  const hasFiles = event => [...event.dataTransfer?.types ?? []].includes("Files");
  root.addEventListener("change", event => {
    if (event.target.matches("[data-pick]") && event.target.files.length > 0) {
      take(field, event.target.files[0]);
    }
  }, { signal });
  root.addEventListener("click", event => {
    if (event.target.closest("[data-cancel]")) {
      field.upload?.abort();
    }
  }, { signal });
  root.addEventListener("dragover", event => {
    if (hasFiles(event)) {
      event.preventDefault();
      root.classList.add("over");
    }
  }, { signal });
  root.addEventListener("dragleave", () => root.classList.remove("over"), { signal });
  root.addEventListener("drop", event => {
    root.classList.remove("over");
    if (hasFiles(event)) {
      event.preventDefault();
      // The thread behind takes files as well.
      event.stopPropagation();
      take(field, event.dataTransfer.files[0]);
    }
  }, { signal });
}

export function leave(root) {
  const field = fields.get(root);
  if (field) {
    field.stop.abort();
    field.upload?.abort();
    fields.delete(root);
  }
}

async function take(field, picked) {
  const { options, root } = field;
  field.upload?.abort();
  const source = options.kind === "image" && picked.type.startsWith("image/") ? await fitPicture(picked, options.limit) : picked;
  const fault = source.size === 0 ? "This file is empty." : tooBig(source, options.limit);
  if (fault) {
    await tell(field, "FailAsync", fault);
    return;
  }
  if (!await tell(field, "BeginAsync", source.name)) {
    return;
  }
  const upload = put(options.address, options.kind, source, source.name, percent => {
    const bar = root.querySelector("[data-progress]");
    if (bar) {
      bar.value = percent;
    }
  });
  field.upload = upload;
  const { answer, fault: refusal } = await upload.done;
  if (field.upload === upload) {
    field.upload = null;
    await (answer ? tell(field, "EndAsync", answer.id, answer.fileName ?? source.name, source.size) : tell(field, "FailAsync", refusal));
  }
}

// Whoever left, or lost the connection, hears nothing; the store sweeps what was not sent.
async function tell(field, name, ...args) {
  if (field.stop.signal.aborted) {
    return false;
  }
  try {
    await field.dotnet.invokeMethodAsync(name, ...args);
    return true;
  } catch {
    return false;
  }
}
