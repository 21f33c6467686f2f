import { el, link, rich } from './words.js';

// What stands inside a bubble, by kind of message. `tap` is called with a message to send.
export function contents(message, tap) {
  try {
    return known(message, tap);
  } catch {
    // Tests send broken items on purpose; the chat around them must stay usable.
    return [el('em', 'quiet', `A malformed message of type “${message.type}”`)];
  }
}

function known(message, tap) {
  if (message.shown) {
    return template(message, tap);
  }

  const { type, content } = message;
  const part = content[type] ?? {};
  switch (type) {
    case 'text': return [rich(part.body ?? '')];
    case 'image': return [picture(part), caption(part)];
    case 'sticker': return [picture(part, 'sticker')];
    case 'video': return [player('video', part, 'Video') ?? file('photo', 'Video', part.link), caption(part)];
    case 'audio': return [player('audio', part, part.voice ? 'Voice message' : 'Audio') ?? file('sheet', part.voice ? 'Voice message' : 'Audio', part.link)];
    case 'document': return [saved(part) ?? file('sheet', part.filename ?? 'Document', part.link), caption(part)];
    case 'location': return [place(part)];
    case 'contacts': return part.map(card);
    case 'button': return [rich(part.text ?? part.payload ?? '')];
    case 'interactive': return part.action ? interactive(message, part, tap) : [rich(answer(part))];
    case 'order': return [order(part)];
    case 'system': return [el('em', 'quiet', part.body ?? 'A notice of WhatsApp')];
    case 'unsupported': return [el('em', 'quiet', 'Poll: which blend do you like best?')];
    default: return [el('em', 'quiet', `A message of type “${type}”`)];
  }
}

export const gist = message => message.text || { image: 'Photo', video: 'Video', audio: 'Voice message', document: 'Document', sticker: 'Sticker', location: 'Location', contacts: 'Contact' }[message.type] || message.type;

const caption = part => part.caption ? rich(part.caption) : null;
const answer = part => part.button_reply?.title ?? part.list_reply?.title ?? answered[part.nfm_reply?.name] ?? answered[part.type] ?? 'Answer';
const answered = { address_message: 'Address sent', nfm_reply: 'Form sent', call_permission_reply: 'Calls allowed' };

const address = part => `phone/media/${encodeURIComponent(part.id)}`;

function player(tag, part, name) {
  if (!part.id) {
    return null;
  }

  const sound = el(tag, 'playing');
  sound.controls = true;
  sound.preload = 'metadata';
  sound.setAttribute('aria-label', name);
  sound.src = address(part);
  return sound;
}

function saved(part) {
  if (!part.id) {
    return null;
  }

  const anchor = el('a', '', part.filename ?? 'Document');
  anchor.href = address(part);
  anchor.download = part.filename ?? 'document';
  return el('span', 'file', el('i', 'icon sheet'), anchor);
}

function picture(part, kind = 'picture') {
  if (!part.id) {
    return file('photo', 'Photo', part.link);
  }

  const image = el('img', kind);
  image.alt = part.caption ?? 'Photo';
  image.src = address(part);
  return image;
}

function file(icon, name, address) {
  return el('span', 'file', el('i', `icon ${icon}`), address ? link(address, name) : name);
}

function place(part) {
  return el('span', 'place', el('span', 'map', el('i', 'icon pin')), el('b', '', part.name ?? `${part.latitude}, ${part.longitude}`), part.address ? el('small', '', part.address) : null);
}

function card(contact) {
  const name = contact.name?.formatted_name ?? 'Contact';
  return el('span', 'card', el('span', 'face', [...name][0]), el('span', '', el('b', '', name), el('small', '', contact.phones?.[0]?.phone ?? '')));
}

function template(message, tap) {
  const { shown } = message;
  const media = shown.header_media;
  return [
    media ? header(media, shown.header_format) : null,
    shown.header ? el('b', 'head', shown.header) : null,
    rich(shown.body),
    shown.footer ? el('small', 'foot', shown.footer) : null,
    buttons(shown.buttons.map(button => templateButton(message, button, tap))),
    shown.cards?.length ? el('span', 'carousel', ...shown.cards.map(card => el('span', 'leaf', card.header_media ? header(card.header_media, card.header_format) : null, rich(card.body), buttons(card.buttons.map(button => templateButton(message, button, tap)))))) : null,
  ];
}

