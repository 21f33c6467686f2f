// Recovery codes are copied or saved without leaving the browser.
const place = document.querySelector('[data-codes]');
const codes = [...document.querySelectorAll('.own-codes code')].map(code => code.textContent).join('\n');
const copy = place.querySelector('[data-copy]');

copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(codes);
  copy.textContent = 'Copied';
});
place.querySelector('[data-save]').addEventListener('click', () => {
  const address = URL.createObjectURL(new Blob([`Weflux recovery codes\n\n${codes}\n`], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: address, download: 'weflux-recovery-codes.txt' }).click();
  URL.revokeObjectURL(address);
});
copy.hidden = !navigator.clipboard;
place.hidden = false;
