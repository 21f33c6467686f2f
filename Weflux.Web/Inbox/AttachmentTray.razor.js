import { antiforgery, fitPicture, put, size, tooBig } from "../upload.js";

// Files outlive the composer that they were added in: whoever looks into another conversation finds them again.
const shelves = new Map();

// Where somebody left after Send and before all files were sent.
const leftEarly = new Set();
const longestCaption = 1024;
const captioned = new Set(["image", "video", "document"]);

window.addEventListener("beforeunload", event => {
  if ([...shelves.values()].some(files => files.length > 0)) {
    event.preventDefault();
  }
});

/**
 * The files of one composer.
 * @param root the composer
 * @param options key of the conversation, address to upload to, limits by kind
 * @param onChange called when files came, went or changed
 */
export class AttachmentTray {
  constructor(root, options, onChange) {
    this.root = root;
    this.options = options;
    this.onChange = onChange;
    this.tray = root.querySelector("[data-tray]");
    this.list = root.querySelector("[data-files]");
    this.words = root.querySelector("[data-goes-with]");
    const template = root.querySelector("[data-card]");
    this.template = template.content.querySelector("li") ?? template.querySelector("li");
    this.files = shelves.get(options.key) ?? [];
    shelves.set(options.key, this.files);
    /** Whether these files were to be sent when the composer was left. */
    this.wasLeft = leftEarly.delete(options.key) && this.files.length > 0;
    this.files.forEach(file => this.draw(file));
    this.changed();
  }

  leave(isSending) {
    if (isSending) {
      leftEarly.add(this.options.key);
    }
  }

  /** What is said of a file that is uploaded. */
  get readyWords() {
    return "is ready to be sent.";
  }

  get isEmpty() {
    return this.files.length === 0;
  }

  /** The file that what is typed goes with; null if it goes by itself. */
  captionOf(text) {
    return text.trim() !== "" && text.length <= longestCaption ? this.files.find(file => captioned.has(file.kind)) ?? null : null;
  }

  /** Adds files in their order, each in the way that its kind asks for, or all in the way that the person asked for. */
  add(files, wanted) {
    for (const source of files) {
      const file = {
        id: crypto.randomUUID(), source, name: source.name || "file", kind: wanted ?? this.kindOf(source), caption: "",
        fileId: null, fault: "", progress: 0, request: null, card: null, url: "", uploaded: null,
      };
      this.files.push(file);
      this.draw(file);
      this.begin(file);
    }
    this.changed();
  }

  /** Whether the file can have words of its own. */
  hasCaption(file) {
    return captioned.has(file.kind);
  }

  /** A file that is on the server already, because its message did not go out. */
  restore({ fileId, kind, name, size: bytes, type, caption = "" }) {
    const file = {
      id: crypto.randomUUID(), source: { size: bytes, type, name }, name, kind, caption, fileId,
      fault: "", progress: 100, request: null, card: null, url: `${this.options.address}/${fileId}`, uploaded: Promise.resolve(),
    };
    this.files.push(file);
    this.draw(file);
    this.changed();
  }

  remove(file, isSent = false) {
    file.request?.abort();
    if (file.fileId && !isSent) {
      const headers = { RequestVerificationToken: antiforgery() };
      // One that stays is swept after a day.
      fetch(`${this.options.address}/${file.fileId}`, { method: "DELETE", headers, keepalive: true }).catch(() => {});
    }
    file.card?.remove();
    URL.revokeObjectURL(file.url);
    const at = this.files.indexOf(file);
    if (at >= 0) {
      this.files.splice(at, 1);
    }
    this.changed();
  }

