// Browsers keep the clipboard to themselves on plain http; selecting the text is what is left then.
export async function copy(id) {
  const field = document.getElementById(id);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
