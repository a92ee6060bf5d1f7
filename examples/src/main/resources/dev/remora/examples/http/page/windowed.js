// A list of which only the visible rows exist.
import { el } from './dom.js';

/** Browsers draw no element that is higher than some 16 million pixels. */
const HIGHEST = 8_000_000;
const BEYOND = 8;

export class WindowedList {
  #scroller;
  #ground;
  #rows = new Map();
  #free = [];
  #rowHeight;
  #count = 0;
  #fill;
  #frame = 0;
  #observer;

  /**
   * @param scroller the element that scrolls
   * @param rowHeight the height of each row in pixels
   * @param fill called with a row's element and its index, whenever it must show something else
   */
  constructor(scroller, rowHeight, fill) {
    this.#scroller = scroller;
    this.#rowHeight = rowHeight;
    this.#fill = fill;
    this.#ground = el('div', { class: 'ground' });
    scroller.append(this.#ground);
    scroller.addEventListener('scroll', () => this.#soon(), { passive: true });
    this.#observer = new ResizeObserver(() => {
      this.resized?.();
      this.#soon();
    });
    this.#observer.observe(scroller);
  }

  get count() {
    return this.#count;
  }

  set count(count) {
    this.#count = count;
    this.#ground.style.height = `${Math.min(count * this.#rowHeight, HIGHEST)}px`;
    this.#soon();
  }

  /** The first and the last visible index. */
  visible() {
    const rows = Math.ceil(this.#scroller.clientHeight / this.#rowHeight);
    const first = Math.floor(this.#top() / this.#rowHeight);
    return [Math.max(0, first), Math.min(this.#count - 1, first + rows)];
  }

  atEnd() {
    return this.#scroller.scrollTop + this.#scroller.clientHeight >= this.#scroller.scrollHeight - this.#rowHeight;
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#soon();
  }

  /** Scrolls so that a row is in the middle. */
  show(index) {
    const top = index * this.#rowHeight - (this.#scroller.clientHeight - this.#rowHeight) / 2;
    this.#scroller.scrollTop = top / this.#stretch();
    this.#soon();
  }

  /** Shows every visible row anew. */
  refresh() {
    for (const row of this.#rows.values()) {
      this.#fill(row, row.index);
    }
    this.#soon();
  }

  close() {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** How many pixels of rows one pixel of the scroll bar stands for. */
  #stretch() {
    const all = this.#count * this.#rowHeight;
    const view = this.#scroller.clientHeight;
    return all <= HIGHEST ? 1 : (all - view) / (HIGHEST - view);
  }

  #top() {
    return this.#scroller.scrollTop * this.#stretch();
  }

  #soon() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw();
      });
    }
  }

  #draw() {
    const started = performance.now();
    const [first, last] = this.visible();
    const from = Math.max(0, first - BEYOND);
    const to = Math.min(this.#count - 1, last + BEYOND);
    for (const [index, row] of this.#rows) {
      if (index < from || index > to) {
        this.#rows.delete(index);
        this.#free.push(row);
      }
    }
    const shift = this.#scroller.scrollTop - this.#top();
    for (let index = from; index <= to; index++) {
      let row = this.#rows.get(index);
      if (!row) {
        row = this.#free.pop() ?? this.#newRow();
        row.index = index;
        this.#rows.set(index, row);
        this.#fill(row, index);
      }
      row.style.transform = `translateY(${index * this.#rowHeight + shift}px)`;
      row.hidden = false;
    }
    for (const row of this.#free) {
      row.hidden = true;
    }
    performance.measure('remora:rows', { start: started, end: performance.now() });
  }

  #newRow() {
    const row = el('div', { class: 'row', role: 'row' });
    this.#ground.append(row);
    return row;
  }
}
