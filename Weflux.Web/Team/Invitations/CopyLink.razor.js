// The text is selected either way: where the clipboard is refused, the keys of the system still copy it.
export async function copy(box) {
  box.focus();
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    return false;
  }
}
