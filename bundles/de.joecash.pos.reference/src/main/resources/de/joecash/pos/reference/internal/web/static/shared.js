/* What all pages of the host need: words, requests, elements. Text goes into the page as text only. */

export class Refused extends Error {
  constructor(status, body) {
    super(body.problem || String(status));
    this.status = status;
    this.body = body;
  }
}

async function ask(path, options) {
  const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...options });
  if (response.status === 401) {
    location.href = '/login?next=' + encodeURIComponent(location.pathname);
    return new Promise(() => {});
  }
  const json = (response.headers.get('Content-Type') || '').startsWith('application/json');
  const body = json ? await response.json() : {};
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body;
}

export const get = path => ask(path, {});

export const post = (path, body) => ask(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-JoeCash': '1' },
  body: JSON.stringify(body),
});

/** Makes an element: properties by name, then children; a string among the children becomes text. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) {
      element[key] = value;
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

export let words = {};

export async function loadWords() {
  words = await get('/pos/api/texts');
  document.documentElement.lang = words.language;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = words[element.dataset.text];
  }
}
