// Asks the browser for a passkey and sends what it says with the form. Without passkeys the forms stay hidden.
const forms = window.PublicKeyCredential?.parseCreationOptionsFromJSON ? document.querySelectorAll('[data-passkey]') : [];

async function options(form) {
  const answer = await fetch(form.dataset.options, { method: 'POST', body: new FormData(form) });
  if (answer.status === 403) {
    throw new Error(await answer.text());
  }
  if (!answer.ok) {
    throw new Error(answer.status === 429 ? 'There were too many attempts. Wait a moment, then try again.' : 'Weflux could not be reached. Try again.');
  }
  return answer.json();
}

async function credential(form) {
  const asked = await options(form);
  return form.dataset.passkey === 'make'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
}

function words(error) {
  switch (error.name) {
    case 'NotAllowedError': return 'Nothing was chosen. Try again when you are ready.';
    case 'InvalidStateError': return 'This device has a passkey for your account already.';
    case 'SecurityError': return 'Passkeys work only at the address that Weflux is known by.';
    case 'Error': return error.message;
    default: return 'The browser could not do it. Try again.';
  }
}

for (const form of forms) {
  const button = form.querySelector('button');
  const message = form.querySelector('[data-passkey-message]');
  const field = form.querySelector('[name$=".Credential"]');
  form.hidden = false;
  form.addEventListener('submit', async event => {
    if (field.value) {
      return;
    }
    event.preventDefault();
    button.disabled = true;
    message.textContent = '';
    try {
      field.value = JSON.stringify(await credential(form));
      form.submit();
    } catch (error) {
      message.textContent = words(error);
      button.disabled = false;
    }
  });
}
