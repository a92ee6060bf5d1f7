// One execution: its facts, its pictures, and the panel of a node.
import { Actions } from './actions.js';
import { ApiError, get, getChanged, now, poll } from './api.js';
import { Dag } from './dag.js';
import { el, notice, setText } from './dom.js';
import { count, several, span, time } from './format.js';
import { Gantt } from './gantt.js';
import { NodeTable } from './nodes.js';
import { NodePanel } from './panel.js';
import { SHOWN, SKIPPED, chip, isFinal, setChip, word } from './states.js';

const TABS = { graph: 'Graph', timeline: 'Timeline', nodes: 'Nodes' };
const PAUSE = 1000;
const QUIET_PAUSE = 5000;

export class ExecutionView {
  #execId;
  #go;
  #known = {};
  #model;
  #stop;
  #tab;
  #view;
  #panel;
  #box;
  #timer;
  #chip = chip(0);
  #facts = el('p', { class: 'facts-line' });
  #cause = el('span', { class: 'faint' });
  #duration = el('span');
  #shares = el('div', { class: 'shares' });
  #legend = el('div', { class: 'legend' });
  #title = el('h1');
  #tabs;
  #stage = el('div', { class: 'work' });
  #find;
  #actions;
  #names = el('datalist', { id: 'node-names' });

