// Proposes an address for the organisation and says while one types whether it can be had.
const organisation = document.getElementById('organisation');
const slug = document.getElementById('slug');
const words = document.getElementById('slug-fault');
const pause = 250;
document.querySelector('[data-time-zone]').value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
let isOwn = slug.value !== '';
let last = 0;
let waiting;

async function ask(query) {
  const mine = ++last;
  const answer = await fetch(`${slug.dataset.address}?${new URLSearchParams(query)}`).catch(() => null);
  if (!answer?.ok || mine !== last) {
    return;
  }
  const said = await answer.json();
  if (!isOwn && said.slug) {
    slug.value = said.slug;
  }
  words.textContent = said.words;
  words.dataset.state = said.isFree ? 'good' : 'bad';
  slug.setAttribute('aria-invalid', said.isFree ? 'false' : 'true');
}

function later(query) {
  clearTimeout(waiting);
  waiting = setTimeout(() => ask(query), pause);
}

organisation.addEventListener('input', () => {
  if (!isOwn && organisation.value.trim()) {
    later({ name: organisation.value });
  }
});
slug.addEventListener('input', () => {
  isOwn = slug.value !== '';
  later(isOwn ? { slug: slug.value } : { name: organisation.value });
});