  /**
   * Sends all in their order, each with a caption of its own. What is taken away meanwhile is passed over; what cannot
   * be sent holds up those behind it, so that the order is kept.
   * @param text what is typed
   * @param send called with each file once it is uploaded, and whether the text goes with it; answers whether it was sent
   * @returns what is left of the text, and what was not sent in a sentence, empty if all were
   */
  async send(text, send) {
    let left = text.trim() === "" ? "" : text;
    for (const file of [...this.files]) {
      await file.uploaded;
      if (!this.files.includes(file)) {
        continue;
      }
      if (file.fault) {
        return { text: left, trouble: this.notSent(file) };
      }
      const takesText = file === this.captionOf(left);
      const caption = takesText ? left : captioned.has(file.kind) ? file.caption : "";
      if (!(await this.hand(file, () => send({ draftId: file.id, fileId: file.fileId, kind: file.kind, caption }, takesText)))) {
        return { text: left, trouble: this.notSent(file) };
      }
      left = takesText ? "" : left;
      this.remove(file, true);
    }
    return { text: left, trouble: "" };
  }

  /** A file that is on its way cannot be taken back. */
  async hand(file, send) {
    const remove = file.card.querySelector("[data-remove]");
    remove.disabled = true;
    try {
      return await send();
    } finally {
      remove.disabled = false;
    }
  }

  notSent(file) {
    const behind = this.files.length - 1 - this.files.indexOf(file);
    return `${file.name} was not sent${behind === 0 ? "" : behind === 1 ? ", nor the file behind it" : `, nor the ${behind} files behind it`}. `
      + (file.fault === "" ? "It is kept here." : file.isOfNoUse ? "Remove it, then send." : "Try it again or remove it, then send.");
  }

  kindOf(source) {
    const type = source.type.split(";")[0];
    if (type.startsWith("image/")) {
      // What WhatsApp does not take as a picture is drawn anew.
      return "image";
    }
    const kind = Object.entries(this.options.limits)
      .find(([name, limit]) => name !== "document" && name !== "sticker" && name !== "voice" && limit.types.includes(type));
    return kind?.[0] ?? "document";
  }

  begin(file) {
    file.fault = "";
    file.uploaded = this.start(file);
    this.show(file);
  }

  async start(file) {
    const limit = this.options.limits[file.kind];
    if (file.kind === "image") {
      file.source = await fitPicture(file.source, limit);
    }
    file.fault = tooBig(file.source, limit);
    if (file.source.size === 0) {
      file.fault = "This file is empty.";
    }
    file.isOfNoUse = file.fault !== "";
    if (!file.isOfNoUse && this.files.includes(file)) {
      await this.upload(file);
    }
    this.show(file);
    this.changed();
  }

  async upload(file) {
    file.progress = 0;
    file.request = put(this.options.address, file.kind, file.source, file.name, percent => {
      file.progress = percent;
      this.show(file);
    });
    const { answer, fault, isFinal } = await file.request.done;
    if (fault === null) {
      return;
    }
    file.request = null;
    file.fault = fault;
    file.isOfNoUse = Boolean(isFinal);
    if (answer) {
      file.note = file.kind === "voice" && answer.kind === "audio"
        ? "goes as an audio file: neither this browser nor the server can make a voice note of it" : "";
      file.fileId = answer.id;
      file.kind = answer.kind ?? file.kind;
    }
  }

  draw(file) {
    const card = this.template.cloneNode(true);
    file.card = card;
    card.querySelector("[data-name]").textContent = file.name;
    card.querySelector("[data-name]").title = file.name;
    const remove = card.querySelector("[data-remove]");
    remove.setAttribute("aria-label", `Remove ${file.name}`);
    remove.addEventListener("click", () => {
      const trouble = this.root.querySelector("[data-trouble]");
      if (trouble.textContent.startsWith(`${file.name} was not sent`)) {
        trouble.textContent = "";
        trouble.hidden = true;
      }
      this.remove(file);
      this.root.querySelector("textarea").focus();
    });
    card.querySelector("[data-again]").addEventListener("click", () => this.begin(file));
    const caption = card.querySelector("[data-caption]");
    caption.value = file.caption;
    caption.setAttribute("aria-label", `Caption of ${file.name}`);
    caption.addEventListener("input", () => {
      file.caption = caption.value;
    });
    if (/^(image|video)\//.test(file.source.type)) {
      file.url ||= URL.createObjectURL(file.source);
      const picture = document.createElement(file.source.type.startsWith("image/") ? "img" : "video");
      picture.src = file.url;
      picture.muted = true;
      picture.alt = "";
      card.querySelector("[data-picture]").replaceChildren(picture);
    }
    this.list.append(card);
    this.show(file);
  }

