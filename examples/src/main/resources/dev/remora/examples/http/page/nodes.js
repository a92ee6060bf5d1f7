// The nodes as a table.
import { el, setText } from './dom.js';
import { count, several, span, time } from './format.js';
import { SHOWN, chip, setChip, word } from './states.js';
import { WindowedList } from './windowed.js';
import { now } from './api.js';

const ROW = 34;

export class NodeTable {
  #model;
  #list;
  #shown = [];
  #only;
  #onNode;
  #search;
  #states;
  #found;
  #selected = -1;

  /** @param only the indexes of the nodes to choose from; all if not given */
  constructor(model, onNode, only) {
    this.#model = model;
    this.#onNode = onNode;
    this.#only = only;
    this.#search = el('input', {
      type: 'search', placeholder: 'Part of a name', 'aria-label': 'Part of a name', oninput: () => this.update(),
    });
    this.#states = el(
      'select',
      { 'aria-label': 'State', onchange: () => this.update() },
      el('option', { value: '' }, 'Any state'),
      SHOWN.map((state) => el('option', { value: state }, word(state))),
    );
    this.#found = el('span', { class: 'faint' });
    const scroller = el('div', { class: 'rows', role: 'table', 'aria-label': 'Nodes', tabindex: 0 });
    this.element = el(
      'section',
      { class: 'table' },
      el('div', { class: 'bar' }, this.#search, this.#states, this.#found),
      el(
        'div',
        { class: 'node head' },
        ['Node', 'State', 'Type', 'Attempt', 'Start', 'Duration', 'Cause'].map((name) => el('span', {}, name)),
      ),
      scroller,
    );
    this.#list = new WindowedList(scroller, ROW, (row, index) => this.#fill(row, this.#shown[index]));
    this.update();
  }

  /** Shows only nodes in a state. */
  filter(state) {
    this.#states.value = String(state);
    this.update();
  }

  select(node) {
    this.#selected = node;
    this.#list.refresh();
  }

  update() {
    const { names, status } = this.#model;
    const part = this.#search.value.toLowerCase();
    const state = this.#states.value;
    const from = this.#only ?? [...names.keys()];
    this.#shown = from.filter((node) =>
      (state === '' || status[node] === Number(state)) && names[node].toLowerCase().includes(part));
    setText(this.#found, this.#shown.length === from.length
      ? several(from.length, 'node', 'nodes')
      : `${count(this.#shown.length)} of ${several(from.length, 'node', 'nodes')}`);
    this.#list.count = this.#shown.length;
    this.#list.refresh();
  }

  close() {
    this.#list.close();
  }

  #fill(row, node) {
    if (node === undefined) {
      return;
    }
    if (!row.cells) {
      row.classList.add('node');
      row.cells = {
        name: el('a', { class: 'name' }),
        state: chip(0),
        type: el('span'),
        attempt: el('span'),
        start: el('span'),
        duration: el('span'),
        cause: el('span', { class: 'faint' }),
      };
      row.append(...Object.values(row.cells).map((cell) => (cell.classList.contains('chip') ? el('span', {}, cell) : cell)));
      row.addEventListener('click', () => this.#onNode(row.node));
    }
    const { names, types, status, attempt, start, end, cause } = this.#model;
    row.node = node;
    row.classList.toggle('selected', node === this.#selected);
    setText(row.cells.name, names[node]);
    row.cells.name.title = names[node];
    setChip(row.cells.state, status[node]);
    setText(row.cells.type, types[node]);
    setText(row.cells.attempt, attempt[node] ? String(attempt[node]) : '–');
    setText(row.cells.start, time(start[node]));
    const running = status[node] === 3;
    setText(row.cells.duration, start[node] ? span((running ? now() : end[node] || start[node]) - start[node]) : '–');
    setText(row.cells.cause, cause[node]);
  }
}
