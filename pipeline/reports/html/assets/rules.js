// A finding's code opens the page of its rule, over whatever is open; without script it leads there.
const codeOf = (code) => ($(`rule-${code}`)
  ? h('a', {class: 'code', href: `#rule-${code}`, 'aria-haspopup': 'dialog', title: word('about_rule', {code})}, code)
  : h('span', {class: 'code'}, code));

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#rule-"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const held = document.getElementById(link.getAttribute('href').slice(1));
  if (!held) return;
  event.preventDefault();
  const copied = held.cloneNode(true);
  $('rule-title').replaceChildren(...copied.querySelector('h3').childNodes);
  copied.querySelector('h3').remove();
  $('rule-body').replaceChildren(...copied.childNodes);
  $('rule').showModal();
  $('rule-body').scrollTop = 0;
  $('rule-title').focus();
});
$('rule-close').addEventListener('click', () => $('rule').close());
$('rule').addEventListener('click', (event) => { if (event.target === $('rule')) $('rule').close(); });
