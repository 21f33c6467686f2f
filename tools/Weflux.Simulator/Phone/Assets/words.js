// Small builders. Text always goes in as text, never as markup.
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }

  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const marks = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~|https?:\/\/[^\s]+)/;
const tags = { '*': 'b', '_': 'i', '~': 's' };

export function rich(text) {
  const words = el('span', 'words');
  for (const part of text.split(marks)) {
    const tag = part.length > 2 && part.at(0) === part.at(-1) ? tags[part[0]] : undefined;
    if (tag) {
      words.append(el(tag, '', part.slice(1, -1)));
    } else if (/^https?:\/\//.test(part)) {
      words.append(link(part, part));
    } else if (part) {
      words.append(part);
    }
  }

  return words;
}

export function link(address, text) {
  const anchor = el('a', '', text);
  if (/^https?:\/\//.test(address)) {
    anchor.href = address;
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }

  return anchor;
}

export const clock = at => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export function day(at) {
  const date = new Date(at);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days < 2) {
    return days === 1 ? 'Yesterday' : 'Today';
  }

  return date.toLocaleDateString([], { day: 'numeric', month: 'long', year: 'numeric' });
}

export const initials = name => name.replace(/[^\p{L}\p{N} ]/gu, '').split(' ').filter(Boolean).slice(0, 2).map(word => [...word][0]).join('').toUpperCase() || '#';
