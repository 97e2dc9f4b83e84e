// What a cell opens: quotation, place and formulas side by side.
let openedBy = null;
let opened = null;

function showIndicators(numbers, office, name) {
  openedBy = document.activeElement;
  opened = () => {
    $('detail-title').replaceChildren(h('small', {}, office), ' ', printed(name));
    $('detail-body').replaceChildren(...numbers.map((number) => indicatorCard(INDICATORS[number])));
  };
  opened();
  $('detail').showModal();
  reachable($('detail-body'));
  $('detail-body').scrollTop = 0;
  $('detail-title').focus();
}

$('detail-close').addEventListener('click', () => $('detail').close());
$('detail').addEventListener('click', (event) => { if (event.target === $('detail')) $('detail').close(); });
$('detail').addEventListener('close', () => {
  opened = null;
  if (openedBy && openedBy.isConnected) openedBy.focus();
});

function verdictChip(mark) {
  return h('span', {class: 'verdict'}, h('span', {class: `sign m-${mark}`, 'aria-hidden': 'true'}, SIGNS[mark]), ' ', word(`mark_${mark}`));
}

function indicatorCard(indicator) {
  const file = DOCUMENTS[indicator.document].name;
  return h('article', {class: 'card'},
    h('div', {class: 'card-head'}, verdictChip(indicator.mark),
      h('span', {class: 'where'}, h('bdi', {}, file), `, ${both(indicator.place)}`)),
    h('blockquote', {lang: 'id'}, indicator.number ? `${indicator.number}. ` : '', pieces(indicator.name)),
    seen(indicator, file),
    h('div', {class: 'compare'},
      h('section', {}, h('h3', {}, word('formula_decree')), decreeFormula(indicator)),
      h('section', {}, h('h3', {}, word('formula_definition')), definitionFormula(indicator))),
    indicator.differences === null ? null : h('p', {class: 'differs'},
      h('strong', {}, `${word('differences')}: `), both(indicator.differences), ' ', h('span', {class: 'hint'}, word('marked_note'))),
    h('dl', {class: 'facts'},
      indicator.canonical === null ? null : fact('definition', pieces(indicator.canonical)),
      fact('basis', both(indicator.basis)),
      fact('objective', indicator.objective === null ? '' : printed(text(indicator.objective))),
      fact('holder', indicator.holder === null ? '' : printed(text(indicator.holder))),
      fact('sources', items(indicator.sources)),
      fact('responsible', items(indicator.responsible)),
      fact('unit', indicator.unit === null ? '' : printed(text(indicator.unit))),
      fact('targets', indicator.targets === null ? '' : printed(text(indicator.targets))),
      fact('explanation', indicator.explanation === null ? '' : printed(text(indicator.explanation))),
      fact('why_linked', indicator.reason === null ? '' : h('span', {lang: 'id'}, text(indicator.reason)))),
    judgements(indicator), concerning(indicator));
}

function decreeFormula(indicator) {
  if (indicator.raw === null) return h('p', {class: 'hint'}, word('no_formula'));
  const typeset = formula(indicator.math);
  return h('div', {}, typeset || h('p', {class: 'hint'}, word('unread_formula')),
    h('p', {class: 'raw'}, `${word('as_printed')}: `, printed(text(indicator.raw))));
}

function definitionFormula(indicator) {
  if (indicator.canonical === null) return h('p', {class: 'hint'}, word('no_definition'));
  return formula(indicator.definitionMath) || h('p', {class: 'hint'}, word('definition_without_formula'));
}

const JUDGED = ['smart_specific', 'smart_measurable', 'smart_achievable', 'smart_relevant', 'smart_timebound',
  'operational_definition', 'data_collection'];

const judged = (value) => word(value === null ? 'unjudged' : value ? 'met' : 'unmet');

function judgements(indicator) {
  return h('details', {}, h('summary', {}, `${word('smart')} – `, JUDGED.slice(0, 5).map((key, place) =>
    h('span', {class: `letter j-${indicator.judged[place][0]}`, title: `${word(key)}: ${judged(indicator.judged[place][0])}`}, 'SMART'[place]))),
  h('dl', {class: 'facts'}, JUDGED.map((key, place) => {
    const [value, reason] = indicator.judged[place];
    return h('div', {}, h('dt', {}, word(key)), h('dd', {}, h('strong', {}, judged(value)), `. ${both(reason)}`));
  })));
}

function concerning(indicator) {
  const found = FINDINGS.filter((finding) => finding.indicator === indicator.at);
  if (!found.length) return null;
  return h('section', {}, h('h3', {}, word('related_findings')),
    h('ul', {class: 'short'}, found.map((finding) => h('li', {}, badge(finding), ' ', codeOf(finding.code), ' ', both(finding.message)))));
}
