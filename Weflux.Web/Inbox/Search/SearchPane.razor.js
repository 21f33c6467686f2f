/**
 * What had the focus may have gone from the page: then it goes on to what stands nearest, and whoever has it elsewhere keeps it.
 * @param place where to look first; the heading comes last
 */
export function keepFocus(root, place) {
  if (!document.activeElement || document.activeElement === document.body) {
    (root.querySelector(place) ?? root.querySelector("h1"))?.focus();
  }
}

export function leave() {
  // Nothing listens.
}
