import { el, get, loadWords, post, Refused, words } from '/pos/shared.js';

const MAINTENANCE = 'backoffice/maintenance';
const HARDWARE = 'backoffice/settings/pos-hardware';
const view = document.getElementById('view');
const menu = document.getElementById('menu');
const gear = document.getElementById('gear');
const page = location.pathname;

let settings = [];
let money, number, speed, time, moment;

/* Draws a part of the page only when what it shows has changed, so that focus and screen readers stay where they are. */
const drawn = new Map();
function draw(id, data, make) {
  const state = JSON.stringify(data);
  if (drawn.get(id) !== state) {
    drawn.set(id, state);
    document.getElementById(id).replaceChildren(...make(data));
  }
}

const section = (overview, id) => overview.menu.find(one => one.id === id)?.entries ?? [];

function entryLink(entry) {
  return el('a', { className: 'entry', href: entry.target },
    el('strong', {}, entry.title),
    entry.help ? el('span', { className: 'help' }, entry.help) : null,
    entry.notice ? el('span', { className: 'notice' }, entry.notice) : null);
}

const settingsEntry = form => ({ title: form.title, help: '', target: '/pos/hardware#' + form.id });

function menuPanel({ overview, forms }) {
  const list = entries => entries.length
    ? el('ul', {}, ...entries.map(entry => el('li', {}, entryLink(entry))))
    : el('p', { className: 'help' }, words['menu.empty']);
  const hardware = [...forms.filter(form => form.section === HARDWARE).map(settingsEntry), ...section(overview, HARDWARE)];
  const others = [...section(overview, 'backoffice/settings'), ...section(overview, 'backoffice'),
    ...forms.filter(form => form.section !== HARDWARE).map(settingsEntry)];
  return [
    el('h2', {}, words.backoffice),
    el('h3', {}, el('a', { href: '/pos/maintenance' }, words.maintenance)), list(section(overview, MAINTENANCE)),
    el('h3', {}, words.settings),
    el('h4', {}, el('a', { href: '/pos/hardware' }, words.hardware)), list(hardware),
    ...(others.length ? [list(others)] : []),
  ];
}

function crumbs(...names) {
  return el('p', { className: 'crumbs' }, [words.gear, words.backoffice, ...names].join(' › '));
}

/* Notifications stand on every page; a screen reader says what is new, at once where it is an alarm. */

const LOOKS = { ALARM: 'card danger', WARNING: 'card warning', INFO: 'card' };

function noticeCard(notice) {
  return el('section', { className: LOOKS[notice.urgency], role: notice.urgency === 'ALARM' ? 'alert' : 'status' },
    el('h2', {}, notice.title), el('p', {}, notice.text),
    el('p', { className: 'help' }, moment.format(notice.at)),
    notice.target ? el('a', { className: 'button', href: notice.target }, words['notices.look']) : null);
}

/* Start */

function startPage() {
  view.replaceChildren(
    el('h1', {}, words['start.lead']),
    el('div', { id: 'comeback' }),
    el('div', { id: 'tiles', className: 'tiles' }),
    el('div', { className: 'columns' },
      el('section', { className: 'card' }, el('h2', {}, words['sales.title']), el('div', { id: 'sales' })),
      el('div', { className: 'stack' },
        el('section', { className: 'card' }, el('h2', {}, words['licence.title']), el('div', { id: 'licence' })),
        el('section', { className: 'card demo' }, el('h2', {}, words['demo.title']), el('div', { id: 'demo' })))));
}

function sales(till) {
  const seeding = till.phase === 'SEEDING';
  const bad = till.phase === 'TROUBLE' || till.phase === 'FAILED';
  return [
    el('p', { className: bad ? 'problem' : 'phase' }, el('span', { className: 'dot ' + till.phase.toLowerCase() }), words['phase.' + till.phase]),
    seeding ? el('progress', { max: till.wanted, value: till.receipts }) : null,
    el('div', { className: 'figures' },
      el('div', {}, el('b', {}, number.format(till.receipts)), el('span', {}, words['sales.receipts'])),
      el('div', {}, el('b', {}, speed.format(till.perSecond)), el('span', {}, words['sales.speed']))),
    el('h3', {}, words['sales.newest']),
    till.newest.length
      ? el('table', { className: 'sales' }, el('tbody', {}, ...till.newest.map(sale => el('tr', {},
          el('td', {}, '#' + number.format(sale.number)),
          el('td', { className: 'what' }, sale.what),
          el('td', { className: 'when' }, time.format(sale.at)),
          el('td', { className: 'sum' }, money.format(sale.total))))))
      : el('p', { className: 'help' }, words['sales.none']),
  ].filter(part => part !== null);
}

