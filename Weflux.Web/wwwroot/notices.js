// Notices need the browser's leave, and it must be asked for by a click.
const boxes = [...document.querySelectorAll('[data-notices]')];
const hint = document.querySelector('[data-notices-hint]');
const words = hint.querySelector('span');
const button = hint.querySelector('button');

const say = {
  default: 'This browser has not been asked yet.',
  denied: 'This browser blocks notices of Weflux. Allow them in its settings for this site.',
};

function show() {
  const leave = globalThis.Notification?.permission ?? 'denied';
  hint.hidden = !boxes.some(box => box.checked) || leave === 'granted';
  words.textContent = say[leave] ?? '';
  button.hidden = leave !== 'default';
}

async function ask() {
  await globalThis.Notification?.requestPermission();
  show();
}

button.addEventListener('click', ask);
for (const box of boxes) {
  box.addEventListener('change', () => (box.checked ? ask() : show()));
}
show();
