/** Puts another icon on the tab. A new element, because browsers do not all notice a changed address. */
export function show(address) {
  const old = document.querySelector('link[rel="icon"]');
  const icon = document.createElement("link");
  icon.rel = "icon";
  icon.type = "image/svg+xml";
  icon.href = address;
  if (old) {
    old.replaceWith(icon);
  } else {
    document.head.append(icon);
  }
}
