// One page, one person: what they do anywhere on it counts.
let stop = null;
let isUsed = true;

/** Tells when nobody has touched the page for that long, and when somebody does again. Nothing is sent in between. */
export function watch(dotnet, idleAfter) {
  leave();
  stop = new AbortController();
  const { signal } = stop;
  let last = Date.now();
  isUsed = true;
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

/** For a server that was out of reach while it was told. */
export function isInUse() {
  return isUsed;
}

export function leave() {
  stop?.abort();
  stop = null;
}
