// WhatsApp shows a voice note only for Opus in an Ogg box, with one channel. Firefox records that; Chromium records the
// same sound in a WebM box; others record something else, which the server turns into it if it can.
const types = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const bitsPerSecond = 32000;
const longest = 15 * 60;

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder && types.some(t => MediaRecorder.isTypeSupported(t)));

const running = new Set();

window.addEventListener("beforeunload", event => running.size > 0 && event.preventDefault());

/** One recording. `onEnd` is called when it is thrown away. */
export class VoiceRecorder {
  /** Whether it records or has recorded; false while the browser asks for the microphone. */
  isOn = false;

  constructor(root, onEnd) {
    this.place = root.querySelector("[data-recorder]");
    this.time = root.querySelector("[data-time]");
    this.wave = root.querySelector("[data-wave]");
    this.listen = root.querySelector("[data-listen]");
    this.stopButton = root.querySelector("[data-stop]");
    this.onEnd = onEnd;
    this.parts = [];
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.stopButton.addEventListener("click", () => this.hear(), { signal });
    root.querySelector("[data-discard]").addEventListener("click", () => this.discard(), { signal });
    this.place.addEventListener("keydown", event => event.key === "Escape" && this.discard(), { signal });
  }

  /** @returns why it did not begin; empty if it did, or if nobody wants it any more. */
  async begin() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
    } catch (error) {
      this.close();
      return error.name === "NotAllowedError"
        ? "This browser does not let Weflux use the microphone. Allow it in the settings of this site."
        : "No microphone was found.";
    }
    if (this.stop.signal.aborted) {
      // The conversation was left while the browser asked.
      await this.finish();
      return "";
    }
    try {
      this.start();
    } catch {
      await this.finish();
      this.close();
      return "This browser could not record. Close other programs that use the microphone and try again.";
    }
    return "";
  }

  start() {
    this.sound = new AudioContext();
    const mono = new MediaStreamAudioDestinationNode(this.sound, { channelCount: 1, channelCountMode: "explicit" });
    const source = this.sound.createMediaStreamSource(this.stream);
    source.connect(mono);
    this.meter = this.sound.createAnalyser();
    source.connect(this.meter);
    this.type = types.find(type => MediaRecorder.isTypeSupported(type));
    this.recorder = new MediaRecorder(mono.stream, { mimeType: this.type, audioBitsPerSecond: bitsPerSecond });
    this.recorder.ondataavailable = event => event.data.size > 0 && this.parts.push(event.data);
    this.recorder.start(500);
    this.startedAt = performance.now();
    this.isOn = true;
    running.add(this);
    this.place.hidden = false;
    this.place.classList.remove("is-stopped");
    this.listen.hidden = true;
    this.wave.hidden = false;
    this.wave.replaceChildren();
    this.stopButton.hidden = false;
    this.timer = setInterval(() => this.tick(), 100);
    this.tick();
    this.stopButton.focus();
  }

  /** Stops, and lets the person hear it before it is sent. */
  async hear() {
    const blob = await this.finish();
    this.url = URL.createObjectURL(blob);
    this.listen.src = this.url;
    this.listen.hidden = false;
    this.wave.hidden = true;
    this.stopButton.hidden = true;
    this.place.classList.add("is-stopped");
    this.listen.focus();
  }

  /** @returns the recording as a file, in the box that WhatsApp wants where this browser can make it. */
  async take() {
    const blob = await this.finish();
    this.close();
    if (!this.type.startsWith("audio/webm")) {
      return new File([blob], this.type.startsWith("audio/ogg") ? "voice.ogg" : "voice.m4a", { type: blob.type.split(";")[0] });
    }
    const { webmToOgg } = await import("../opus-ogg.js");
    return new File([webmToOgg(await blob.arrayBuffer())], "voice.ogg", { type: "audio/ogg" });
  }

  discard() {
    this.finish();
    this.close();
    this.onEnd();
  }

  /** Nobody wants it any more. */
  leave() {
    this.finish();
    this.close();
  }

  async finish() {
    clearInterval(this.timer);
    if (this.recorder?.state === "recording") {
      const stopped = new Promise(resolve => this.recorder.addEventListener("stop", resolve, { once: true }));
      this.recorder.stop();
      await stopped;
    }
    this.stream?.getTracks().forEach(track => track.stop());
    if (this.sound && this.sound.state !== "closed") {
      await this.sound.close();
    }
    return new Blob(this.parts, { type: this.type });
  }

  close() {
    this.isOn = false;
    running.delete(this);
    this.stop.abort();
    this.place.hidden = true;
    this.listen.pause();
    this.listen.removeAttribute("src");
    URL.revokeObjectURL(this.url);
  }

  tick() {
    const seconds = Math.floor((performance.now() - this.startedAt) / 1000);
    this.time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const levels = new Uint8Array(this.meter.fftSize);
    this.meter.getByteTimeDomainData(levels);
    const level = levels.reduce((most, value) => Math.max(most, Math.abs(value - 128)), 0) / 128;
    const bar = document.createElement("i");
    bar.style.height = `${Math.max(3, Math.round(level * 28))}px`;
    this.wave.prepend(bar);
    while (this.wave.childElementCount > 120) {
      this.wave.lastElementChild.remove();
    }
    if (seconds >= longest) {
      this.hear();
    }
  }
}
