// The page before may have been read to its end.
export function begin() {
  document.querySelector('.wf-main')?.scrollTo(0, 0);
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
