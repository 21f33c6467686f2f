const floors = new WeakMap();
const kind = "application/x-weflux-conversation";

/** Lets cards be dragged onto people. The server hears only of the drop; each card has a menu that does the same. */
export function watch(root, dotnet) {
  leave(root);
  const stop = new AbortController();
  floors.set(root, stop);
  const { signal } = stop;
  let card = null;
  let over = null;

  const mark = place => {
    if (over !== place) {
      over?.removeAttribute("data-over");
      over = place;
      over?.setAttribute("data-over", "");
    }
  };

  const end = () => {
    card?.removeAttribute("data-dragged");
    root.removeAttribute("data-dragging");
    card = null;
    mark(null);
  };

  /** Where it may be dropped: not where it is already. */
  const placeOf = event => {
    const place = event.target.closest?.("[data-drop]");
    return card && place && place.dataset.drop !== card.dataset.holder ? place : null;
  };

  root.addEventListener("dragstart", event => {
    end();
    card = event.target.closest?.("[data-card]") ?? null;
    if (card) {
      event.dataTransfer.setData(kind, card.dataset.card);
      event.dataTransfer.effectAllowed = "move";
      card.setAttribute("data-dragged", "");
      root.setAttribute("data-dragging", "");
    }
  }, { signal });
  root.addEventListener("dragover", event => {
    const place = placeOf(event);
    mark(place);
    if (place) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    }
  }, { signal });
  root.addEventListener("drop", event => {
    const place = placeOf(event);
    if (place) {
      event.preventDefault();
      dotnet.invokeMethodAsync("DropAsync", Number(card.dataset.card), Number(place.dataset.drop)).catch(() => { });
    }
    end();
  }, { signal });
  root.addEventListener("dragleave", event => root.contains(event.relatedTarget) || mark(null), { signal });
  document.addEventListener("dragend", end, { signal });
  // A card that went from the board while it was dragged tells no end; but no pointer moves without a button while one drags.
  document.addEventListener("pointermove", event => card && event.buttons === 0 && end(), { signal });
  // On a phone one comes from the menu at one's picture, which stays open by itself.
  document.querySelector(".topbar-menu:popover-open")?.hidePopover();
  root.dataset.ready = "";
}

export function leave(root) {
  floors.get(root)?.abort();
  floors.delete(root);
}
