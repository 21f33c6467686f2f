import { choose } from './contents.js';

const soon = () => Math.floor(Date.now() / 1000) + 7 * 86400;
const form = (name, answers) => ({
  type: 'interactive',
  interactive: { type: 'nfm_reply', nfm_reply: { name, body: 'Sent', response_json: JSON.stringify(answers) } },
});

// What customers send seldom, each in the shape in which WhatsApp hands it over.
const kinds = [
  ['Forwarded words', '', () => ({ type: 'text', text: 'Tea of the month: two for one!', raw: { context: { forwarded: true } } })],
  ['Words forwarded many times', '', () => ({ type: 'text', text: 'Send this to ten friends.', raw: { context: { frequently_forwarded: true } } })],
  ['Words after an advertisement', '', () => ({
    type: 'text',
    text: 'I saw your advertisement.',
    raw: { referral: { source_url: 'https://example.com/ad', source_type: 'ad', source_id: '120210000000000001', headline: 'Monsoon blend', body: 'Ginger, lemongrass and a little pepper.', media_type: 'image', ctwa_clid: 'pretend-click' } },
  })],
  ['Question about a product', 'Of the catalogue', last => ({
    type: 'text',
    text: 'Is this one still there?',
    raw: { context: { ...(last && { from: 'business', id: last.wamid }), referred_product: { catalog_id: '77', product_retailer_id: 'kulhad-cup' } } },
  })],
  ['Answers of a form', 'WhatsApp Flow', () => form('flow', { flow_token: 'pretend', full_name: 'A pretend customer', favourite_blend: 'Ginger', guests: 4 })],
  ['Address', 'Of an address form', () => form('address_message', { values: { name: 'A pretend customer', house_number: '12', address: 'MG Road', city: 'Bengaluru', in_pin_code: '560001' } })],
  ['Leave to call', '', () => ({ type: 'interactive', interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept', expiration_timestamp: soon(), response_source: 'user_action' } } })],
  ['Audio file', 'Not a voice message', () => ({ type: 'audio', voice: false })],
  ['Moving sticker', '', () => ({ type: 'sticker', animated: true })],
  ['Words in a group', 'Read by the business, not answered', () => ({ type: 'text', text: 'Who brings the cups?', raw: { group_id: '120363000000000042' } })],
  ['Edit of my last words', '', (last, own) => own && ({ type: 'edit', raw: { edit: { original_message_id: own.wamid, message: { type: 'text', text: { body: `${own.text} (corrected)` } } } } })],
  ['Security code changed', 'Notice of WhatsApp', () => ({ type: 'system', raw: { system: { type: 'customer_identity_changed', body: 'The security code changed' } } })],
  ['Something nobody knows yet', 'An unknown kind', () => ({ type: 'hologram', raw: { hologram: { depth: 3 } } })],
];

export function chooseRare(chat, send, complain) {
  const rows = kinds.map(([title, description], index) => ({ id: String(index), title, description }));
  choose({ action: { button: 'Rarer kinds', sections: [{ rows }] } }, row => {
    const message = kinds[Number(row.id)][2](chat.lastFromBusiness(), chat.lastOwnWords());
    if (message) {
      send(message);
    } else {
      complain('Write some words first, so that they can be edited.');
    }
  });
}
