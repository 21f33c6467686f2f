const bells = new WeakMap();
const shown = new Map();
const channel = new BroadcastChannel("weflux-notices");
const patience = 150;
const memory = "weflux-told";
const mostTold = 200;
let audio;
let questions = 0;

// Another tab asks whether somebody looks at Weflux here.
channel.addEventListener("message", ({ data }) => {
  if (data.ask && document.hasFocus()) {
    channel.postMessage({ looking: data.ask });
  }
});

/** Keys of the list: arrows walk, Home and End jump. @returns what the reader's clock looks like */
export function enter(root) {
  const bell = { stop: new AbortController() };
  bells.set(root, bell);
  const { signal } = bell.stop;
  const list = root.querySelector("[popover]");
  list.addEventListener("toggle", ({ newState }) => newState === "open" && (links(list)[0] ?? list.querySelector("h2")).focus(), { signal });
  list.addEventListener("keydown", event => walk(list, event), { signal });
  list.addEventListener("click", ({ target }) => target.closest("a") && list.hidePopover(), { signal });
  root.dataset.ready = "";
  const { timeZone, hourCycle } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  return { zone: timeZone, offsetMinutes: -new Date().getTimezoneOffset(), hasTwelveHours: hourCycle === "h12" || hourCycle === "h11" };
}

export function leave(root) {
  bells.get(root)?.stop.abort();
  bells.delete(root);
}

const links = list => [...list.querySelectorAll("[data-notice]")];

function walk(list, event) {
  const all = links(list);
  const line = event.target.closest("li")?.querySelector("[data-notice]");
  const at = all.indexOf(line);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey || all.length === 0) {
    return;
  }
  event.preventDefault();
  all[Math.min(Math.max(to, 0), all.length - 1)].focus();
}

/**
 * Takes back notices that are settled, or that begin with the prefix and are not open any more, and shows new ones. Who is
 * looking at Weflux in any tab needs neither notice nor sound; of many tabs one tells.
 */
export async function tell({ notices, settled, open, prefix, upTo }) {
  await Promise.all(settled.map(close));
  if (open) {
    await takeBack(prefix, new Set(open), upTo);
  }
  if (notices.length === 0 || await isLookedAt()) {
    return;
  }
  const mine = await claim(notices);
  if (mine.some(n => n.hasSound)) {
    chime();
  }
  if (globalThis.Notification?.permission === "granted") {
    await Promise.all(mine.filter(n => n.isShown).map(show));
  }
}

function isLookedAt() {
  if (document.hasFocus()) {
    return true;
  }
  const ask = `${Date.now()}-${Math.random()}-${questions++}`;
  return new Promise(resolve => {
    const hear = ({ data }) => data.looking === ask && answer(true);
    const answer = isSeen => {
      clearTimeout(timer);
      channel.removeEventListener("message", hear);
      resolve(isSeen);
    };
    const timer = setTimeout(answer, patience, false);
    channel.addEventListener("message", hear);
    channel.postMessage({ ask });
  });
}

/** Of notices that several tabs hear of at once, each is given to one of them. */
function claim(notices) {
  const choose = () => {
    const told = recall();
    const mine = notices.filter(n => n.keys.some(key => !(told[key.tag] >= key.stamp)));
    mine.flatMap(n => n.keys).forEach(key => {
      delete told[key.tag];
      told[key.tag] = key.stamp;
    });
    remember(told);
    return mine;
  };
  return navigator.locks ? navigator.locks.request(memory, choose) : choose();
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(memory)) ?? {};
  } catch {
    // Storage is off or holds something else: then this tab tells.
    return {};
  }
}

function remember(told) {
  try {
    localStorage.setItem(memory, JSON.stringify(Object.fromEntries(Object.entries(told).slice(-mostTold))));
  } catch {
    // Storage is off or full: another tab may tell the same once more.
  }
}

// Phones show notices by the service worker alone; it also knows them after a reload.
const registration = async () => navigator.serviceWorker?.getRegistration();

async function show({ tag, title, body, address, keys, isLoud }) {
  const options = { tag, body, icon: "/favicon.svg", renotify: isLoud, silent: !isLoud, data: { address, keys } };
  if (!isLoud) {
    delete options.renotify;
  }
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

/** What is newer than what this tab has read may be open all the same. */
async function takeBack(prefix, open, upTo) {
  const worker = await registration();
  const all = [...shown.values(), ...await worker?.getNotifications() ?? []];
  for (const notice of all.filter(n => n.tag.startsWith(prefix))) {
    const keys = notice.data?.keys ?? [];
    if (!keys.some(key => open.has(key.tag) || key.stamp > upTo)) {
      notice.close();
      shown.delete(notice.tag);
    }
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
