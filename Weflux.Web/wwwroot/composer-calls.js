// What the composer asks of the server, and what it tells the person who writes.

const answerWithin = 15000;

// Who waits for an answer of the server.
const waiting = new Set();

export const words = {
  away: "Not connected. Your text is kept here; nothing was sent. Send it when the connection is back.",
  slow: "No answer yet. Your text is kept. Sending it again is safe: it goes out once.",
  fault: "Weflux could not do this. Your text is kept. Try again.",
  after: "This goes out after the files.",
  asking: "The browser asks whether Weflux may use the microphone. Answer it first.",
  late: "What you sent before went out after all. What you typed since is kept.",
  recorded: "The recording is kept here with your files.",
  left: "You left before these files were sent. Send them now, or remove them.",
  big: "This text is too long to be kept on the server. It stays in this tab only.",
};

export function tell(composer, message) {
  const trouble = composer.root.querySelector("[data-trouble]");
  trouble.textContent = message;
  trouble.hidden = message === "";
}

export function call(composer, name, ...args) {
  return within(composer.dotnet.invokeMethodAsync(name, ...args));
}

export function within(answer) {
  let timer;
  let giveUp;
  const slow = new Promise((_, reject) => {
    giveUp = () => reject(words.slow);
    timer = setTimeout(giveUp, answerWithin);
    waiting.add(giveUp);
  });
  return Promise.race([answer, slow]).finally(() => {
    clearTimeout(timer);
    waiting.delete(giveUp);
  });
}

/** What was on its way when the connection broke gets no answer any more. */
export function stopWaiting() {
  waiting.forEach(giveUp => giveUp());
}

/** Why a call failed: no answer, no connection, or a fault of the server, which another try may pass. */
export function reason(composer, error) {
  if (error === words.slow) {
    return words.slow;
  }
  const said = error?.message ?? "";
  const isAway = composer.isAway || !navigator.onLine || (!/exception invoking/i.test(said) && /connect|cancel/i.test(said));
  return isAway ? words.away : words.fault;
}
