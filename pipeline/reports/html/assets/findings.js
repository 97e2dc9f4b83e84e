// The findings: filters, cards, and their text for a report.
const STEP = 40;
let matching = [];
let listed = 0;

const severityOf = (finding) => DATA.severities[finding.severity];

function badge(finding) {
  const severity = severityOf(finding);
  return h('span', {class: `badge of-${severity}`}, h('span', {'aria-hidden': 'true'}, {error: '■', warning: '▲', info: '●'}[severity]), ` ${word(`severity_${severity}`)}`);
}

const haystack = (finding) => [finding.code, both(finding.title), both(finding.message), text(finding.quote), both(finding.recommendation)]
  .join(' ').toLowerCase();

function matches() {
  const [office, family, cause] = ['by-office', 'by-family', 'by-cause'].map((id) => $(id).value);
  const severities = new Set([...document.querySelectorAll('#filters [name=severity]:checked')].map((box) => Number(box.value)));
  const words = $('by-text').value.toLowerCase().split(/\s+/).filter(Boolean);
  const accepted = $('by-accepted').checked;
  return FINDINGS.filter((finding) => severities.has(finding.severity)
    && (accepted || finding.waived === null)
    && (office === '' || finding.office === Number(office) || finding.others.includes(Number(office)))
    && (family === '' || finding.code[0] === family)
    && (cause === '' || finding.cause === cause)
    && (!words.length || words.every((one) => haystack(finding).includes(one))))
    .sort((one, other) => one.severity - other.severity || one.at - other.at);
}

function filterFindings() {
  matching = matches();
  listed = 0;
  $('finding-list').replaceChildren();
  const all = FINDINGS.length;
  $('findings-count').textContent = all ? word('showing', {shown: matching.length, all}) : word('no_findings');
  listMore();
}

function listMore() {
  const next = matching.slice(listed, listed + STEP);
  const first = next.map((finding) => findingCard(finding, true));
  $('finding-list').append(...first);
  listed += next.length;
  const left = matching.length - listed;
  $('findings-more').hidden = left === 0;
  $('findings-more').textContent = word('more', {count: Math.min(STEP, left)});
  return first[0];
}

function placeLine(finding) {
  const office = OFFICES[finding.office];
  const file = DOCUMENTS[finding.document].name;
  return h('p', {class: 'where'}, h('strong', {}, printed(office.name)), ' · ', h('bdi', {}, file), `, ${both(finding.place)}`);
}

function findingCard(finding, withButtons) {
  const shown = withButtons ? h('div', {class: 'view'}) : null;
  return h('article', {class: `finding of-${severityOf(finding)}${finding.waived === null ? '' : ' accepted'}`},
    h('div', {class: 'finding-head'}, badge(finding), h('h3', {}, codeOf(finding.code), ' ', both(finding.title))),
    placeLine(finding),
    finding.waived === null ? null : h('p', {class: 'notice'}, both(finding.waived)),
    h('dl', {class: 'facts'},
      fact('condition', both(finding.message)),
      fact('quote', finding.quote === null ? '' : [printed('“'), pieces(finding.quoted), printed('”')]),
      variants(finding),
      fact('criterion', both(finding.expected)),
      fact('cause', known('cause', finding.cause)),
      fact('recommendation', both(finding.recommendation)),
      fact('basis', finding.basis.map((one) => h('span', {class: 'item'}, both(one))))),
    withButtons ? h('div', {class: 'buttons'}, copyButton(finding), placeButton(finding, shown)) : null,
    shown);
}

function variants(finding) {
  if (!finding.variants.length) return null;
  const names = (offices) => offices.map((office) => OFFICES[office].name).join(', ');
  return fact('versions', h('ol', {class: 'versions'}, finding.variants.map(([number, offices]) =>
    h('li', {}, number === null ? word('nothing') : printed(text(number)), h('small', {}, ' — ', printed(names(offices)))))));
}

function copyButton(finding) {
  return h('button', {type: 'button', class: 'small', on: {click: () => copy(reportText(finding))}}, word('copy'));
}

function placeButton(finding, box) {
  const button = h('button', {type: 'button', class: 'small quiet', 'aria-expanded': 'false'}, word('show_place'));
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!open));
    box.replaceChildren(...(open ? [] : [seen(finding, DOCUMENTS[finding.document].name)]));
  });
  return button;
}

/** A finding as it goes into a report. */
function reportText(finding) {
  const file = DOCUMENTS[finding.document].name;
  const quote = finding.quote === null ? '' : ` (“${text(finding.quote)}”, ${file}, ${both(finding.place)})`;
  return [
    `${OFFICES[finding.office].name} – ${both(finding.title)} [${finding.code}, ${word(`severity_${severityOf(finding)}`)}]`,
    `${word('condition')}: ${both(finding.message)}${quote}`,
    `${word('criterion')}: ${both(finding.expected)}`,
    `${word('cause')}: ${known('cause', finding.cause)}`,
    `${word('recommendation')}: ${both(finding.recommendation)}`,
    `${word('basis')}: ${finding.basis.map(both).join('; ')}`,
  ].join('\n');
}

async function copy(value) {
  try {
    await navigator.clipboard.writeText(value);
    say(word('copied'));
  } catch {
    say(word(copiedByHand(value) ? 'copied' : 'copy_failed'));
  }
}

/** For browsers that give a file on a disk no clipboard. */
function copiedByHand(value) {
  const before = document.activeElement;
  const field = h('textarea', {class: 'vh', 'aria-hidden': 'true'});
  field.value = value;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  before.focus();
  return done;
}

function fillFilters() {
  const choices = {
    'by-office': OFFICES.map((office) => [office.at, office.name]),
    'by-family': DATA.families.map((family) => [family, `${family} – ${word(`family_${family}`)}`]),
    'by-cause': ['decree_fault', 'uncertain', 'ocr_artefact'].map((cause) => [cause, word(`cause_${cause}`)]),
  };
  for (const [id, options] of Object.entries(choices)) {
    const chosen = $(id).value;
    $(id).replaceChildren(h('option', {value: ''}, word('filter_all')), ...options.map(([value, name]) => h('option', {value}, name)));
    $(id).value = chosen;
  }
}
