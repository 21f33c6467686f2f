import { addCustomer, customers, numbers } from './server.js';
import { el } from './words.js';

const numberPick = document.getElementById('phone-number');
const customerPick = document.getElementById('phone-customer');

// Whose phone it is, and which business they talk to.
export class People {
  #numbers = [];
  #customers = [];
  #changed;

  constructor(changed, complain) {
    this.#changed = changed;
    numberPick.addEventListener('change', () => this.choose(numberPick.value, customerPick.value));
    customerPick.addEventListener('change', () => this.choose(numberPick.value, customerPick.value));
    this.#dialog(complain);
  }

  async start() {
    const query = new URLSearchParams(location.search);
    this.#numbers = await numbers(query.get('number'));
    await this.choose(query.get('number'), query.get('customer'));
  }

  async choose(number, customer) {
    const business = this.#numbers.find(known => known.phone_number_id === number) ?? this.#numbers[0];
    if (!business) {
      throw new Error('The simulator has no number.');
    }

    await this.#read(business.phone_number_id);
    const person = this.#customers.find(known => known.id === customer) ?? this.#customers[0];
    this.#fill(business, person);
    const query = new URLSearchParams({ number: business.phone_number_id, customer: person.id });
    history.replaceState(null, '', `?${query}`);
    this.#changed(business, person);
  }

  // Somebody new came, perhaps because the business wrote to a number nobody knew.
  async refresh() {
    await this.#read(numberPick.value);
    this.#fill(this.#numbers.find(known => known.phone_number_id === numberPick.value), this.#customers.find(known => known.id === customerPick.value));
  }

  async #read(number) {
    this.#customers = await customers(number);
  }

  #fill(business, person) {
    document.getElementById('number-pick').hidden = this.#numbers.length < 2;
    numberPick.replaceChildren(...this.#numbers.map(known => option(known.phone_number_id, known.verified_name, known === business)));
    customerPick.replaceChildren(...this.#customers.map(known => option(known.id, known.name, known === person)));
  }

  #dialog(complain) {
    const dialog = document.getElementById('person');
    const form = document.getElementById('person-form');
    document.getElementById('phone-add').addEventListener('click', () => {
      form.reset();
      dialog.showModal();
    });
    document.getElementById('person-cancel').addEventListener('click', () => dialog.close());
    document.getElementById('rows-cancel').addEventListener('click', () => document.getElementById('rows').close());
    form.addEventListener('submit', async () => {
      try {
        const person = await addCustomer(numberPick.value, {
          name: document.getElementById('person-name').value,
          phone: document.getElementById('person-phone').value,
          without_phone: document.getElementById('person-hidden').checked,
        });
        await this.choose(numberPick.value, person.id);
      } catch (error) {
        complain(error.message);
      }
    });
  }
}

function option(value, text, selected) {
  const item = el('option', '', text);
  item.value = value;
  item.selected = selected;
  return item;
}