  /** @param go called with what is to be shown, such as {tab, node, wide} */
  constructor(execId, go) {
    this.#execId = execId;
    this.#go = go;
    this.#actions = new Actions(execId, () => this.#refresh());
    this.#tabs = el(
      'div',
      { class: 'tabs', role: 'tablist' },
      Object.entries(TABS).map(([tab, label]) =>
        el('button', { type: 'button', role: 'tab', 'data-tab': tab, onclick: () => go({ tab }) }, label)),
    );
    this.#find = el('input', {
      type: 'search', placeholder: 'Go to a node', 'aria-label': 'Go to a node', list: 'node-names',
      oninput: () => this.#suggest(),
      onchange: () => this.#goTo(),
    });
    this.element = el(
      'div',
      { class: 'execution' },
      el(
        'header',
        { class: 'summary' },
        el('div', { class: 'titleline' }, this.#title, this.#chip, this.#cause, this.#actions.element),
        this.#facts,
        this.#shares,
        el('div', { class: 'bar' }, this.#tabs, this.#legend, this.#find, this.#names),
      ),
      this.#stage,
    );
    this.#timer = setInterval(() => this.#tick(), 500);
    this.#start();
  }

  /** Shows a tab, a node, a width. */
  show(wanted) {
    this.wanted = wanted;
    if (this.#model) {
      this.#apply();
    }
  }

  close() {
    this.#stop?.();
    clearInterval(this.#timer);
    this.#view?.close();
    this.#panel?.close();
    this.#box?.close();
  }

  #start() {
    this.#stop = poll((signal) => this.#read(signal), () => (this.#model && isFinal(this.#model.execution.status) ? QUIET_PAUSE : PAUSE));
  }

  #refresh() {
    this.#stop();
    this.#start();
  }

  async #read(signal) {
    const base = `/page/executions/${this.#execId}`;
    try {
      const states = await getChanged(`${base}/states`, this.#known, signal);
      if (!states) {
        return;
      }
      const shape = `${states.execution.version} ${states.status.length}`;
      if (!this.#model || this.#model.shape !== shape) {
        const graph = await get(`${base}/graph`, signal);
        this.#forget();
        this.#model = { ...graph, shape };
      }
      Object.assign(this.#model, states);
      notice('');
    } catch (failure) {
      if (failure instanceof ApiError) {
        notice(failure.message);
        return;
      }
      throw failure;
    }
    this.#update();
  }

  /** Drops what was drawn of another version of the workflow. */
  #forget() {
    this.#view?.close();
    this.#panel?.close();
    this.#box?.close();
    this.#view = this.#panel = this.#box = this.#tab = undefined;
    this.#stage.replaceChildren();
  }

  #update() {
    const { execution } = this.#model;
    this.#title.replaceChildren(
      el('span', { class: 'faint' }, `${execution.projectName} / `), execution.workflowName, el('span', { class: 'faint' }, ` #${execution.execId}`));
    document.title = `${word(execution.status)} · ${execution.workflowName} #${execution.execId} · Remora`;
    setChip(this.#chip, execution.status);
    setText(this.#cause, execution.cause ?? '');
    this.#actions.update(execution.status);
    const facts = [
      ['Submitted', `${time(execution.submitTime)} by ${execution.submitUser}`],
      ['Start', time(execution.startTime)],
      ['Duration', this.#duration],
      ['Stands for', time(execution.scheduleTime)],
      ['Type', execution.execType],
      ['Version', String(execution.version)],
      ...(execution.round > 1 ? [['Round', String(execution.round)]] : []),
      ['On failure', execution.failurePolicy],
      ['Priority', String(execution.priority)],
      ...(execution.timeout ? [['Timeout', span(execution.timeout * 1000)]] : []),
      ...(execution.queue ? [['Queue', execution.queue]] : []),
      ...(execution.nodeName.length ? [['Selected', `${execution.nodeDep} ${execution.nodeName.join(', ')}`]] : []),
    ];
    this.#facts.replaceChildren(...facts.map(([name, value]) => el('span', {}, el('b', {}, name), ' ', value)));
    this.#tick();
    this.#updateShares();
    this.#apply();
    this.#view?.update();
    this.#panel?.update();
    this.#box?.update();
  }

  #updateShares() {
    const counts = new Array(10).fill(0);
    this.#model.status.forEach((state) => { counts[state]++; });
    const total = this.#model.status.length - counts[SKIPPED] || 1;
    const states = SHOWN.filter((state) => counts[state]);
    const inRun = states.filter((state) => state !== SKIPPED);
    this.#shares.replaceChildren(...inRun.map((state) => {
      const share = el('i', { class: `s${state}`, title: `${word(state)}: ${counts[state]}` });
      share.style.flexGrow = counts[state] / total;
      return share;
    }));
    this.#legend.replaceChildren(...states.map((state) =>
      el('button', { type: 'button', class: 'quiet', title: 'List these nodes', onclick: () => this.#filter(state) },
        el('i', { class: `dot s${state}` }), `${count(counts[state])} ${word(state).toLowerCase()}`)));
  }

  #tick() {
    const execution = this.#model?.execution;
    if (execution) {
      const end = execution.endTime ?? now();
      setText(this.#duration, execution.startTime ? span(end - execution.startTime) : '–');
      if (this.#tab !== 'nodes' && !isFinal(execution.status)) {
        this.#view?.update();
      }
    }
  }

  #filter(state) {
    this.#go({ tab: 'nodes' });
    // why: the address changes first, and the table is made when that is heard of
    setTimeout(() => this.#view?.filter?.(state));
  }

  #suggest() {
    const part = this.#find.value.toLowerCase();
    const found = part ? this.#model.names.filter((name) => name.toLowerCase().includes(part)).slice(0, 20) : [];
    this.#names.replaceChildren(...found.map((name) => el('option', { value: name })));
    this.#goTo(true);
  }

  #goTo(exactly) {
    const text = this.#find.value;
    const name = this.#model.names.includes(text)
      ? text
      : exactly || !text ? undefined : this.#model.names.find((one) => one.toLowerCase().includes(text.toLowerCase()));
    if (name) {
      this.#go({ node: name });
    } else if (text && !exactly) {
      notice(`No node has “${text}” in its name.`);
    }
  }

  #apply() {
    const { tab = 'graph', node, wide } = this.wanted;
    const onNode = (index) => this.#go({ node: this.#model.names[index] });
    if (tab !== this.#tab) {
      this.#tab = tab;
      this.#view?.close();
      this.#closeBox();
      this.#view =
        tab === 'timeline' ? new Gantt(this.#model, onNode)
          : tab === 'nodes' ? new NodeTable(this.#model, onNode)
            : new Dag(this.#model, onNode, (nodes) => this.#openBox(nodes));
      this.#stage.prepend(this.#view.element);
      [...this.#stage.querySelectorAll(':scope > section')].slice(1).forEach((old) => old.remove());
      this.#tabs.childNodes.forEach((one) => one.setAttribute('aria-selected', one.dataset.tab === tab));
    }
    const index = node === undefined ? -1 : this.#model.names.indexOf(node);
    if (index !== (this.#panel?.index ?? -1)) {
      this.#panel?.close();
      this.#panel?.element.remove();
      this.#panel = undefined;
      if (index >= 0) {
        this.#panel = new NodePanel(this.#execId, this.#model, index, {
          close: () => this.#go({ node: undefined, wide: undefined }),
          widen: () => this.#go({ wide: this.wanted.wide ? undefined : '1' }),
          rerun: (form) => this.#actions.rerun(form),
        });
        this.#panel.index = index;
        this.#stage.append(this.#panel.element);
      }
      // why: the picture is narrower now, and must know that before it brings the node into view
      requestAnimationFrame(() => this.#view?.select(index));
    }
    this.#stage.classList.toggle('wide', wide === '1' && index >= 0);
  }

  /** Lists nodes that are drawn as one box. */
  #openBox(nodes) {
    this.#closeBox();
    const table = new NodeTable(this.#model, (index) => this.#go({ node: this.#model.names[index] }), nodes);
    const frame = el(
      'aside',
      { class: 'panel box', 'aria-label': 'Nodes alike' },
      el('header', {}, el('h2', {}, several(nodes.length, 'node', 'nodes alike')),
        el('button', { type: 'button', class: 'quiet', title: 'Close', 'aria-label': 'Close', onclick: () => this.#closeBox() }, '✕')),
      table.element,
    );
    this.#box = { update: () => table.update(), close: () => { table.close(); frame.remove(); } };
    this.#view.element.after(frame);
  }

  #closeBox() {
    this.#box?.close();
    this.#box = undefined;
  }
}
