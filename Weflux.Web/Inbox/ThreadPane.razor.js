const threads = new WeakMap();
const nearEnd = 80;

/** Reports what is in view, asks for older messages, and follows quotes. */
export function watch(root, dotnet) {
  leave(root);
  const scroller = root.querySelector("[data-scroll]");
  const call = (name, ...args) => dotnet.invokeMethodAsync(name, ...args).catch(() => false);
  const thread = { scroller, stop: new AbortController(), last: "", failures: 0 };

  const report = () => {
    const visible = document.visibilityState === "visible";
    const atEnd = Math.abs(scroller.scrollTop) < nearEnd;
    if (thread.last !== `${visible}${atEnd}`) {
      thread.last = `${visible}${atEnd}`;
      call("ViewChangedAsync", visible, atEnd);
    }
  };

  const onKey = event => {
    // Escape closes what it is pressed in: a menu, a dialog, a recording. Only elsewhere it drops the quote.
    const isElsewhere = !event.target.closest("[role=menu], [role=dialog], [role=alertdialog], .panel, [aria-expanded=true], [data-recorder], dialog");
    const drop = event.key === "Escape" && isElsewhere && root.querySelector("[data-drop-quote]");
    if (drop && !event.defaultPrevented && !event.isComposing) {
      drop.click();
    }
  };

  const onClick = async event => {
    if (event.target.closest("[data-to-end]")) {
      toEnd(root);
    }
    if (event.target.closest("[data-newer]")) {
      // What is read on comes below; what is on the screen stays where it is.
      const last = [...scroller.querySelectorAll("[data-message-id]")].at(-1);
      const top = last?.getBoundingClientRect().top;
      await call("NewerWishedAsync");
      requestAnimationFrame(() => {
        if (last) {
          scroller.scrollTop += last.getBoundingClientRect().top - top;
        }
        // At the end the button is gone, and the focus with it.
        if (document.activeElement === document.body) {
          scroller.focus({ preventScroll: true });
        }
      });
    }
    const jump = event.target.closest("[data-jump-to]");
    if (jump) {
      const id = jump.dataset.jumpTo;
      if (find(scroller, id) || await call("SeekAsync", id)) {
        requestAnimationFrame(() => show(find(scroller, id)));
      }
    }
  };

  const { signal } = thread.stop;
  scroller.addEventListener("scroll", report, { passive: true, signal });
  document.addEventListener("visibilitychange", report, { signal });
  root.addEventListener("click", onClick, { signal });
  root.addEventListener("keydown", onKey, { signal });

  const sentinel = root.querySelector("[data-sentinel]");
  thread.observer = new IntersectionObserver(async entries => {
    if (entries.some(e => e.isIntersecting)) {
      const wasRead = await dotnet.invokeMethodAsync("OlderInViewAsync").then(() => true, () => false);
      thread.failures = wasRead ? 0 : thread.failures + 1;
      // A sentinel that stays in view is not reported again by itself. What failed is tried again, later and later.
      setTimeout(() => requestAnimationFrame(() => {
        if (thread.stop.signal.aborted) {
          return;
        }
        // At the beginning it stays observed: back at the newest, there are older ones again.
        if (root.querySelector("[data-has-older]")) {
          thread.observer.unobserve(sentinel);
          thread.observer.observe(sentinel);
        }
      }), Math.min(thread.failures * 5000, 60000));
    }
  }, { root: scroller, rootMargin: "600px 0px" });
  thread.observer.observe(sentinel);

  threads.set(root, thread);
  report();
}

export function toEnd(root) {
  const thread = threads.get(root);
  if (thread) {
    thread.scroller.scrollTop = 0;
    // The button that led here may be gone, and the focus with it.
    if (document.activeElement === document.body) {
      thread.scroller.focus({ preventScroll: true });
    }
  }
}

/** Scrolls to a message or a note and marks it, until something else is. */
export function reveal(root, kind, id) {
  root.querySelectorAll("[data-place]").forEach(element => element.removeAttribute("data-place"));
  const place = root.querySelector(`[data-${kind}-id="${id}"]`);
  if (place) {
    place.dataset.place = "";
    show(place);
  }
}

export function toComposer(root) {
  root.querySelector(".composer textarea")?.focus();
}

export function leave(root) {
  const thread = threads.get(root);
  if (thread) {
    thread.stop.abort();
    thread.observer.disconnect();
    threads.delete(root);
  }
}

function find(scroller, id) {
  return [...scroller.querySelectorAll("[data-wamid]")].find(e => e.dataset.wamid === id);
}

function show(bubble) {
  if (bubble) {
    bubble.scrollIntoView({ block: "center" });
    bubble.focus({ preventScroll: true });
    bubble.classList.remove("found");
    void bubble.offsetWidth;
    bubble.classList.add("found");
    bubble.addEventListener("animationend", () => bubble.classList.remove("found"), { once: true });
  }
}
