import { faults, numbers, setFault, faultsOff, sow } from './server.js';

const milliseconds = { name: 'milliseconds', label: 'How long (ms)', type: 'number', value: 2000, min: 0, max: 120000 };
const codes = (none, ...known) => ({
  name: 'code',
  label: 'Error code',
  options: [...known.map(([code, words]) => [code, `${code} ${words}`]), ['', none]],
});
const everyCall = { name: 'every_call', label: 'Also when Weflux only reads', check: true };

const kinds = [
  { kind: 'delay_webhook', where: 'webhooks', title: 'Late', text: 'Webhooks take their time, one after the other.', fields: [milliseconds] },
  {
    kind: 'duplicate', where: 'webhooks', title: 'Doubled', text: 'The same webhook is posted more than once.',
    fields: [
      { name: 'copies', label: 'Copies', options: [[2, 'Twice'], [10, 'Ten times']] },
      { name: 'at_once', label: 'All at once', check: true },
    ],
  },
  { kind: 'reorder', where: 'webhooks', title: 'Out of order', text: 'Webhooks that wait together are shuffled.', fields: [] },
  { kind: 'status_first', where: 'webhooks', title: 'Status before the answer', text: '“Sent” and “delivered” arrive before the send is answered.', fields: [] },
  { kind: 'delay_answer', where: 'answers', title: 'Slow', text: 'The answer takes its time.', fields: [milliseconds, everyCall] },
  {
    kind: 'rate_limit', where: 'answers', title: 'Too many requests (429)', text: 'Refused for the moment; the message is not sent.',
    fields: [codes('No error body', [130429, 'number too fast'], [131056, 'too many to one person'], [80007, 'account limit'], [4, 'app limit']), everyCall],
  },
  {
    kind: 'server_error', where: 'answers', title: 'Server error (5xx)', text: 'With an error body that explains it, or without.',
    fields: [
      { name: 'status', label: 'Status', options: [[503, '503'], [500, '500'], [502, '502'], [504, '504']] },
      codes('No error body', [2, 'temporarily down'], [131016, 'overloaded'], [131000, 'something went wrong']),
      { name: 'accepted', label: 'The message got through all the same', check: true },
      everyCall,
    ],
  },
  {
    kind: 'reset', where: 'answers', title: 'Connection reset', text: 'No answer at all; the message is not sent.',
    fields: [{ name: 'before_reading', label: 'When', options: [['', 'After the request was read'], ['true', 'Before it was read']] }, everyCall],
  },
  { kind: 'cut', where: 'answers', title: 'Cut after accept', text: 'The message is sent, and its answer breaks off.', fields: [] },
  { kind: 'garbage', where: 'answers', title: 'Unreadable answer', text: 'The message is sent, and 200 comes with a body that says nothing.', fields: [] },
  { kind: 'token_revoked', where: 'answers', title: 'Token revoked', text: '401 with code 190, until it is switched off or used up.', fields: [everyCall] },
];

const often = {
  name: 'often',
  label: 'How often',
  options: [['always', 'Every time'], ['next', 'The next few'], ['half', 'Half the time'], ['tenth', 'One in ten']],
};
const next = { name: 'next', label: 'How many', type: 'number', value: 1, min: 1, max: 100000 };
const chances = { always: 1, half: 0.5, tenth: 0.1 };
const $ = id => document.getElementById(id);
const cards = new Map();

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function field(kind, given) {
  const { name, label, options, check, ...input } = given;
  const id = `${kind}-${name}`;
  if (check) {
    return element('label', { className: 'check wide' }, element('input', { type: 'checkbox', id, name }), label);
  }

  const control = options
    ? element('select', { id, name }, ...options.map(([value, words]) => element('option', { value, textContent: words })))
    : element('input', { id, name, ...input, required: true });
  return element('label', { className: options && options.some(([, words]) => words.length > 18) ? 'wide' : '' }, label, control);
}

