// One page, one person: what they do anywhere on it counts.
let stop = null;

/** Tells when nobody has touched the page for that long, and when somebody does again. Nothing is sent in between. */
export function watch(dotnet, idleAfter) {
  leave();
  stop = new AbortController();
  const { signal } = stop;
  let last = Date.now();
  let isUsed = true;
  let timer = 0;

  const tell = now => {
    if (isUsed !== now) {
      isUsed = now;
      dotnet.invokeMethodAsync("Use", now).catch(() => { });
    }
  };

  // A timer of a hidden page may come late, or after the machine slept: it looks at the clock.
  const look = () => {
    const left = last + idleAfter - Date.now();
    if (left <= 0) {
      tell(false);
    } else {
      timer = setTimeout(look, left);
    }
  };

  const touch = () => {
    last = Date.now();
    if (!isUsed) {
      tell(true);
      look();
    }
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"]) {
    addEventListener(kind, touch, { passive: true, capture: true, signal });
  }
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && touch(), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  timer = setTimeout(look, idleAfter);
}

export function leave() {
  stop?.abort();
  stop = null;
}
