import { Answer } from './answer.js';
import { Chat } from './chat.js';
import { Composer } from './composer.js';
import { People } from './people.js';
import { send, switchPhone } from './server.js';
import { Stream } from './stream.js';
import { initials } from './words.js';

const part = id => document.getElementById(id);
const power = part('phone-power');
let here = null;
let stream = null;
let typingEnds = 0;
let complaintEnds = 0;

function complain(why) {
  part('trouble').textContent = why;
  part('trouble').hidden = false;
  clearTimeout(complaintEnds);
  complaintEnds = setTimeout(() => { part('trouble').hidden = true; }, 6000);
}

async function say(message) {
  try {
    await send(here, message);
    return true;
  } catch (error) {
    complain(error.message);
    return false;
  }
}

const answer = new Answer();
const chat = new Chat(part('chat'), part('wall'), say, message => answer.to(message));
new Composer({ send: message => say(answer.quote(message)), chat, complain });

function tellState(text) {
  part('business-state').textContent = text;
}

function showPower(on) {
  power.checked = on;
  part('power-word').textContent = on ? 'On' : 'Off';
  part('phone').classList.toggle('is-off', !on);
  part('off').hidden = on;
  for (const control of part('phone').querySelectorAll('.composer button, .composer textarea, .chips button')) {
    control.disabled = !on;
  }
}

function showTyping(until) {
  clearTimeout(typingEnds);
  const left = until ? new Date(until) - Date.now() : 0;
  const typing = left > 0 && power.checked;
  part('typing').hidden = !typing;
  tellState(typing ? 'typing…' : 'Business account');
  if (typing) {
    typingEnds = setTimeout(() => showTyping(null), left);
    chat.toEnd();
  }
}

const people = new People((business, person) => {
  here = { number: business.phone_number_id, customer: person.id };
  document.title = `${person.name} · pretend phone`;
  part('business-name').textContent = business.verified_name;
  part('business-face').textContent = initials(business.verified_name);
  part('holder').textContent = person.phone ?? `@${person.username}`;
  part('hint-name').textContent = person.name;
  stream?.close();
  answer.drop();
  chat.clear();
  stream = new Stream(here, part('phone'), {
    reset: () => chat.clear(),
    message: message => chat.put(message),
    state: state => {
      showPower(state.on);
      showTyping(state.typing_until);
    },
    customers: () => people.refresh(),
    lost: () => tellState('Waiting for the network…'),
  });
}, complain);

power.addEventListener('change', async () => {
  try {
    await switchPhone(here, power.checked);
  } catch (error) {
    power.checked = !power.checked;
    complain(error.message);
  }
});

people.start().catch(error => complain(error.message));