function card(fault) {
  const { kind, title, text, fields } = fault;
  const power = element('input', { type: 'checkbox', id: `${kind}-on` });
  power.setAttribute('role', 'switch');
  const head = element('label', { className: 'head' }, element('span', {}, element('b', { textContent: title }), element('small', { textContent: text })), power);
  const count = field(kind, next);
  const choice = field(kind, often);
  const details = element('div', { className: 'fields' }, ...fields.map(given => field(kind, given)), choice, count);
  const left = element('p', { className: 'left', textContent: 'Off' });
  const made = element('form', { className: 'card fault', id: `fault-${kind}` }, head, details, left);
  const showCount = () => { count.hidden = choice.querySelector('select').value !== 'next'; };
  showCount();
  made.addEventListener('submit', event => event.preventDefault());
  made.addEventListener('change', event => {
    showCount();
    if (event.target === power && !power.checked) {
      act(() => faultsOff(made.dataset.key), `${title} is off`);
    } else if (power.checked && made.reportValidity()) {
      act(() => setFault(read(made, kind)), `${title} is on`);
    } else if (event.target === power) {
      power.checked = false;
    }
  });
  cards.set(kind, { made, power, left });
  return made;
}

function read(form, kind) {
  const fault = { kind };
  if ($('number').value) {
    fault.number = $('number').value;
  }

  for (const control of form.querySelectorAll('.fields input, .fields select')) {
    const { name, type, checked, value } = control;
    if (type === 'checkbox') {
      fault[name] = checked;
    } else if (name === 'before_reading') {
      fault[name] = value === 'true';
    } else if (value !== '' && name !== 'often' && name !== 'next') {
      fault[name] = Number(value);
    }
  }

  const how = form.querySelector('[name=often]').value;
  if (how === 'next') {
    fault.next = Number(form.querySelector('[name=next]').value);
  } else {
    fault.probability = chances[how];
  }

  return fault;
}

// Shows a fault that was switched on elsewhere, or before, as it is.
function fill(form, fault) {
  for (const control of form.querySelectorAll('.fields input, .fields select')) {
    const { name, type } = control;
    if (type === 'checkbox') {
      control.checked = Boolean(fault[name]);
    } else if (name === 'often') {
      control.value = fault.next !== undefined ? 'next' : Object.keys(chances).find(word => chances[word] === fault.probability) ?? '';
    } else if (name === 'next') {
      control.value = fault.next ?? control.value;
    } else if (name === 'before_reading') {
      control.value = fault.before_reading ? 'true' : '';
    } else if (name !== 'status' || fault.status) {
      control.value = fault[name] ?? '';
    }
  }

  form.querySelector('label:has([name=next])').hidden = fault.next === undefined;
}

const frequency = fault => fault.next !== undefined
  ? `${fault.next} to come`
  : fault.probability === 1 ? 'Every time' : `${Math.round(fault.probability * 100)} % of the time`;

function show({ seed, data }) {
  const scope = $('number').value || undefined;
  if (document.activeElement !== $('seed')) {
    $('seed').value = seed;
  }

  $('all-off').disabled = data.length === 0;
  for (const [kind, { made, power, left }] of cards) {
    const here = data.find(fault => fault.kind === kind && fault.number === scope);
    const elsewhere = data.filter(fault => fault.kind === kind && fault.number !== scope).length;
    made.dataset.key = here?.key ?? '';
    made.classList.toggle('is-on', Boolean(here));
    if (here && !made.contains(document.activeElement)) {
      fill(made, here);
    }

    power.checked = Boolean(here);
    left.textContent = (here ? frequency(here) : 'Off') + (elsewhere ? ` (on for ${scope ? 'others' : 'a single number'})` : '');
  }
}

async function act(work, said) {
  try {
    show(await work());
    $('trouble').hidden = true;
    if (said) {
      $('said').textContent = said;
    }
  } catch (fault) {
    $('trouble').textContent = fault.message;
    $('trouble').hidden = false;
    if (said) {
      await act(faults);
    }
  }
}

kinds.forEach(fault => $(fault.where).append(card(fault)));
$('all-off').addEventListener('click', () => act(() => faultsOff(), 'All off'));
$('number').addEventListener('change', () => act(faults));
$('seed-form').addEventListener('submit', event => {
  event.preventDefault();
  act(() => sow(Number($('seed').value)), 'The seed is set');
});

act(async () => {
  for (const { phone_number_id: id, display_phone_number: digits, verified_name: name } of await numbers()) {
    $('number').append(element('option', { value: id, textContent: `${name} ${digits}` }));
  }

  return faults();
});

// Counted faults use themselves up while somebody looks.
setInterval(() => { if (!document.hidden) { act(faults); } }, 2000);
