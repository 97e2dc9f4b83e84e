// A sheet per kecamatan, made when it is asked for, and what is printed.
function sheet(office) {
  const all = DOCUMENTS.filter((one) => one.office === office.at);
  const documents = all.filter((one) => !one.print);
  const prints = all.filter((one) => one.print).map((one) => one.name).join(', ');
  const own = new Set(documents.map((one) => one.at));
  const indicators = INDICATORS.filter((one) => own.has(one.document));
  const findings = FINDINGS.filter((one) => one.office === office.at && one.waived === null);
  const shared = FINDINGS.filter((one) => one.others.includes(office.at) && one.waived === null);
  return h('article', {class: 'sheet', 'data-office': office.at, tabindex: '-1', 'aria-labelledby': `sheet-${office.at}`},
    h('h3', {id: `sheet-${office.at}`}, word(office.named ? 'sheet_title' : 'sheet_title_file', {name: office.name})),
    h('p', {class: 'under'}, office.regency === null ? word('no_regency') : printed(office.regency)),
    h('h4', {}, word('sheet_documents')), documents.map(documentFacts),
    prints ? h('p', {class: 'under'}, `${word('other_prints')}: `, h('bdi', {}, prints)) : null,
    h('h4', {}, word('sheet_indicators')), indicators.length ? indicatorTable(indicators) : h('p', {}, word('no_indicators')),
    documents.map(taskTable),
    h('h4', {}, word('sheet_findings')),
    findings.length ? bySeverity(findings).map((finding) => findingCard(finding, false)) : h('p', {}, word('no_findings')),
    shared.length ? [h('h4', {}, word('sheet_shared')), bySeverity(shared).map((finding) => sharedLine(finding, own))] : []);
}

const bySeverity = (findings) => [...findings].sort((one, other) => one.severity - other.severity || one.at - other.at);

function documentFacts(one) {
  return h('dl', {class: 'facts document'},
    fact('file', h('bdi', {}, one.name), ` (${one.kind})`),
    fact('number', one.number === null ? '' : printed(one.number)),
    fact('date', both(one.date)),
    fact('period', one.period),
    fact('signatory', one.signatory === null ? '' : printed(one.signatory)),
    one.scores.map(([question, , , , , band, sentence]) => h('div', {}, h('dt', {}, question),
      h('dd', {}, band === null ? '' : h('span', {class: `band b-${band}`}, band), ' ', both(sentence)))));
}

function indicatorTable(indicators) {
  const heads = ['indicator', 'verdict', 'formula_decree', 'sources', 'responsible'];
  return h('table', {class: 'plain'}, h('caption', {class: 'vh'}, word('sheet_indicators')),
    h('thead', {}, h('tr', {}, heads.map((key) => h('th', {scope: 'col'}, word(key))))),
    h('tbody', {}, indicators.map((one) => h('tr', {},
      h('th', {scope: 'row'}, one.number ? `${one.number}. ` : '', pieces(one.name)),
      h('td', {}, verdictChip(one.mark)),
      h('td', {}, formula(one.math) || (one.raw === null ? '–' : printed(text(one.raw)))),
      h('td', {}, items(one.sources)), h('td', {}, items(one.responsible))))));
}

function sharedLine(finding, own) {
  const here = finding.related.filter(([number]) => own.has(number));
  return h('article', {class: `finding short of-${severityOf(finding)}`},
    h('div', {class: 'finding-head'}, badge(finding), h('h5', {}, codeOf(finding.code), ' ', both(finding.title))),
    h('p', {}, both(finding.message)),
    here.filter(([, quote]) => quote !== null).map(([, quote, place]) =>
      h('p', {class: 'where'}, `${word('stated_here')} (${both(place)}): `, printed(`“${text(quote)}”`))),
    h('p', {}, h('strong', {}, `${word('recommendation')}: `), both(finding.recommendation)));
}

function openSheet(number) {
  const made = sheet(OFFICES[number]);
  $('sheets').replaceChildren(made);
  reachable(made);
  return made;
}

$('offices').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if ('open' in button.dataset) {
    const made = openSheet(Number(button.dataset.open));
    made.scrollIntoView();
    made.focus({preventScroll: true});
    say(word('opened', {name: OFFICES[Number(button.dataset.open)].name}));
  } else if ('print' in button.dataset) {
    openSheet(Number(button.dataset.print));
    document.body.classList.add('one');
    window.print();
  }
});

// Before the whole is printed: every sheet, and the wide matrices cut into tables that fit on paper.
const MOST_COLUMNS = 22;
let before = null;
let closed = [];

function matrixParts(grid) {
  const parts = [];
  for (let start = 0; start < grid.heads.length; start += MOST_COLUMNS) {
    const copied = grid.table.cloneNode(false);
    copied.removeAttribute('role');
    copied.classList.add('part');
    const head = h('tr', {}, grid.table.tHead.rows[0].cells[0].cloneNode(true),
      grid.heads.slice(start, start + MOST_COLUMNS).map((cell) => cell.cloneNode(true)));
    const body = grid.lines.filter((line) => !line.row.hidden).map((line) => h('tr', {}, line.row.cells[0].cloneNode(true),
      line.cells.slice(start, start + MOST_COLUMNS).map((cell) => cell.cloneNode(true))));
    copied.append(h('thead', {}, head), h('tbody', {}, body));
    parts.push(copied);
  }
  return parts;
}

window.addEventListener('beforeprint', () => {
  if (document.body.classList.contains('one') || before) return;
  before = [...$('sheets').children];
  $('sheets').replaceChildren(...OFFICES.map(sheet));
  closed = [...document.querySelectorAll('#comparison details:not([open])')];
  for (const one of closed) one.open = true;
  for (const grid of GRIDS) {
    grid.wasHidden = grid.box.hidden;
    grid.box.hidden = false;
    if (grid.heads.length > MOST_COLUMNS) grid.box.append(...matrixParts(grid));
  }
});

window.addEventListener('afterprint', () => {
  document.body.classList.remove('one');
  if (!before) return;
  $('sheets').replaceChildren(...before);
  before = null;
  for (const one of closed) one.open = false;
  for (const grid of GRIDS) {
    grid.box.hidden = grid.wasHidden;
    grid.box.querySelectorAll('.part').forEach((part) => part.remove());
  }
});
