import { contents, gist } from './contents.js';
import { clock, day, el, rich } from './words.js';

const aboutAnother = ['reaction', 'edit', 'revoke'];
const targetOf = message => message.content.reaction?.message_id ?? message.content.edit?.original_message_id ?? message.content.revoke?.original_message_id;
const said = { pending: 'Waiting', sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Not delivered' };

// The bubbles of one chat, in order of time; a newer version of a message replaces the older one.
export class Chat {
  #list;
  #wall;
  #tap;
  #answer;
  #messages = new Map();
  #bubbles = new Map();

  constructor(list, wall, tap, answer) {
    this.#answer = answer;
    this.#list = list;
    this.#wall = wall;
    this.#tap = tap;
  }

  clear() {
    this.#messages.clear();
    this.#bubbles.clear();
    this.#list.replaceChildren();
  }

  lastFromBusiness() {
    return [...this.#messages.values()].filter(message => message.direction === 'in' && !aboutAnother.includes(message.type)).sort((one, two) => one.at < two.at ? -1 : 1).at(-1);
  }

  lastOwnWords() {
    return [...this.#messages.values()].filter(message => message.direction === 'out' && message.type === 'text').sort((one, two) => one.at < two.at ? -1 : 1).at(-1);
  }

  put(message) {
    if ((this.#messages.get(message.wamid)?.version ?? 0) >= message.version) {
      return;
    }

    const stay = this.#isAtEnd();
    this.#messages.set(message.wamid, message);
    if (aboutAnother.includes(message.type)) {
      this.#redraw(targetOf(message));
    } else {
      this.#place(message);
    }

    if (stay || message.direction === 'out') {
      this.toEnd();
    }
  }

  toEnd() {
    this.#wall.scrollTop = this.#wall.scrollHeight;
  }

  #isAtEnd() {
    return this.#wall.scrollHeight - this.#wall.scrollTop - this.#wall.clientHeight < 80;
  }

  #redraw(wamid) {
    const message = this.#messages.get(wamid);
    if (message) {
      this.#place(message);
    }
  }

  #place(message) {
    const bubble = this.#draw(message);
    const old = this.#bubbles.get(message.wamid);
    this.#bubbles.set(message.wamid, bubble);
    if (old) {
      old.replaceWith(bubble);
    } else {
      const later = [...this.#list.children].reverse();
      const before = later.find(item => item.dataset.at <= message.at);
      before ? before.after(bubble) : this.#list.prepend(bubble);
    }

    bubble.querySelector('img')?.addEventListener('load', () => this.#isNearEnd(bubble) && this.toEnd());
    this.#joinRuns();
  }

  #isNearEnd(bubble) {
    return bubble === this.#list.lastElementChild || this.#isAtEnd();
  }

  #draw(message) {
    const bubble = el('li', `bubble ${message.direction}`);
    Object.assign(bubble.dataset, { wamid: message.wamid, direction: message.direction, status: message.status, at: message.at, type: message.type });
    const time = el('time', '', clock(message.at));
    time.dateTime = message.at;
    const meta = el('span', 'meta', time);
    if (message.direction === 'out') {
      const tick = el('i', `tick ${message.status}`);
      tick.setAttribute('role', 'img');
      tick.setAttribute('aria-label', said[message.status] ?? message.status);
      meta.append(tick);
    }

    const reactions = this.#reactionsTo(message.wamid);
    if (reactions) {
      bubble.classList.add('reacted');
    }

    bubble.append(el('div', 'paper', this.#quote(message), ...this.#words(message), meta, reactions, this.#actions(message)));
    return bubble;
  }

  // What a message says now: edited, deleted, or as it was.
  #words(message) {
    const later = [...this.#messages.values()].filter(other => targetOf(other) === message.wamid && other.direction === message.direction);
    if (later.some(other => other.type === 'revoke')) {
      return [el('em', 'quiet', 'This message was deleted')];
    }

    const edit = later.filter(other => other.type === 'edit').at(-1);
    return edit ? [rich(edit.content.edit?.message?.text?.body ?? ''), el('small', 'quiet', ' Edited')] : contents(message, this.#tap);
  }

  #actions(message) {
    const button = (label, sign, act) => {
      const made = el('button', '', sign);
      made.type = 'button';
      made.title = label;
      made.setAttribute('aria-label', label);
      made.addEventListener('click', act);
      return made;
    };
    const react = emoji => this.#tap({ type: 'reaction', reaction: { message_id: message.wamid, emoji } });
    return message.direction === 'in'
      ? el('span', 'acts', button('Reply to this message', '↩', () => this.#answer(message)), button('React with thumbs up', '👍', () => react('👍')), button('React with heart', '❤️', () => react('❤️')), button('Take the reaction back', '×', () => react('')))
      : el('span', 'acts', button('Delete for everyone', '🗑', () => this.#tap({ type: 'revoke', revoke: { original_message_id: message.wamid } })));
  }

  #quote(message) {
    const id = message.content.context?.message_id ?? message.content.context?.id;
    const quoted = this.#messages.get(id);
    return quoted ? el('span', `quote ${quoted.direction}`, gist(quoted)) : null;
  }

  #reactionsTo(wamid) {
    const latest = {};
    for (const message of this.#messages.values()) {
      if (message.type === 'reaction' && message.content.reaction?.message_id === wamid) {
        latest[message.direction] = message.content.reaction.emoji;
      }
    }

    const emoji = Object.values(latest).filter(Boolean);
    return emoji.length ? el('span', 'reactions', emoji.join('')) : null;
  }

  #joinRuns() {
    let previous = null;
    for (const item of this.#list.children) {
      const today = day(item.dataset.at);
      item.classList.toggle('first', previous?.dataset.direction !== item.dataset.direction || day(previous.dataset.at) !== today);
      if (previous === null || day(previous.dataset.at) !== today) {
        item.dataset.day = today;
      } else {
        delete item.dataset.day;
      }

      previous = item;
    }
  }
}
