// How files go into the store, wherever they are picked.

const mega = 1024 * 1024;

// The file itself is of no use: too large, or not what WhatsApp takes.
const refused = new Set([413, 422]);

/**
 * Uploads a file.
 * @param address where to
 * @param kind as what it will be sent
 * @param source the file
 * @param name what it is called
 * @param onProgress called with the per cent that are there
 * @returns abort, and a promise of the answer, of the sentence that says why there is none and whether that is for good, or of
 * neither if it was aborted
 */
export function put(address, kind, source, name, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise(resolve => {
    request.upload.onprogress = event => event.lengthComputable && onProgress(Math.round(event.loaded / event.total * 100));
    request.onload = () => {
      const answer = read(request.responseText);
      resolve(request.status === 201 && answer?.id
        ? { answer, fault: "" }
        : { answer: null, fault: answer?.detail ?? answer?.title ?? "The file could not be stored. Try again.", isFinal: refused.has(request.status) });
    };
    request.onerror = () => resolve({ answer: null, fault: "Not connected. The file is kept here; try again when the connection is back." });
    request.onabort = () => resolve({ answer: null, fault: null });
  });
  const body = new FormData();
  body.append("kind", kind);
  body.append("file", source, name);
  request.open("POST", address);
  request.setRequestHeader("RequestVerificationToken", antiforgery());
  request.send(body);
  return { done, abort: () => request.abort() };
}

/** What is wrong with a file before it is uploaded; empty if nothing is. */
export function tooBig(source, limit) {
  return source.size > limit.max
    ? `Too big: WhatsApp takes ${limit.words} of at most ${size(limit.max)}. This one has ${size(source.size)}.`
    : "";
}

/** A picture as WhatsApp takes it: drawn anew if it is of another type or too big, else as it is. */
export async function fitPicture(source, limit) {
  return limit.types.includes(source.type) && source.size <= limit.max ? source : await draw(source, limit.max) ?? source;
}

export const antiforgery = () => document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "";

export function size(bytes) {
  return bytes < mega / 10 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / mega).toFixed(bytes < 10 * mega ? 1 : 0)} MB`;
}

// WhatsApp makes pictures smaller as well. A picture that moves loses its movement, so it stays what it is.
async function draw(source, most) {
  if (["image/gif", "image/svg+xml"].includes(source.type)) {
    return null;
  }
  const picture = await createImageBitmap(source, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) {
    return null;
  }
  for (const [side, quality] of [[4096, 0.9], [2560, 0.85], [1600, 0.8]]) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), {
      width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)),
    });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(resolve => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size <= most) {
      return new File([blob], source.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    }
  }
  return null;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
