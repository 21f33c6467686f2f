const shown = new Map();
let audio;

/** Shows notices and takes back settled ones. Somebody who is looking at Weflux needs neither notice nor sound. */
export async function tell({ notices, settled, desktopNotices, sound }) {
  await Promise.all(settled.map(close));
  if (notices.length === 0 || document.hasFocus()) {
    return;
  }
  if (sound) {
    chime();
  }
  if (desktopNotices && globalThis.Notification?.permission === "granted") {
    await Promise.all(notices.map(show));
  }
}

// Phones show notices by the service worker alone; it also knows them after a reload.
const registration = async () => navigator.serviceWorker?.getRegistration();

async function show({ tag, title, body, address }) {
  const options = { tag, body, icon: "/favicon.svg", renotify: true, data: { address } };
  const worker = await registration();
  if (worker?.active) {
    await worker.showNotification(title, options);
    return;
  }
  const notice = new Notification(title, options);
  notice.onclick = () => {
    window.focus();
    Blazor.navigateTo(address);
    notice.close();
  };
  shown.set(tag, notice);
}

async function close(tag) {
  shown.get(tag)?.close();
  shown.delete(tag);
  const worker = await registration();
  for (const notice of await worker?.getNotifications({ tag }) ?? []) {
    notice.close();
  }
}

// Two soft tones, made here: nothing to load.
function chime() {
  audio ??= new AudioContext();
  [[660, 0], [880, 0.12]].forEach(([tone, delay]) => {
    const [wave, volume, start] = [audio.createOscillator(), audio.createGain(), audio.currentTime + delay];
    wave.frequency.value = tone;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
    wave.connect(volume).connect(audio.destination);
    wave.start(start);
    wave.stop(start + 0.3);
  });
}

navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data?.open) {
    Blazor.navigateTo(data.open);
  }
});
