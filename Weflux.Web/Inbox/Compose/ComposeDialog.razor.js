/** Puts the cursor where the form begins, unless somebody was faster and writes in it already. */
export function begin() {
  const form = document.querySelector("#compose-form");
  if (form && !form.contains(document.activeElement)) {
    form.querySelector(":is(input, textarea, select)")?.focus();
  }
}