function licence(state) {
  const button = el('button', { className: 'switch', role: 'switch', 'aria-checked': String(state.granted), 'aria-label': words['licence.switch'] },
    el('span', { className: 'knob' }));
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await post('/pos/api/licence', { granted: !state.granted });
    } finally {
      button.disabled = false;
      await refresh();
    }
  });
  return [
    el('div', { className: 'row' }, el('strong', { className: 'feature' }, words['licence.feature']), button),
    el('p', {}, state.granted ? words['licence.on'] : words['licence.off']),
    state.until ? el('p', {}, words['licence.until'].replace('{0}', new Date(state.until).toLocaleString(words.language))) : '',
    el('p', { className: 'help' }, words['licence.demo']),
  ];
}

function demo(places) {
  const place = (title, text, path) => [el('dt', {}, title), el('dd', {}, el('span', {}, text), ...path.map(one => el('code', {}, one)))];
  const real = !places.dataCentre;
  const centre = real
    ? place(words['demo.centre'], places.cleartext ? words['demo.real.cleartext'] : words['demo.real.tls'], [places.address])
    : place(words['demo.centre'], words['demo.centre.text'], [places.address, places.dataCentre]);
  return [
    el('p', {}, real ? words['demo.text.real'] : words['demo.text']),
    el('dl', { className: 'places' },
      ...centre,
      ...place(words['demo.stick'], words['demo.stick.text'], [places.stick]),
      ...place(words['demo.backups'], words['demo.backups.text'], [places.backups])),
  ];
}

function drawStart(overview) {
  draw('comeback', overview.till.comeback, comeback => comeback === 'PLAIN'
    ? []
    : [el('div', { className: comeback === 'LOST' ? 'card danger' : 'card', role: 'alert' },
        el('h2', {}, words['comeback.' + comeback + '.title']), el('p', {}, words['comeback.' + comeback + '.text']))]);
  draw('tiles', section(overview, MAINTENANCE), entries => entries.map(entryLink));
  draw('sales', overview.till, sales);
  draw('licence', overview.licence, licence);
  draw('demo', overview.demo, demo);
}

/* Maintenance */

function drawMaintenance(overview) {
  draw('entries', section(overview, MAINTENANCE), entries => entries.length
    ? entries.map(entryLink)
    : [el('p', { className: 'help' }, words['menu.empty'])]);
}

/* Settings */

function input(field) {
  const id = 'field-' + field.key;
  if (field.kind !== 'CHOICE') {
    return el('input', { id, name: field.key, value: field.value, autocomplete: 'off', spellcheck: false });
  }
  const known = field.choices.some(choice => choice.value === field.value);
  const choices = known ? field.choices : [...field.choices, { value: field.value, label: field.value }];
  const select = el('select', { id, name: field.key }, ...choices.map(choice => el('option', { value: choice.value }, choice.label)));
  select.value = field.value;
  return select;
}

