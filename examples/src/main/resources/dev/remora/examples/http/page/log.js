// The log of a node: as long as it likes, searched by the server, followed while it grows.
import { ApiError, get, poll } from './api.js';
import { el, setText } from './dom.js';
import { count, several } from './format.js';
import { WindowedList } from './windowed.js';

const ROW = 19;
const PAGE = 200;
const MOST_PAGES = 60;
/** A line is shown up to here; the rest of it on request. */
const LONGEST = 2000;
const FOLLOW_PAUSE = 1000;
const QUIET_PAUSE = 4000;

export class LogView {
  #jobId;
  #isFinal;
  #list;
  #pages = new Map();
  #asked = new Set();
  #total = 0;
  #follow;
  #query;
  #regex;
  #facts;
  #message;
  #stop;
  #generation = 0;
  #searchTimer;

  /** @param isFinal tells whether the node has ended, so that nothing more is to come */
  constructor(jobId, isFinal) {
    this.#jobId = jobId;
    this.#isFinal = isFinal;
    this.#query = el('input', {
      type: 'search', placeholder: 'Search the log', 'aria-label': 'Search the log', oninput: () => this.#searchSoon(),
    });
    this.#regex = el('input', { type: 'checkbox', onchange: () => this.#restart() });
    this.#follow = el('input', { type: 'checkbox', checked: true, onchange: () => this.#follow.checked && this.#list.toEnd() });
    this.#facts = el('span', { class: 'faint', 'data-log-total': '' });
    this.#message = el('p', { class: 'empty', hidden: true });
    const scroller = el('div', { class: 'lines', tabindex: 0, role: 'log', 'aria-label': 'Log' });
    scroller.addEventListener('scroll', () => {
      // why: who scrolls back wants to read there; who scrolls to the end wants to see what comes
      if (this.#settled) {
        this.#follow.checked = this.#list.atEnd();
      }
      this.#fetchVisible();
    });
    this.element = el(
      'section',
      { class: 'log' },
      el(
        'div',
        { class: 'bar' },
        this.#query,
        el('label', { title: 'Reads the search as a regular expression of Java' }, this.#regex, 'Regex'),
        el('label', { title: 'Stays at the end while the log grows' }, this.#follow, 'Follow'),
        el('button', { type: 'button', title: 'To the first line', onclick: () => this.#list.show(0) }, 'Top'),
        el('button', { type: 'button', title: 'To the last line', onclick: () => this.#list.toEnd() }, 'End'),
        this.#facts,
      ),
      scroller,
      this.#message,
    );
    this.#list = new WindowedList(scroller, ROW, (row, index) => this.#fill(row, index));
    this.#list.resized = () => this.#follow.checked && this.#list.toEnd();
    this.#restart();
  }

  #settled = false;

  close() {
    this.#stop?.();
    clearTimeout(this.#searchTimer);
    this.#list.close();
  }

  #searchSoon() {
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.#restart(), 250);
  }

  #restart() {
    this.#stop?.();
    this.#generation++;
    this.#pages.clear();
    this.#asked.clear();
    this.#total = 0;
    this.#settled = false;
    this.#list.count = 0;
    this.#message.hidden = true;
    let first = true;
    this.#stop = poll(async (signal) => {
      if (!first && this.#isFinal() && this.ended) {
        return;
      }
      const wasFinal = this.#isFinal();
      // why: the total comes with any page; the last one is what follows
      await this.#fetch(Math.floor(Math.max(0, this.#total - 1) / PAGE), signal);
      this.ended = wasFinal;
      if (first) {
        first = false;
        this.#list.toEnd();
        requestAnimationFrame(() => { this.#settled = true; });
      }
    }, () => (this.#isFinal() ? QUIET_PAUSE : FOLLOW_PAUSE));
  }

  #address(from, size) {
    const parameters = new URLSearchParams({ from, size, marks: true });
    if (this.#query.value) {
      parameters.set(this.#regex.checked ? 'regex' : 'query', this.#query.value);
    }
    return `/executors/${encodeURIComponent(this.#jobId)}/logs?${parameters}`;
  }

  async #fetch(page, signal) {
    const generation = this.#generation;
    let answer;
    try {
      answer = await get(this.#address(page * PAGE, PAGE), signal);
    } catch (failure) {
      if (failure instanceof ApiError) {
        this.#tell(failure.message);
        return;
      }
      throw failure;
    }
    if (generation !== this.#generation) {
      return;
    }
    this.#keep(page, answer);
    if (answer.total !== this.#total) {
      const grown = answer.total > this.#total;
      this.#total = answer.total;
      this.#list.count = answer.total;
      if (grown && this.#follow.checked) {
        this.#list.toEnd();
      }
    }
    const searching = this.#query.value !== '';
    this.#facts.dataset.logTotal = this.#total;
    setText(this.#facts, searching ? several(this.#total, 'line matches', 'lines match') : several(this.#total, 'line', 'lines'));
    this.#tell(this.#total ? '' : searching ? 'No line matches.' : this.#isFinal() ? 'Nothing was written.' : 'Nothing was written yet.');
    this.#list.refresh();
    this.#fetchVisible();
  }

  #keep(page, answer) {
    this.#pages.delete(page);
    this.#pages.set(page, answer);
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) {
        break;
      }
      this.#pages.delete(old);
    }
  }

  #fetchVisible() {
    if (!this.#list.count) {
      return;
    }
    const [first, last] = this.#list.visible();
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      const known = this.#pages.get(page);
      const whole = known && known.length >= Math.min(PAGE, this.#total - page * PAGE);
      if (!whole && !this.#asked.has(page)) {
        this.#asked.add(page);
        this.#fetch(page).finally(() => this.#asked.delete(page));
      }
    }
  }

  #tell(text) {
    this.#message.hidden = !text;
    setText(this.#message, text);
  }

  #fill(row, index) {
    if (!row.number) {
      row.number = el('span', { class: 'number' });
      row.attempt = el('span', { class: 'attempt' });
      row.text = el('span', { class: 'text' });
      row.append(row.number, row.attempt, row.text);
    }
    const page = this.#pages.get(Math.floor(index / PAGE));
    const at = index % PAGE;
    const text = page?.content[at];
    setText(row.number, text === undefined ? '' : count(page.numbers[at] + 1));
    setText(row.attempt, text === undefined ? '' : `#${page.attempts[at]}`);
    row.attempt.title = text === undefined ? '' : `attempt ${page.attempts[at]}`;
    this.#fillText(row.text, text ?? '…');
    row.text.classList.toggle('pending', text === undefined);
  }

  #fillText(place, text) {
    const needle = this.#regex.checked ? '' : this.#query.value;
    const shown = text.length > LONGEST ? text.slice(0, LONGEST) : text;
    const key = `${needle}\u0000${text}`;
    if (place.key === key) {
      return;
    }
    place.key = key;
    const parts = [];
    let at = 0;
    for (let found = needle ? shown.indexOf(needle) : -1; found >= 0; found = shown.indexOf(needle, at)) {
      parts.push(shown.slice(at, found), el('mark', {}, needle));
      at = found + needle.length;
    }
    parts.push(shown.slice(at));
    if (shown !== text) {
      parts.push(el(
        'button',
        { type: 'button', class: 'rest', onclick: () => this.#showWhole(text) },
        `… ${several(text.length - LONGEST, 'more character', 'more characters')}`,
      ));
    }
    place.replaceChildren(...parts);
  }

  #showWhole(text) {
    const dialog = el(
      'dialog',
      { class: 'whole', onclose: () => dialog.remove() },
      el('pre', {}, text),
      el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Close')),
    );
    document.body.append(dialog);
    dialog.showModal();
  }
}
