// The nodes over time.
import { el } from './dom.js';
import { Picture } from './canvas.js';
import { clock, several, span } from './format.js';
import { now } from './api.js';

const ROW = 22;
const NAMES = 220;
const AXIS = 30;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400, 604800];

export class Gantt {
  #model;
  #canvas;
  #scroller;
  #ground;
  #picture;
  #rows = [];
  #zoom = 1;
  #from = 0;
  #selected = -1;
  #empty;

  constructor(model, onNode) {
    this.#model = model;
    this.#canvas = el('canvas', {
      class: 'picture',
      role: 'img',
      'aria-label': 'When each node ran. The tab Nodes has the same as a table.',
    });
    this.#ground = el('div', { class: 'ground' });
    this.#scroller = el('div', { class: 'over', tabindex: 0, onscroll: () => this.#picture.soon() }, this.#ground);
    this.#empty = el('p', { class: 'empty' }, 'No node has started yet.');
    const button = (label, title, factor) =>
      el('button', { type: 'button', title, 'aria-label': title, onclick: () => this.#stretch(factor) }, label);
    this.element = el(
      'section',
      { class: 'stage' },
      this.#canvas,
      this.#scroller,
      this.#empty,
      el('div', { class: 'tools' }, button('+', 'More detail', 1.6), button('−', 'Less detail', 1 / 1.6), button('Fit', 'All of the time', 0)),
    );
    this.#picture = new Picture(this.#canvas, 'remora:gantt', (context, colours) => this.#draw(context, colours));
    this.#scroller.addEventListener('click', (event) => {
      const row = this.#rows[this.#rowAt(event)];
      if (row !== undefined) {
        onNode(row);
      }
    });
    this.#scroller.addEventListener('pointermove', (event) => {
      const row = this.#rows[this.#rowAt(event)];
      this.#scroller.classList.toggle('pointing', row !== undefined);
      this.#scroller.title = row === undefined ? '' : this.#title(row);
    });
    this.#scroller.addEventListener(
      'wheel',
      (event) => {
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          this.#stretch(Math.exp(-event.deltaY * 0.002), this.#place(event)[0]);
        } else if (event.shiftKey || event.deltaX) {
          event.preventDefault();
          this.#shift((event.deltaX + (event.shiftKey ? event.deltaY : 0)) / (this.#chartWidth() * this.#zoom));
        }
      },
      { passive: false },
    );
    this.update();
  }

  select(node) {
    this.#selected = node;
    const row = this.#rows.indexOf(node);
    if (row >= 0) {
      const y = row * ROW;
      const { scrollTop, clientHeight } = this.#scroller;
      if (y < scrollTop || y > scrollTop + clientHeight - AXIS - ROW) {
        this.#scroller.scrollTop = y - clientHeight / 2;
      }
    }
    this.#picture.soon();
  }

  update() {
    const { start } = this.#model;
    this.#rows = [...start.keys()].filter((node) => start[node] > 0).sort((a, b) => start[a] - start[b] || a - b);
    this.#ground.style.height = `${AXIS + this.#rows.length * ROW + 12}px`;
    this.#empty.hidden = this.#rows.length > 0;
    this.#picture.soon();
  }

  close() {
    this.#picture.close();
  }

  #chartWidth() {
    return Math.max(50, this.#picture.width - NAMES - 24);
  }

  #range() {
    let first = Infinity;
    let last = 0;
    for (const node of this.#rows) {
      first = Math.min(first, this.#model.start[node]);
      last = Math.max(last, this.#endOf(node));
    }
    const whole = Math.max(500, last - first);
    return [first + this.#from * whole, whole / this.#zoom, whole, first];
  }

  #endOf(node) {
    // why: a node that waits for its next attempt has a start and an end, one that runs has no end
    return this.#model.end[node] || (this.#model.status[node] === 3 ? now() : this.#model.start[node]);
  }

  #stretch(factor, x = NAMES + this.#chartWidth() / 2) {
    if (!factor) {
      [this.#zoom, this.#from] = [1, 0];
    } else {
      const share = Math.min(1, Math.max(0, (x - NAMES) / this.#chartWidth()));
      const fixed = this.#from + share / this.#zoom;
      this.#zoom = Math.min(2000, Math.max(1, this.#zoom * factor));
      this.#from = fixed - share / this.#zoom;
    }
    this.#shift(0);
  }

  #shift(by) {
    this.#from = Math.min(1 - 1 / this.#zoom, Math.max(0, this.#from + by));
    this.#picture.soon();
  }

  #place(event) {
    const box = this.#scroller.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #rowAt(event) {
    const y = this.#place(event)[1];
    return y < AXIS ? -1 : Math.floor((y - AXIS + this.#scroller.scrollTop) / ROW);
  }

  #title(node) {
    const { names, start } = this.#model;
    return `${names[node]}: ${clock(start[node])}, ${span(this.#endOf(node) - start[node])}`;
  }

  #draw(context, colours) {
    if (!this.#rows.length) {
      return;
    }
    const { width, height } = this.#picture;
    const [from, length, , first] = this.#range();
    const chart = this.#chartWidth();
    const x = (time) => NAMES + ((time - from) / length) * chart;
    const scroll = this.#scroller.scrollTop;
    context.save();
    context.beginPath();
    context.rect(0, AXIS, width, height - AXIS);
    context.clip();
    this.#grid(context, colours, first, from, length, x, height);
    const top = Math.max(0, Math.floor(scroll / ROW) - 1);
    const bottom = Math.min(this.#rows.length - 1, Math.ceil((scroll + height) / ROW));
    for (let row = top; row <= bottom; row++) {
      this.#drawRow(context, colours, this.#rows[row], AXIS + row * ROW - scroll, x, width);
    }
    context.restore();
    context.fillStyle = colours.faint;
    context.font = `11px ${colours.sans}`;
    context.fillText(several(this.#rows.length, 'node has started', 'nodes have started'), 14, 19);
    context.fillStyle = colours.line;
    context.fillRect(0, AXIS - 1, width, 1);
  }

  #grid(context, colours, first, from, length, x, height) {
    const step = (STEPS.find((seconds) => (seconds * 1000 * this.#chartWidth()) / length > 80) ?? 604800) * 1000;
    context.save();
    context.beginPath();
    context.rect(NAMES, 0, this.#picture.width, height);
    context.restore();
    context.font = `11px ${colours.sans}`;
    const begin = first + Math.ceil((from - first) / step) * step;
    for (let time = begin; time <= from + length; time += step) {
      context.fillStyle = colours.line;
      context.fillRect(Math.round(x(time)), AXIS, 1, height);
    }
    context.restore();
    context.save();
    context.fillStyle = colours.faint;
    context.font = `11px ${colours.sans}`;
    for (let time = begin; time <= from + length; time += step) {
      const label = step >= 60_000 || time === first ? clock(time) : `+${span(time - first)}`;
      if (x(time) + context.measureText(label).width < this.#picture.width - 120 || time === begin) {
        context.fillText(label, Math.round(x(time)) + 3, 19);
      }
    }
    context.beginPath();
    context.rect(0, AXIS, this.#picture.width, height - AXIS);
    context.clip();
  }

  #drawRow(context, colours, node, y, x, width) {
    const { names, start, status, attempt } = this.#model;
    if (node === this.#selected) {
      context.globalAlpha = 0.12;
      context.fillStyle = colours.accent;
      context.fillRect(0, y, width, ROW);
      context.globalAlpha = 1;
    }
    const left = Math.max(NAMES, x(start[node]));
    const right = Math.min(width, x(this.#endOf(node)));
    if (right >= NAMES && left <= width) {
      context.fillStyle = colours.state[status[node]];
      context.beginPath();
      context.roundRect(left, y + 4, Math.max(3, right - left), ROW - 8, 3);
      context.fill();
      const label = span(this.#endOf(node) - start[node]) + (attempt[node] > 1 ? ` · attempt ${attempt[node]}` : '');
      context.font = `11px ${colours.sans}`;
      const room = context.measureText(label).width;
      context.fillStyle = colours.faint;
      if (right + room + 10 < width) {
        context.fillText(label, Math.max(NAMES, right) + 6, y + 15);
      } else if (left - room - 6 > NAMES) {
        context.fillText(label, left - room - 6, y + 15);
      }
    }
    context.fillStyle = colours.ground;
    context.fillRect(0, y, NAMES - 4, ROW);
    context.fillStyle = colours.text;
    context.font = `12px ${colours.sans}`;
    context.save();
    context.beginPath();
    context.rect(0, y, NAMES - 14, ROW);
    context.clip();
    context.fillText(names[node], 14, y + 15);
    context.restore();
  }
}
