// The shape of voice notes, drawn from the sound itself. Decoding is work, so it is done for what somebody sees, one at
// a time, and once: a long thread costs nothing until it is looked at.

const bars = 48;
const width = 192;
const height = 32;
const mostBytes = 3 * 1024 * 1024;
const mostSeconds = 20 * 60;
const mostKept = 200;
const rate = 8000;

// By address; an empty list is a sound that has no shape to draw.
const shapes = new Map();
let busy = Promise.resolve();

export class Waves {
  constructor() {
    this.seen = new WeakSet();
    this.stopped = new AbortController();
    this.eyes = new IntersectionObserver(entries => {
      for (const entry of entries.filter(e => e.isIntersecting)) {
        this.eyes.unobserve(entry.target);
        this.draw(entry.target);
      }
    });
  }

  /** Draws the player's wave when it comes into sight. */
  watch(player) {
    if (player.dataset.voice !== undefined && !this.seen.has(player)) {
      this.seen.add(player);
      this.eyes.observe(player);
    }
  }

  stop() {
    this.stopped.abort();
    this.eyes.disconnect();
  }

  draw(player) {
    const address = player.querySelector("audio").getAttribute("src");
    busy = busy.then(async () => {
      if (!player.isConnected || this.stopped.signal.aborted) {
        return;
      }
      const shape = shapes.get(address) ?? await this.read(address, player.querySelector("audio"));
      if (shape === null) {
        return;
      }
      keep(address, shape);
      if (shape.length > 0 && player.isConnected) {
        paint(player, shape);
      }
    });
  }

  /** The loudness of each part of a sound from 0 to 1; empty if it cannot be decoded, null if that is not certain. */
  async read(address, sound) {
    if (sound.duration > mostSeconds) {
      return [];
    }
    let bytes;
    try {
      const answer = await fetch(address, { signal: this.stopped.signal });
      if (!answer.ok || Number(answer.headers.get("Content-Length") ?? 0) > mostBytes) {
        await answer.body?.cancel();
        return answer.ok ? [] : null;
      }
      bytes = await answer.arrayBuffer();
    } catch {
      return null;
    }
    try {
      // Decoded at the rate of a telephone: a shape needs no more.
      const decoded = await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes);
      return loudness(decoded.getChannelData(0));
    } catch {
      return [];
    }
  }
}

export function loudness(samples) {
  const size = Math.floor(samples.length / bars);
  if (size === 0) {
    return [];
  }
  const parts = Array.from({ length: bars }, (_, i) => {
    let sum = 0;
    for (let at = i * size; at < (i + 1) * size; at++) {
      sum += samples[at] * samples[at];
    }
    return Math.sqrt(sum / size);
  });
  const loudest = Math.max(...parts);
  return parts.map(part => loudest > 0 ? part / loudest : 0);
}

function keep(address, shape) {
  shapes.delete(address);
  shapes.set(address, shape);
  if (shapes.size > mostKept) {
    shapes.delete(shapes.keys().next().value);
  }
}

function paint(player, shape) {
  const step = width / bars;
  const line = shape.map((part, i) => {
    const half = Math.max(1, part * (height / 2 - 2));
    return `M${(i + 0.5) * step} ${(height / 2 - half).toFixed(1)}V${(height / 2 + half).toFixed(1)}`;
  }).join("");
  player.querySelectorAll("[data-bars]").forEach(path => path.setAttribute("d", line));
  player.classList.add("waved");
}
