// Language, events, and the first look.
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = word('title');
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === chosen));
  }
  fillFilters();
  filterMatrix();
  filterFindings();
  filterCompared();
  const made = $('sheets').firstElementChild;
  if (made) openSheet(Number(made.dataset.office));
  if (opened) opened();
}

document.documentElement.classList.add('scripted');
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => speak(button.dataset.language));
}
for (const id of ['matrix-row', 'matrix-column']) $(id)?.addEventListener('input', settled(filterMatrix));
for (const id of ['matrix-group', 'matrix-troubled']) $(id)?.addEventListener('change', filterMatrix);
$('matrix-filters')?.addEventListener('submit', (event) => event.preventDefault());
$('filters').addEventListener('submit', (event) => event.preventDefault());
$('filters').addEventListener('change', filterFindings);
$('filters').addEventListener('reset', () => setTimeout(filterFindings));
$('by-text').addEventListener('input', settled(filterFindings));
$('findings-more').addEventListener('click', () => {
  const first = listMore();
  first.tabIndex = -1;
  first.focus();
});
$('comparison-row')?.addEventListener('input', settled(filterCompared));
$('comparison-varied')?.addEventListener('change', filterCompared);
$('comparison-filters')?.addEventListener('submit', (event) => event.preventDefault());
speak('id');
reachable(document);
