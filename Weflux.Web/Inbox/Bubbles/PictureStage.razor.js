import { Waves } from "../../voice-wave.js";

const stages = new WeakMap();
const speeds = [1, 1.5, 2];
const step = 5;

// Where each key leads to, in seconds.
const steps = {
  ArrowLeft: sound => sound.currentTime - step,
  ArrowDown: sound => sound.currentTime - step,
  ArrowRight: sound => sound.currentTime + step,
  ArrowUp: sound => sound.currentTime + step,
  PageDown: sound => sound.currentTime - sound.duration / 10,
  PageUp: sound => sound.currentTime + sound.duration / 10,
  Home: () => 0,
  End: sound => sound.duration,
};

/** Opens photos and moves the sound players of the thread that the stage stands in. */
export function watch(root) {
  leave(root);
  const thread = root.closest("section");
  const dialog = root.querySelector("[data-stage]");
  const stop = new AbortController();
  const { signal } = stop;
  const waves = new Waves();
  stages.set(root, { stop, dialog, waves });

  thread.addEventListener("click", event => {
    const opener = event.target.closest("[data-open-picture]");
    if (opener) {
      open(dialog, opener);
      return;
    }
    const player = event.target.closest("[data-player]");
    if (event.target.closest("[data-play]")) {
      toggle(thread, player);
    } else if (event.target.closest("[data-speed]")) {
      hasten(player);
    }
  }, { signal });

  dialog.addEventListener("click", event => {
    if (event.target === dialog || event.target.closest("[data-close]") || event.target.matches("[data-big]")) {
      dialog.close();
    }
  }, { signal });
  dialog.addEventListener("close", () => {
    const picture = dialog.querySelector("[data-big]");
    picture.removeAttribute("src");
    dialog.opener?.focus({ preventScroll: true });
  }, { signal });

  // Media events do not bubble, but they can be caught on their way down.
  for (const name of ["timeupdate", "loadedmetadata", "durationchange", "play", "pause", "ended"]) {
    thread.addEventListener(name, event => {
      const player = event.target.closest?.("[data-player]");
      if (player) {
        waves.watch(player);
        draw(player);
      }
    }, { capture: true, signal });
  }
  thread.addEventListener("error", event => {
    if (event.target.matches?.("[data-player] audio, [data-film] video")) {
      giveUpOn(event.target);
    }
  }, { capture: true, signal });
  thread.addEventListener("loadedmetadata", event => {
    if (event.target.matches?.("[data-film] video")) {
      lookAt(event.target);
    }
  }, { capture: true, signal });
  thread.addEventListener("input", event => {
    if (event.target.matches("[data-seek]")) {
      const sound = soundOf(event.target.closest("[data-player]"));
      if (isFinite(sound.duration)) {
        sound.currentTime = sound.duration * event.target.value / 1000;
      }
    }
  }, { signal });
  thread.addEventListener("keydown", event => {
    if (!event.target.matches("[data-seek]")) {
      return;
    }
    const player = event.target.closest("[data-player]");
    const sound = soundOf(player);
    if (event.key === " ") {
      event.preventDefault();
      toggle(thread, player);
    } else if (isFinite(sound.duration) && steps[event.key]) {
      event.preventDefault();
      sound.currentTime = Math.max(0, Math.min(sound.duration, steps[event.key](sound)));
      draw(player);
    }
  }, { signal });

  // What was loaded before anybody listened.
  thread.querySelectorAll("[data-player]").forEach(player => {
    waves.watch(player);
    draw(player);
  });
  thread.querySelectorAll("[data-player] audio, [data-film] video").forEach(lookAt);
}

/** A sound or film that the browser cannot play makes room for a sentence and the way to save it. */
function giveUpOn(medium) {
  const player = medium.closest("[data-player]");
  (player ?? medium).hidden = true;
  (player?.parentElement ?? medium.parentElement).querySelector("[data-silent]").hidden = false;
}

/** What failed before anybody listened; and films whose pictures the browser cannot decode, which would stay black. */
function lookAt(medium) {
  const isBlack = medium.matches("video") && medium.readyState >= HTMLMediaElement.HAVE_METADATA && medium.videoWidth === 0;
  if (medium.error || medium.networkState === HTMLMediaElement.NETWORK_NO_SOURCE || isBlack) {
    giveUpOn(medium);
  }
}

export function leave(root) {
  const stage = stages.get(root);
  if (stage) {
    stage.stop.abort();
    stage.waves.stop();
    if (stage.dialog.open) {
      stage.dialog.close();
    }
    stages.delete(root);
  }
}

const soundOf = player => player.querySelector("audio");

function open(dialog, opener) {
  const picture = dialog.querySelector("[data-big]");
  dialog.opener = opener;
  dialog.classList.add("loading");
  dialog.querySelector("[data-loading]").textContent = "Loading …";
  picture.onload = () => dialog.classList.remove("loading");
  picture.onerror = () => { dialog.querySelector("[data-loading]").textContent = "The photo could not be loaded."; };
  picture.alt = opener.getAttribute("aria-label").replace(/^Open the photo:? ?/, "") || "Photo";
  picture.src = opener.dataset.openPicture;
  dialog.querySelector("[data-save]").href = `${opener.dataset.openPicture}?download=true`;
  dialog.showModal();
  dialog.querySelector("[data-close]").focus();
}

function toggle(thread, player) {
  const sound = soundOf(player);
  if (!sound.paused) {
    sound.pause();
    return;
  }
  for (const other of thread.querySelectorAll("[data-player] audio")) {
    if (other !== sound) {
      other.pause();
    }
  }
  // A sound that cannot be played says so by its error event.
  sound.play().catch(() => draw(player));
}

function hasten(player) {
  const sound = soundOf(player);
  sound.playbackRate = speeds[(speeds.indexOf(sound.playbackRate) + 1) % speeds.length];
  const button = player.querySelector("[data-speed]");
  button.textContent = `${sound.playbackRate}×`;
  button.setAttribute("aria-label", `Speed ${sound.playbackRate}×`);
}

function draw(player) {
  const sound = soundOf(player);
  const known = isFinite(sound.duration) && sound.duration > 0;
  const isUntouched = sound.paused && sound.currentTime === 0;
  player.classList.toggle("playing", !sound.paused);
  const button = player.querySelector("[data-play]");
  const name = player.getAttribute("aria-label").toLowerCase();
  button.setAttribute("aria-label", sound.paused ? `Play ${name}` : `Pause ${name}`);
  const seek = player.querySelector("[data-seek]");
  seek.value = known ? Math.round(1000 * sound.currentTime / sound.duration) : 0;
  player.style.setProperty("--played", `${seek.value / 10}%`);
  seek.setAttribute("aria-valuetext", known ? `${clock(sound.currentTime)} of ${clock(sound.duration)}` : clock(sound.currentTime));
  player.querySelector("[data-time]").textContent = clock(isUntouched && known ? sound.duration : sound.currentTime);
}

function clock(seconds) {
  const whole = Math.floor(seconds || 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
