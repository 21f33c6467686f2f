import { gist } from './contents.js';

const bar = document.getElementById('answering');

// The message that the next text answers, in a bar above the text box.
export class Answer {
  #wamid = null;

  constructor() {
    document.getElementById('answering-drop').addEventListener('click', () => this.drop());
    document.getElementById('phone-text').addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        this.drop();
      }
    });
  }

  to(message) {
    this.#wamid = message.wamid;
    document.getElementById('answering-words').textContent = gist(message);
    bar.hidden = false;
    document.getElementById('phone-text').focus();
  }

  drop() {
    this.#wamid = null;
    bar.hidden = true;
  }

  quote(message) {
    const quoted = this.#wamid;
    if (!quoted || message.type === 'reaction') {
      return message;
    }

    this.drop();
    return { ...message, reply_to: quoted };
  }
}
