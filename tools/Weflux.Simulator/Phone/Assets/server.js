// Everything the page asks of the simulator.
async function ask(path, body) {
  const response = await fetch(path, body === undefined ? {} : {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.title ?? `The simulator answered ${response.status}.`);
  }

  return response.status === 204 ? null : response.json();
}

const number = id => `api/numbers/${encodeURIComponent(id)}`;
const customer = chat => `${number(chat.number)}/customers/${encodeURIComponent(chat.customer)}`;

export const numbers = async wanted => (await ask(wanted ? `api/numbers?with=${encodeURIComponent(wanted)}` : 'api/numbers')).data;
export const customers = async id => (await ask(`${number(id)}/customers`)).data;
export const addCustomer = (id, person) => ask(`${number(id)}/customers`, person);
export const send = (chat, message) => ask(`${customer(chat)}/messages`, message);
export const switchPhone = (chat, on) => ask(`${customer(chat)}/phone`, { on });
export const show = (viewer, visible) => ask(`viewers/${encodeURIComponent(viewer)}`, { visible });
export const faults = () => ask('api/faults');
export const setFault = fault => ask('api/faults', fault);
export const faultsOff = key => ask('api/faults/off', key ? { key } : {});
export const sow = seed => ask('api/faults/seed', { seed });
