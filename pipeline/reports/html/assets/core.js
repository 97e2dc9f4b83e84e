'use strict';
// What every part of the page shares. Nothing here or elsewhere takes markup from data: elements are made one by
// one, and texts are put in as texts.
const DATA = JSON.parse(document.getElementById('data').textContent);
let language = 'id';

const $ = (id) => document.getElementById(id);
const side = () => (language === 'en' ? 1 : 0);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
const word = (key, values = {}) => filled(DATA.labels[key][side()], values);
const known = (prefix, value) => (`${prefix}_${value}` in DATA.labels ? word(`${prefix}_${value}`) : value);
const text = (number) => (number === null ? '' : DATA.texts[number]);
const both = (number) => (number === null ? '' : DATA.texts[DATA.pairs[number][side()]]);

/** The rows of a table as objects; `at` is a row's place. */
function rows({keys, rows}) {
  return rows.map((values, at) => {
    const made = {at};
    keys.forEach((key, place) => { made[key] = values[place]; });
    return made;
  });
}

const OFFICES = rows(DATA.offices);
const DOCUMENTS = rows(DATA.documents);
const INDICATORS = rows(DATA.indicators);
const FINDINGS = rows(DATA.findings);
const SIGNS = {equivalent: '✓', differs: '≠', absent: '∅', unreadable: '?', unlinked: '•', none: '–'};

/** An element with attributes and children; children are elements or texts. */
function h(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'on') {
      for (const [event, action] of Object.entries(value)) made.addEventListener(event, action);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

/** What a decree prints: in Indonesian whatever the page speaks, and kept to itself where it runs right to left. */
const printed = (value, attributes = {}) => h('bdi', {lang: 'id', ...attributes}, value);

/** A text in pieces, those marked that differ. */
const pieces = (list) => printed(list.map(([number, differs]) => (differs ? h('mark', {}, text(number)) : text(number))));

/** A typeset formula, or null. */
function formula(number) {
  if (number === null) return null;
  const held = $('formulas').content.getElementById(`f${number}`);
  return h('div', {class: 'formula', lang: 'id'}, held.firstElementChild.cloneNode(true));
}

/** Where something stands: the strip of the page, or the lines of the text, or that there is none. */
function seen(one, name) {
  const place = `${name}, ${both(one.place)}`;
  if (one.crop !== null) {
    const label = word('picture_of', {place});
    const image = h('img', {src: `data:image/webp;base64,${DATA.crops[one.crop]}`, alt: label, decoding: 'async'});
    return h('figure', {class: 'crop'}, h('div', {class: 'paper'}, image, boxes(one.boxes)), h('figcaption', {}, label));
  }
  if (one.lines !== null) {
    return h('figure', {class: 'crop'}, h('pre', {lang: 'id', tabindex: '0'}, text(one.lines)),
      h('figcaption', {}, word('text_of', {place})));
  }
  return h('p', {class: 'hint'}, `${place}. ${word('no_picture')}`);
}

/** The marked boxes over a strip, as parts of its size. */
function boxes(list) {
  const space = 'http://www.w3.org/2000/svg';
  const drawn = document.createElementNS(space, 'svg');
  drawn.setAttribute('aria-hidden', 'true');
  for (const [x, y, width, height] of list || []) {
    const box = document.createElementNS(space, 'rect');
    const sizes = {x: x - 0.004, y: y - 0.02, width: width + 0.008, height: height + 0.04};
    for (const [key, value] of Object.entries(sizes)) box.setAttribute(key, `${(value * 100).toFixed(2)}%`);
    drawn.append(box);
  }
  return drawn;
}

/** A term and what belongs to it; nothing where that is empty. */
function fact(key, ...values) {
  const held = values.flat(Infinity).filter((value) => value !== null && value !== '');
  return held.length ? h('div', {}, h('dt', {}, word(key)), h('dd', {}, held)) : null;
}

/** Printed items, one below the other. */
const items = (numbers) => numbers.map((number) => h('span', {class: 'item'}, printed(text(number))));

/** Let the keyboard reach what is too wide and scrolls sideways. */
function reachable(box) {
  for (const one of box.querySelectorAll('.formula')) if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
}

/** Tell those who listen. */
function say(message) {
  $('said').textContent = '';
  requestAnimationFrame(() => { $('said').textContent = message; });
}

/** Wait until somebody stops typing. */
function settled(action) {
  let waiting = 0;
  return () => { clearTimeout(waiting); waiting = setTimeout(action, 120); };
}
