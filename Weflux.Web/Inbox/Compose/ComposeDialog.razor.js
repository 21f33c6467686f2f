/** Puts the cursor where the form begins. */
export function begin() {
  document.querySelector("#compose-form :is(input, textarea, select)")?.focus();
}
