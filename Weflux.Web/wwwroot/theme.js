// Loaded before anything is painted, so that no page flashes in the wrong colours. The choice "light" or "dark" stays
// in this browser; without one the page follows the system.
(() => {
  const key = "weflux-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  let listener = null;

  const choice = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const isDark = () => (choice() ?? (system.matches ? "dark" : "light")) === "dark";

  const apply = () => {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    listener?.invokeMethodAsync("ThemeChanged", isDark()).catch(() => { listener = null; });
  };

  const toggle = () => {
    try {
      localStorage.setItem(key, isDark() ? "light" : "dark");
    } catch {
      // Storage is switched off: the page keeps following the system.
    }
    apply();
  };

  window.wefluxTheme = {
    toggle,
    watch(component) {
      listener = component;
      apply();
    },
  };

  apply();

  // A page fetched by the framework replaces the attributes of the document with the server's, which knows no theme.
  new MutationObserver(() => document.documentElement.dataset.theme || apply())
    .observe(document.documentElement, { attributeFilter: ["data-theme"] });
  system.addEventListener("change", apply);
  addEventListener("storage", (event) => event.key === key && apply());
  addEventListener("click", (event) => event.target.closest?.("[data-theme-toggle]") && toggle());
})();