function templateButton(message, button, tap) {
  switch (button.type) {
    case 'url': return action(`↗ ${button.text}`, button.url);
    case 'code': return el('span', 'quiet', button.code ? `⧉ ${button.text}: ${button.code}` : `☰ ${button.text}`);
    default: return action(`↩ ${button.text}`, () => tap({ type: 'button', reply_to: message.wamid, button: { payload: button.payload, text: button.text } }));
  }
}

function header(media, format) {
  switch (format) {
    case 'location': return place(media);
    case 'document': return saved(media) ?? file('sheet', media.filename ?? 'Document', media.link);
    case 'video': return player('video', media, 'Video') ?? file('photo', 'Video', media.link);
    default: return picture(media);
  }
}

function interactive(message, part, tap) {
  const reply = interactive => tap({ type: 'interactive', reply_to: message.wamid, interactive });
  const frame = [
    part.header?.text ? el('b', 'head', part.header.text) : null,
    rich(part.body?.text ?? ''),
    part.footer?.text ? el('small', 'foot', part.footer.text) : null,
  ];
  return [...frame, buttons(choices(part, reply, tap))];
}

function choices(part, reply, tap) {
  switch (part.type) {
    case 'button':
      return part.action.buttons.map(({ reply: { id, title } }) =>
        action(`↩ ${title}`, () => reply({ type: 'button_reply', button_reply: { id, title } })));
    case 'list':
      return [action(`☰ ${part.action.button}`, () => choose(part, row => reply({ type: 'list_reply', list_reply: row })))];
    case 'cta_url':
      return [action(`↗ ${part.action.parameters.display_text}`, part.action.parameters.url)];
    case 'location_request_message':
      return [action('Send location', () => tap({ type: 'location' }))];
    case 'product':
      return [product(part.action.product_retailer_id), action('Order it', () => buy(part.action.catalog_id, [part.action.product_retailer_id], tap))];
    case 'product_list': {
      const ids = part.action.sections.flatMap(section => section.product_items.map(item => item.product_retailer_id));
      return [...ids.map(product), action('Order all', () => buy(part.action.catalog_id, ids, tap))];
    }
    case 'request_contact_info':
      return [action('Share my number', () => tap({ type: 'contacts' }))];
    default:
      return [el('span', 'quiet', `Shown on a real phone only (${part.type})`)];
  }
}

const product = id => el('span', 'quiet', `Product ${id}`);

function buy(catalogId, ids, tap) {
  tap({
    type: 'order',
    order: { catalog_id: catalogId, text: '', product_items: ids.map(id => ({ product_retailer_id: id, quantity: 1, item_price: 250, currency: 'INR' })) },
  });
}

function order(part) {
  const items = part.product_items ?? [];
  const total = items.reduce((sum, item) => sum + item.quantity * item.item_price, 0);
  return el('span', 'file', el('i', 'icon sheet'), `Order · ${items.length} ${items.length === 1 ? 'item' : 'items'} · ${total} ${items[0]?.currency ?? ''}`);
}

const buttons = items => items.length ? el('span', 'buttons', ...items) : null;

function action(text, target) {
  if (typeof target === 'string') {
    return link(target, text);
  }

  const button = el('button', '', text);
  button.type = 'button';
  button.addEventListener('click', target);
  return button;
}

export function choose(part, pick) {
  const dialog = document.getElementById('rows');
  document.getElementById('rows-title').textContent = part.action.button;
  document.getElementById('rows-list').replaceChildren(...part.action.sections.map(section => el('section', '',
    section.title ? el('h3', '', section.title) : null,
    ...section.rows.map(row => {
      const button = el('button', 'row', el('b', '', row.title), row.description ? el('small', '', row.description) : null);
      button.type = 'button';
      button.addEventListener('click', () => {
        dialog.close();
        pick({ id: row.id, title: row.title, ...(row.description && { description: row.description }) });
      });
      return button;
    }))));
  dialog.showModal();
}