function settingsCard(form) {
  const said = el('p', { className: 'said', role: 'status' });
  const fields = form.fields.map(field => {
    const problem = el('p', { className: 'problem', role: 'alert', hidden: true });
    const control = input(field);
    const list = field.kind === 'CHOICE' || !field.choices.length ? null
      : el('datalist', { id: control.id + '-list' },
        ...field.choices.map(choice => el('option', { value: choice.value }, choice.label)));
    if (list) control.setAttribute('list', list.id);
    return { field, control, problem, box: el('div', { className: 'field' },
      el('label', { htmlFor: control.id }, field.label),
      field.help ? el('p', { className: 'help' }, field.help) : null, control, list, problem) };
  });
  const card = el('form', { className: 'card settings', id: form.id }, el('h2', {}, form.title), ...fields.map(one => one.box),
    el('div', { className: 'row' }, el('button', { className: 'button primary' }, words.save), said));
  card.addEventListener('input', () => { said.textContent = ''; });
  card.addEventListener('submit', async event => {
    event.preventDefault();
    said.textContent = '';
    fields.forEach(one => { one.problem.hidden = true; one.control.removeAttribute('aria-invalid'); });
    try {
      await post('/pos/api/settings', {
        provider: form.id,
        values: Object.fromEntries(fields.map(one => [one.field.key, one.control.value])),
      });
      said.textContent = words.saved;
    } catch (refused) {
      const text = refused instanceof Refused ? refused.message : words.offline;
      const at = fields.find(one => refused.body && one.field.key === refused.body.key);
      if (at) {
        at.problem.textContent = text;
        at.problem.hidden = false;
        at.control.setAttribute('aria-invalid', 'true');
        at.control.focus();
      } else {
        said.textContent = text;
      }
    }
  });
  return card;
}

function drawSettings(overview) {
  /* Values, and what is proposed, are left out: a form that somebody is filling in is not drawn anew because of them. */
  const shape = settings.map(form => ({ ...form,
    fields: form.fields.map(field => ({ ...field, value: '', choices: field.kind === 'CHOICE' ? field.choices : [] })) }));
  const links = section(overview, HARDWARE);
  draw('forms', { shape, links }, () => [
    ...settings.filter(form => form.section === HARDWARE).map(settingsCard),
    ...links.map(entryLink),
    ...settings.filter(form => form.section !== HARDWARE).map(settingsCard),
    ...(settings.length || links.length ? [] : [el('p', { className: 'help' }, words['settings.empty'])]),
  ]);
}

const PAGES = {
  '/': { name: () => words.backoffice, prepare: startPage, draw: drawStart },
  '/pos/maintenance': {
    name: () => words.maintenance,
    prepare: () => view.replaceChildren(crumbs(words.maintenance), el('h1', {}, words.maintenance), el('div', { id: 'entries', className: 'tiles' })),
    draw: drawMaintenance,
  },
  '/pos/hardware': {
    name: () => words.hardware,
    prepare: () => view.replaceChildren(crumbs(words.settings, words.hardware), el('h1', {}, words.hardware), el('div', { id: 'forms', className: 'stack' })),
    draw: drawSettings,
  },
};

async function refresh() {
  try {
    const overview = await get('/pos/api/overview');
    settings = await get('/pos/api/settings');
    document.getElementById('offline').hidden = true;
    document.getElementById('shop').textContent = overview.shop;
    draw('menu', { overview: { menu: overview.menu }, forms: settings.map(({ id, title, section: at }) => ({ id, title, section: at })) }, menuPanel);
    draw('notices', overview.notices, notices => notices.map(noticeCard));
    PAGES[page].draw(overview);
  } catch (problem) {
    document.getElementById('offline').hidden = false;
  }
}

function showMenu(shown) {
  menu.hidden = !shown;
  gear.setAttribute('aria-expanded', String(shown));
}

gear.addEventListener('click', () => showMenu(menu.hidden));
menu.addEventListener('click', event => { if (event.target.closest('a')) { showMenu(false); } });
document.addEventListener('keydown', event => { if (event.key === 'Escape') { showMenu(false); gear.focus(); } });
document.getElementById('view').addEventListener('click', () => showMenu(false));
document.getElementById('logout').addEventListener('click', async () => {
  await post('/pos/api/logout', {});
  location.href = '/login';
});

await loadWords();
number = new Intl.NumberFormat(words.language);
speed = new Intl.NumberFormat(words.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
money = new Intl.NumberFormat(words.language, { style: 'currency', currency: 'EUR' });
time = new Intl.DateTimeFormat(words.language, { timeStyle: 'medium', timeZone: 'Europe/Berlin' });
moment = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' });
gear.setAttribute('aria-label', words.gear);
document.title = PAGES[page].name() + ' – JoeCash';
PAGES[page].prepare();

async function keepRefreshing() {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(keepRefreshing, 1000);
}
await keepRefreshing();
if (location.hash) {
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
