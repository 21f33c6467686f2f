const seats = new WeakMap();
const boxes = ".composer .box textarea, .note-box textarea";

/**
 * Tells the server whether the page is in front, and whether somebody writes in it: when that changes, and on a slow beat.
 * @param options beat: how often it is told again; pause: how long after the last key somebody still writes, both in milliseconds
 */
export function enter(root, dotnet, options) {
  leave(root);
  const thread = root.closest(".thread");
  const seat = { dotnet, options, box: null, told: "", stop: new AbortController(), beat: 0, pause: 0 };
  seats.set(root, seat);
  const { signal } = seat.stop;
  thread.addEventListener("input", event => event.target.matches(boxes) && write(seat, event.target), { signal });
  // What was sent or saved is gone from the box before anybody types again; a click counts, and so does Enter.
  thread.addEventListener("keyup", event => event.key === "Enter" && tell(seat), { signal });
  document.addEventListener("visibilitychange", () => tell(seat), { signal });
  window.addEventListener("pagehide", () => tell(seat, "nothing"), { signal });
  seat.beat = setInterval(() => document.visibilityState === "visible" && tell(seat, null, true), options.beat);
  tell(seat);
}

export function leave(root) {
  const seat = seats.get(root);
  if (seat) {
    clearInterval(seat.beat);
    clearInterval(seat.pause);
    seat.stop.abort();
    seats.delete(root);
  }
}

function write(seat, box) {
  seat.box = box.value === "" ? null : box;
  seat.until = Date.now() + seat.options.pause;
  if (seat.box && !seat.pause) {
    // Ends by itself: after a pause, or when the box is empty because the text went out.
    seat.pause = setInterval(() => isWriting(seat) || rest(seat), 400);
  }
  tell(seat);
}

function rest(seat) {
  clearInterval(seat.pause);
  seat.pause = 0;
  seat.box = null;
  tell(seat);
}

const isWriting = seat => seat.box !== null && seat.box.isConnected && seat.box.value !== "" && Date.now() < seat.until;

function tell(seat, doing, isBeat) {
  const now = doing ?? (document.visibilityState !== "visible" ? "nothing" : isWriting(seat) ? "writing" : "looking");
  if (now !== seat.told || isBeat) {
    seat.told = now;
    // Away from the server nobody hears it; the beat tells it anew.
    seat.dotnet.invokeMethodAsync("ShowAsync", now).catch(() => { seat.told = ""; });
  }
}
