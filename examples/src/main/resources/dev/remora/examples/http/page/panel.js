// What is known of one node, with its log.
import { get, now } from './api.js';
import { el, notice, setText } from './dom.js';
import { span, time } from './format.js';
import { LogView } from './log.js';
import { chip, isFinal, setChip } from './states.js';

export class NodePanel {
  #model;
  #node;
  #execId;
  #chip = chip(0);
  #facts = el('dl', { class: 'facts' });
  #more = el('details', {}, el('summary', {}, 'Parameter, outputs, links'));
  #log;
  #rerun;
  #seen = '';
  #timer;

  /** @param frame close, widen and rerun, each a function */
  constructor(execId, model, node, frame) {
    this.#execId = execId;
    this.#model = model;
    this.#node = node;
    this.#log = new LogView(`${execId}-${model.names[node]}`, () => this.#ended());
    this.#rerun = el(
      'button',
      {
        type: 'button', 'data-action': 'rerun-from', hidden: true, title: 'Runs this node and all behind it again',
        onclick: () => frame.rerun({ scope: 'FROM_NODE', nodeName: model.names[node] }),
      },
      'Rerun from here',
    );
    this.element = el(
      'aside',
      { class: 'panel', 'aria-label': 'Node' },
      el(
        'header',
        {},
        el('h2', { title: model.names[node] }, model.names[node]),
        this.#chip,
        this.#rerun,
        el('button', { type: 'button', class: 'quiet', title: 'Wider or narrower', 'aria-label': 'Wider or narrower', onclick: frame.widen }, '⤢'),
        el('button', { type: 'button', class: 'quiet', title: 'Close', 'aria-label': 'Close', onclick: frame.close }, '✕'),
      ),
      this.#facts,
      this.#more,
      this.#log.element,
    );
    this.update();
    this.#timer = setInterval(() => this.#tick(), 500);
  }

  /** The states have changed. */
  update() {
    const { status, start, end, attempt } = this.#model;
    const node = this.#node;
    setChip(this.#chip, status[node]);
    this.#rerun.hidden = !isFinal(this.#model.execution.status) || status[node] === 9;
    const seen = [status[node], start[node], end[node], attempt[node], this.#model.execution.round].join();
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#read();
    }
  }

  close() {
    clearInterval(this.#timer);
    this.#log.close();
  }

  #ended() {
    return isFinal(this.#model.status[this.#node]);
  }

  async #read() {
    let node;
    try {
      node = await get(`/page/executions/${this.#execId}/nodes/${encodeURIComponent(this.#model.names[this.#node])}`);
    } catch (failure) {
      notice(failure.message);
      return;
    }
    const fact = (name, ...value) => [el('dt', {}, name), el('dd', {}, ...value)];
    this.duration = el('span', {}, '–');
    this.#facts.replaceChildren(
      ...fact('Type', node.type),
      ...fact('Attempt', node.attempt ? `${node.attempt} (round ${node.round})` : 'never ran'),
      ...fact('Start', time(node.startTime)),
      ...fact('Duration', this.duration),
      ...(node.nextAttemptTime ? fact('Next attempt', time(node.nextAttemptTime)) : []),
      ...(node.cause ? fact('Cause', node.cause + (node.message ? `: ${node.message}` : '')) : []),
      ...(node.desc ? fact('Description', node.desc) : []),
      ...(node.dep.length ? fact('Behind', node.dep.length > 12 ? `${node.dep.length} nodes` : node.dep.join(', ')) : []),
    );
    this.#tick();
    const json = (value) => el('pre', {}, JSON.stringify(value, null, 2));
    const blocks = [el('h3', {}, 'Parameter'), json(node.resolvedParameter ?? node.parameter)];
    if (Object.keys(node.outputs).length) {
      blocks.push(el('h3', {}, 'Outputs'), json(node.outputs));
    }
    if (node.appLinks.length) {
      blocks.push(el('h3', {}, 'Cluster applications'), el('ul', {}, node.appLinks.map((link) => el('li', {}, linked(link)))));
    }
    this.#more.replaceChildren(this.#more.firstChild, ...blocks);
  }

  #tick() {
    const { status, start, end } = this.#model;
    const node = this.#node;
    if (this.duration && start[node]) {
      setText(this.duration, span((status[node] === 3 ? now() : end[node] || start[node]) - start[node]));
    }
  }
}

/** Only addresses become links: what a job wrote may be a script. */
function linked(text) {
  return /^https?:\/\//.test(text) ? el('a', { href: text, rel: 'noreferrer', target: '_blank' }, text) : text;
}
