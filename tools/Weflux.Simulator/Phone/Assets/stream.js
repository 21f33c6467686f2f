import { show } from './server.js';

// The live line to one chat. It catches up by version, so a lost connection loses nothing.
export class Stream {
  #chat;
  #on;
  #source = null;
  #viewer = '';
  #last = 0;
  #retry = 0;
  #inView = true;
  #visible = null;
  #ready = false;

  constructor(chat, element, on) {
    this.#chat = chat;
    this.#on = on;
    this.watch = () => this.#tell();
    document.addEventListener('visibilitychange', this.watch);
    // A frame that its page has hidden still calls itself visible.
    this.observer = new IntersectionObserver(entries => {
      this.#inView = entries.at(-1).isIntersecting;
      this.#tell();
    });
    this.observer.observe(element);
    this.#open();
  }

  close() {
    document.removeEventListener('visibilitychange', this.watch);
    this.observer.disconnect();
    clearTimeout(this.#retry);
    this.#source.close();
  }

  #open() {
    this.#viewer = Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(36)).join('');
    const query = new URLSearchParams({ ...this.#chat, viewer: this.#viewer, after: this.#last });
    const source = this.#source = new EventSource(`events?${query}`);
    for (const name of ['reset', 'message', 'state', 'customers', 'ready']) {
      source.addEventListener(name, event => this.#hear(name, event));
    }

    source.onerror = () => {
      this.#ready = false;
      this.#on.lost();
      if (source.readyState === EventSource.CLOSED) {
        this.#retry = setTimeout(() => this.#open(), 2000);
      }
    };
  }

  #hear(name, event) {
    // An unnamed failure of the connection also arrives as an event, but without data.
    if (event.data === undefined) {
      return;
    }

    const data = JSON.parse(event.data);
    if (data.version) {
      this.#last = Math.max(this.#last, data.version);
    }

    if (name === 'ready') {
      this.#ready = true;
      this.#visible = null;
      this.#tell();
    }

    this.#on[name]?.(data);
  }

  #tell() {
    const visible = this.#inView && document.visibilityState === 'visible';
    if (this.#ready && visible !== this.#visible) {
      this.#visible = visible;
      show(this.#viewer, visible).catch(() => { this.#visible = null; });
    }
  }
}
