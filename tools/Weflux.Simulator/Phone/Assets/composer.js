import { attached } from './files.js';
import { chooseRare } from './rare.js';

// Text box, quick texts and the menu of other kinds.
export class Composer {
  constructor({ send, chat, complain }) {
    const text = document.getElementById('phone-text');
    const form = document.getElementById('composer');
    const grow = () => {
      text.style.height = 'auto';
      text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
    };

    form.addEventListener('submit', async event => {
      event.preventDefault();
      const body = text.value.trim();
      if (!body) {
        return;
      }

      text.value = '';
      grow();
      if (!await send({ type: 'text', text: body }) && !text.value) {
        text.value = body;
        grow();
      }

      text.focus();
    });
    text.addEventListener('input', grow);
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });

    document.getElementById('chips').addEventListener('click', event => {
      const words = event.target.closest('button')?.dataset.text;
      if (words) {
        send({ type: 'text', text: words });
      }
    });

    const picker = document.getElementById('phone-file');
    picker.addEventListener('change', async () => {
      const files = [...picker.files];
      picker.value = '';
      for (const file of files) {
        try {
          await send(await attached(file));
        } catch (error) {
          complain(error.message);
        }
      }
    });

    this.#menu(kind => {
      if (kind === 'file') {
        picker.click();
        return;
      }

      if (kind === 'rare') {
        chooseRare(chat, send, complain);
        return;
      }

      const target = kind === 'reaction' ? chat.lastFromBusiness() : null;
      if (kind === 'reaction' && !target) {
        complain('There is no message from the business to react to yet.');
      } else {
        send(target ? { type: kind, reaction: { message_id: target.wamid, emoji: '❤️' } } : { type: kind });
      }
    });
  }

  #menu(pick) {
    const opener = document.getElementById('phone-more');
    const menu = document.getElementById('more');
    const items = [...menu.querySelectorAll('button')];
    const open = isOpen => {
      menu.hidden = !isOpen;
      opener.setAttribute('aria-expanded', String(isOpen));
      (isOpen ? items[0] : opener).focus();
    };

    opener.addEventListener('click', () => open(menu.hidden));
    menu.addEventListener('click', event => {
      const kind = event.target.closest('button')?.dataset.kind;
      if (kind) {
        open(false);
        pick(kind);
      }
    });
    menu.addEventListener('keydown', event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
      } else if (event.key === 'Escape') {
        open(false);
      }
    });
    document.addEventListener('pointerdown', event => {
      if (!menu.hidden && !menu.contains(event.target) && !opener.contains(event.target)) {
        menu.hidden = true;
        opener.setAttribute('aria-expanded', 'false');
      }
    });
  }
}
