import { contents, gist } from './contents.js';
import { clock, day, el } from './words.js';

const said = { pending: 'Waiting', sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Not delivered' };

// The bubbles of one chat, in order of time; a newer version of a message replaces the older one.
export class Chat {
  #list;
  #wall;
  #tap;
  #messages = new Map();
  #bubbles = new Map();

  constructor(list, wall, tap) {
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
    return [...this.#messages.values()].filter(message => message.direction === 'in' && message.type !== 'reaction').sort((one, two) => one.at < two.at ? -1 : 1).at(-1);
  }

  put(message) {
    if ((this.#messages.get(message.wamid)?.version ?? 0) >= message.version) {
      return;
    }

    const stay = this.#isAtEnd();
    this.#messages.set(message.wamid, message);
    if (message.type === 'reaction') {
      this.#redraw(message.content.reaction?.message_id);
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

    bubble.append(el('div', 'paper', this.#quote(message), ...contents(message, this.#tap), meta, reactions));
    return bubble;
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
