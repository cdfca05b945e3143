import { loadWords, post, words } from '/pos/shared.js';

const problem = document.getElementById('problem');

/* Only a path of this server: "//" and "/\" would lead to another one. */
function next() {
  const wanted = new URLSearchParams(location.search).get('next') || '/';
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}

document.getElementById('form').addEventListener('submit', async event => {
  event.preventDefault();
  problem.hidden = true;
  try {
    await post('/pos/api/login', {
      user: document.getElementById('user').value,
      password: document.getElementById('password').value,
    });
    location.href = next();
  } catch (refused) {
    problem.textContent = refused.body && refused.body.problem ? refused.body.problem : words.offline;
    problem.hidden = false;
  }
});

await loadWords();
document.title = words['login.title'] + ' – JoeCash';
