// A picture larger than the screen, which can be moved and scaled.
import { palette } from './states.js';

const SMALLEST = 0.02;
const LARGEST = 2.5;
const MEASURES = 500;

export class Picture {
  #canvas;
  #draw;
  #frame = 0;
  #observer;
  #measures = 0;
  #name;

  /**
   * @param canvas where it is drawn
   * @param name under which the times of drawing are noted
   * @param draw called with the context, the colours, and this
   */
  constructor(canvas, name, draw) {
    this.#canvas = canvas;
    this.#name = name;
    this.#draw = draw;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.#observer = new ResizeObserver(() => {
      this.resized?.();
      this.soon();
    });
    this.#observer.observe(canvas);
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.themed = () => this.soon();
    this.dark.addEventListener('change', this.themed);
  }

  get width() {
    return this.#canvas.clientWidth;
  }

  get height() {
    return this.#canvas.clientHeight;
  }

  /** The place of the picture that is at a place of the canvas. */
  at(x, y) {
    return [(x - this.x) / this.scale, (y - this.y) / this.scale];
  }

  /** Draws once before the next frame, however often it is asked for. */
  soon() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#now();
      });
    }
  }

  #now() {
    const started = performance.now();
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(this.width * ratio);
    const height = Math.round(this.height * ratio);
    if (!width || !height) {
      return;
    }
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.#draw(context, palette(), this);
    if (++this.#measures % MEASURES === 0) {
      performance.clearMeasures(this.#name);
    }
    performance.measure(this.#name, { start: started, end: performance.now() });
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.soon();
  }

  move(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.soon();
  }

  /** Shows the whole of an area, never larger than life. */
  fit(width, height, margin = 30) {
    this.scale = Math.min(
      1,
      Math.max(SMALLEST, Math.min((this.width - 2 * margin) / width, (this.height - 2 * margin) / height)),
    );
    this.x = Math.max(margin, (this.width - width * this.scale) / 2);
    this.y = (this.height - height * this.scale) / 2;
    this.soon();
  }

  /** Puts a place of the picture into the middle. */
  center(x, y) {
    this.x = this.width / 2 - x * this.scale;
    this.y = this.height / 2 - y * this.scale;
    this.soon();
  }

  /** Lets mouse, touch pad and keys move and scale it; tells where it was clicked. */
  steer(clicked, hovered) {
    const canvas = this.#canvas;
    let drag;
    canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey || !event.shiftKey) {
          this.zoom(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY);
        } else {
          this.move(-event.deltaX - event.deltaY, 0);
        }
      },
      { passive: false },
    );
    canvas.addEventListener('pointerdown', (event) => {
      drag = { x: event.offsetX, y: event.offsetY, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!drag) {
        hovered?.(event.offsetX, event.offsetY);
        return;
      }
      const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
      if (drag.moved || Math.abs(dx) + Math.abs(dy) > 4) {
        drag = { x: event.offsetX, y: event.offsetY, moved: true };
        this.move(dx, dy);
      }
    });
    canvas.addEventListener('pointerup', (event) => {
      if (drag && !drag.moved) {
        clicked(event.offsetX, event.offsetY);
      }
      drag = undefined;
    });
    canvas.addEventListener('keydown', (event) => {
      const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
      if (steps[event.key]) {
        this.move(...steps[event.key]);
      } else if (event.key === '+' || event.key === '=') {
        this.zoom(1.25);
      } else if (event.key === '-') {
        this.zoom(0.8);
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  close() {
    this.#observer.disconnect();
    this.dark.removeEventListener('change', this.themed);
    cancelAnimationFrame(this.#frame);
  }
}
