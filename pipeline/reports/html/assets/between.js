// Comparisons between kecamatan: which of them are listed.
const COMPARED = [...document.querySelectorAll('.compared')].map((box) => ({
  box,
  name: box.querySelector('summary bdi').textContent.toLowerCase(),
  varied: box.dataset.varied !== '0',
}));

function filterCompared() {
  if (!$('comparison-filters')) return;
  const row = $('comparison-row').value.trim().toLowerCase();
  let shown = 0;
  for (const one of COMPARED) {
    one.box.hidden = !one.name.includes(row) || ($('comparison-varied').checked && !one.varied);
    shown += one.box.hidden ? 0 : 1;
  }
  $('comparison-count').textContent = word('compared_shown', {shown, all: COMPARED.length});
}

/** A decree's functions of the Camat against the tasks by law; what deviates is marked. */
function taskTable(one) {
  if (!one.tasks.length) return null;
  const heads = ['task', 'verdict', 'function'];
  const marks = {stated: 'equivalent', deviating: 'differs', missing: 'absent'};
  const signs = {stated: '✓', deviating: '≠', missing: '∅'};
  return h('table', {class: 'plain tasks'}, h('caption', {}, word('tasks_title'), ' ', h('bdi', {class: 'hint'}, one.name)),
    h('thead', {}, h('tr', {}, heads.map((key) => h('th', {scope: 'col'}, word(key))))),
    h('tbody', {}, one.tasks.map(([item, task, state, printedAs]) => h('tr', {},
      h('th', {scope: 'row'}, h('span', {class: 'code'}, `${item}. `), both(task)),
      h('td', {}, h('span', {class: 'verdict'}, h('span', {class: `sign m-${marks[state]}`, 'aria-hidden': 'true'}, signs[state]), ' ', word(`task_${state}`))),
      h('td', {}, printedAs === null ? '–' : printed(text(printedAs)))))));
}
