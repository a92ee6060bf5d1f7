// The list of executions.
import { ApiError, get, now, poll } from './api.js';
import { el, notice, setText } from './dom.js';
import { count, span, time } from './format.js';
import { SHOWN, SKIPPED, chip, setChip, word } from './states.js';

const SIZE = 50;
const PAUSE = 2000;

export class ListView {
  #go;
  #wanted = {};
  #stop;
  #rows = new Map();
  #body = el('tbody');
  #facts = el('span', { class: 'faint' });
  #older;
  #newest;
  #empty = el('p', { class: 'empty', hidden: true }, 'No execution matches.');
  #fields;
  #states;
  #next;

  /** @param go called with the filter that is to be shown */
  constructor(go) {
    this.#go = go;
    const change = () => go(this.#read());
    const text = (name, label, hint) =>
      el('label', {}, label, el('input', { name, placeholder: hint, spellcheck: 'false', autocomplete: 'off', onchange: change }));
    this.#fields = el(
      'form',
      { class: 'filters', onsubmit: (event) => { event.preventDefault(); change(); } },
      text('project', 'Project', 'any'),
      text('workflow', 'Workflow', 'begins with …'),
      text('user', 'User', 'any'),
      el('label', {}, 'Type', el('select', { name: 'type', onchange: change },
        el('option', { value: '' }, 'any'),
        ['DIRECT', 'SCHEDULER', 'COMPLEMENT_DATA'].map((type) => el('option', { value: type }, type)))),
      el('label', {}, 'Submitted from', el('input', { name: 'since', type: 'datetime-local', onchange: change })),
      el('label', {}, 'to', el('input', { name: 'until', type: 'datetime-local', onchange: change })),
      el('button', { type: 'submit', hidden: true }, 'Apply'),
    );
    this.#states = el(
      'div',
      { class: 'legend', role: 'group', 'aria-label': 'States' },
      SHOWN.filter((state) => state !== SKIPPED).map((state) =>
        el('button', { type: 'button', class: 'toggle', 'data-state': state, 'aria-pressed': 'false', onclick: (event) => {
          const button = event.currentTarget;
          button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
          change();
        } }, el('i', { class: `dot s${state}` }), word(state))),
    );
    this.#older = el('button', { type: 'button', disabled: true, onclick: () => go({ ...this.#read(), after: this.#next }) }, 'Older');
    this.#newest = el('button', { type: 'button', onclick: () => go(this.#read()) }, 'Newest');
    this.element = el(
      'div',
      { class: 'list' },
      el('h1', {}, 'Executions'),
      this.#fields,
      this.#states,
      el(
        'div',
        { class: 'card' },
        el(
          'table',
          {},
          el('thead', {}, el('tr', {}, ['Id', 'Workflow', 'State', 'Start', 'Duration', 'Type', 'User', 'Submitted'].map((name) => el('th', { scope: 'col' }, name)))),
          this.#body,
        ),
        this.#empty,
      ),
      el('div', { class: 'bar' }, this.#facts, this.#newest, this.#older),
    );
  }

  show(wanted) {
    this.#wanted = wanted;
    for (const name of ['project', 'workflow', 'user', 'type', 'since', 'until']) {
      this.#fields.elements[name].value = wanted[name] ?? '';
    }
    const states = (wanted.status ?? '').split(',');
    this.#states.childNodes.forEach((button) => button.setAttribute('aria-pressed', String(states.includes(button.dataset.state))));
    this.#newest.hidden = !wanted.after;
    this.#stop?.();
    this.#stop = poll((signal) => this.#fetch(signal), () => PAUSE);
  }

  close() {
    this.#stop?.();
  }

  #read() {
    const fields = this.#fields.elements;
    const states = [...this.#states.childNodes].filter((button) => button.getAttribute('aria-pressed') === 'true').map((button) => button.dataset.state);
    return {
      project: fields.project.value.trim() || undefined,
      workflow: fields.workflow.value.trim() || undefined,
      user: fields.user.value.trim() || undefined,
      type: fields.type.value || undefined,
      since: fields.since.value || undefined,
      until: fields.until.value || undefined,
      status: states.join(',') || undefined,
    };
  }

  #address() {
    const wanted = this.#wanted;
    const parameters = new URLSearchParams({ size: SIZE });
    const set = (name, value) => value && parameters.set(name, value);
    set('projectName', wanted.project);
    set('workflowName', wanted.workflow && JSON.stringify([wanted.workflow]));
    set('submitUser', wanted.user);
    set('execType', wanted.type);
    set('startDate', wanted.since && new Date(wanted.since).getTime());
    set('endDate', wanted.until && new Date(wanted.until).getTime());
    set('status', wanted.status && `[${wanted.status}]`);
    set('after', wanted.after);
    return `/executors?${parameters}`;
  }

  async #fetch(signal) {
    let page;
    try {
      page = await get(this.#address(), signal);
      notice('');
    } catch (failure) {
      if (failure instanceof ApiError) {
        notice(failure.message);
        return;
      }
      throw failure;
    }
    this.#next = page.next;
    this.#older.disabled = !page.next;
    setText(this.#facts, page.total > page.length ? `${count(page.length)} of ${count(page.total)}` : `${count(page.total)} in all`);
    this.#empty.hidden = page.length > 0;
    const seen = new Set();
    page.executions.forEach((execution, index) => {
      seen.add(execution.execId);
      let row = this.#rows.get(execution.execId);
      if (!row) {
        row = this.#newRow(execution);
        this.#rows.set(execution.execId, row);
      }
      this.#fill(row, execution);
      if (this.#body.childNodes[index] !== row) {
        this.#body.insertBefore(row, this.#body.childNodes[index] ?? null);
      }
    });
    for (const [execId, row] of this.#rows) {
      if (!seen.has(execId)) {
        row.remove();
        this.#rows.delete(execId);
      }
    }
  }

  #newRow({ execId, projectName, workflowName }) {
    const address = `#/e/${execId}`;
    const row = el(
      'tr',
      { onclick: (event) => { if (!event.target.closest('a') && !getSelection().toString()) location.hash = address; } },
      el('td', { class: 'id' }, el('a', { href: address }, String(execId))),
      el('td', {}, el('span', { class: 'faint' }, `${projectName} / `), el('a', { href: address }, workflowName)),
    );
    row.parts = { state: chip(0), start: el('td'), duration: el('td'), type: el('td', { class: 'faint' }), user: el('td'), submitted: el('td', { class: 'faint' }) };
    const { state, ...cells } = row.parts;
    row.append(el('td', {}, state), ...Object.values(cells));
    return row;
  }

  #fill(row, execution) {
    const { state, start, duration, type, user, submitted } = row.parts;
    setChip(state, execution.status);
    state.title = execution.cause ?? '';
    setText(start, time(execution.startTime));
    setText(duration, execution.startTime ? span((execution.endTime ?? now()) - execution.startTime) : '–');
    setText(type, execution.execType);
    setText(user, execution.submitUser);
    setText(submitted, time(execution.submitTime));
  }
}