  show(file) {
    const { card } = file;
    const status = card.querySelector("[data-status]");
    card.classList.toggle("failed", file.fault !== "");
    const isUploading = file.fault === "" && file.fileId === null;
    status.textContent = file.fault || (isUploading ? `${size(file.source.size)} · ${file.progress} %` : `${size(file.source.size)} · ${file.note || "ready"}`);
    this.announce(file, file.fault ? `${file.name}: ${file.fault}` : isUploading ? `${file.name} is being uploaded.` : `${file.name} ${this.readyWords}`);
    const bar = card.querySelector("[data-progress]");
    bar.hidden = file.fault !== "" || file.fileId !== null;
    bar.value = file.progress;
    bar.setAttribute("aria-label", `Uploading ${file.name}`);
    card.querySelector("[data-again]").hidden = file.fault === "" || file.isOfNoUse;
  }

  /** Beginning, end and failure are told; each percent would drown everything else. */
  announce(file, words) {
    if (file.told !== words) {
      file.told = words;
      this.root.querySelector("[data-told]").textContent = words;
    }
  }

  changed() {
    this.tray.hidden = this.isEmpty;
    this.retell();
    this.onChange();
  }

  /** Says what the typed words go with, and gives a caption field to the other files. */
  retell() {
    const text = this.root.querySelector("textarea").value;
    const withText = this.captionOf(text);
    const isShut = this.root.querySelector("textarea").readOnly;
    this.words.hidden = this.isEmpty || (text.trim() === "" && !isShut);
    this.words.textContent = isShut ? "Kept here. They can be sent when you can write again." : withText ? `Your text goes with ${withText.name}.` : "Your text goes first, as a message of its own.";
    for (const file of this.files) {
      file.card.querySelector("[data-caption]").hidden = !captioned.has(file.kind) || file === withText || file.fault !== "";
    }
  }
}

/** Lets files be dropped on an element and pasted into the text. */
export function listen(root, box, onFiles, signal) {
  const zone = root.closest(".column") ?? root;
  const drop = root.querySelector("[data-drop]");
  let depth = 0;
  // Behind the place for notes, the one for replies takes nothing: what is meant for the team must not go to the customer.
  const hasFiles = event => box.offsetParent !== null && [...event.dataTransfer?.types ?? []].includes("Files");
  const mark = by => {
    depth = Math.max(0, depth + by);
    drop.hidden = depth === 0;
  };
  zone.addEventListener("dragenter", event => {
    if (hasFiles(event)) {
      event.preventDefault();
      mark(1);
    }
  }, { signal });
  zone.addEventListener("dragleave", event => hasFiles(event) && mark(-1), { signal });
  zone.addEventListener("dragover", event => hasFiles(event) && event.preventDefault(), { signal });
  zone.addEventListener("drop", event => {
    if (hasFiles(event)) {
      event.preventDefault();
      depth = 0;
      drop.hidden = true;
      onFiles([...event.dataTransfer.files]);
    }
  }, { signal });
  box.addEventListener("paste", event => {
    const files = [...event.clipboardData?.files ?? []];
    // A table from an office program comes as words and as a picture of them: then the words are meant.
    if (files.length > 0 && !event.clipboardData.getData("text/plain")) {
      event.preventDefault();
      onFiles(files);
    }
  }, { signal });
}
