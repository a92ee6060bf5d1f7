// Shows what the address asks for: #/?filter, or #/e/ID?tab=…&node=….
import { get } from './api.js';
import { el, notice } from './dom.js';
import { ExecutionView } from './execution.js';
import { ListView } from './list.js';

const main = document.getElementById('main');
const crumbs = document.getElementById('crumbs');
let view;
let shown;

function parts() {
  const [path, query = ''] = location.hash.replace(/^#/, '').split('?');
  return { path: path || '/', wanted: Object.fromEntries(new URLSearchParams(query)) };
}

function address(path, wanted) {
  const query = String(new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== undefined)));
  return `#${path}${query ? `?${query}` : ''}`;
}

function show() {
  const { path, wanted } = parts();
  if (path !== shown) {
    view?.close();
    notice('');
    shown = path;
    const execution = /^\/e\/([1-9]\d{0,17})$/.exec(path);
    if (execution) {
      view = new ExecutionView(execution[1], (change) => { location.hash = address(path, { ...parts().wanted, ...change }); });
      crumbs.replaceChildren(el('a', { href: '#/' }, 'Executions'), ' / ', execution[1]);
    } else {
      view = new ListView((filter) => { location.hash = address('/', filter); });
      crumbs.replaceChildren();
      document.title = 'Remora';
    }
    main.replaceChildren(view.element);
  }
  view.show(wanted);
}

addEventListener('hashchange', show);
show();
get('/page/user').then(
  ({ user }) => document.getElementById('who').append(user),
  (failure) => notice(failure.message),
);
