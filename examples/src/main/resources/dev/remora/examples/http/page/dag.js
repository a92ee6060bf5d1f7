// The picture of an execution as a graph.
import { el } from './dom.js';
import { Picture } from './canvas.js';
import { drawnGraph } from './graph.js';
import { BOX_HEIGHT, BOX_WIDTH, layout } from './layout.js';
import { count, span } from './format.js';
import { SHOWN } from './states.js';
import { now } from './api.js';

/** Below this scale names cannot be read, so they are not drawn. */
const READABLE = 0.38;
/** Below this scale edges are straight lines. */
const STRAIGHT = 0.16;
const CURVE = 42;
const EDGES_AT_ONCE = 400;

export class Dag {
  #model;
  #picture;
  #canvas;
  #selected = -1;
  #hovered = -1;
  #shown;
  #place;
  #near;
  #texts = new Map();

  /**
   * @param model names, types, dep and the states of an execution
   * @param onNode called with the index of a node that was chosen
   * @param onBox called with the indexes of nodes that are drawn as one
   */
  constructor(model, onNode, onBox) {
    this.#model = model;
    this.#canvas = el('canvas', {
      class: 'picture',
      tabindex: 0,
      role: 'img',
      'aria-label': 'The nodes and their dependencies. The tab Nodes has the same as a table.',
    });
    const together = el('input', { type: 'checkbox', checked: true, onchange: () => this.#arrange(together.checked) });
    const button = (label, title, onclick) => el('button', { type: 'button', title, 'aria-label': title, onclick }, label);
    this.element = el(
      'section',
      { class: 'stage' },
      this.#canvas,
      el(
        'div',
        { class: 'tools' },
        button('+', 'Larger', () => this.#picture.zoom(1.3)),
        button('−', 'Smaller', () => this.#picture.zoom(1 / 1.3)),
        button('Fit', 'Show all of it', () => this.fit()),
        el('label', { title: 'Draws nodes that stand in the same place of the graph as one box' }, together, 'Stack alike'),
      ),
    );
    this.#picture = new Picture(this.#canvas, 'remora:dag', (context, colours) => this.#draw(context, colours));
    this.#picture.steer(
      (x, y) => {
        const box = this.#boxAt(x, y);
        if (box >= 0) {
          const nodes = this.#shown.boxes[box];
          if (nodes.length === 1) {
            onNode(nodes[0]);
          } else {
            onBox(nodes);
          }
        }
      },
      (x, y) => {
        const box = this.#boxAt(x, y);
        this.#canvas.classList.toggle('pointing', box >= 0);
        if (box !== this.#hovered) {
          this.#hovered = box;
          this.#canvas.title = box >= 0 ? this.#title(box) : '';
          this.#picture.soon();
        }
      },
    );
    this.#picture.resized = () => {
      // why: before its first layout the canvas has no size to fit into
      if (!this.fitted && this.#picture.width) {
        this.fitted = true;
        this.fit();
      }
    };
    this.#arrange(true);
  }

  #arrange(together) {
    const started = performance.now();
    this.#shown = drawnGraph(this.#model.dep, this.#model.types, together);
    this.#place = layout(this.#shown.depth, this.#shown.edges);
    performance.measure('remora:layout', { start: started, end: performance.now() });
    this.#near = this.#shown.boxes.map(() => []);
    this.#shown.edges.forEach(([from, to], edge) => {
      this.#near[from].push(edge);
      this.#near[to].push(edge);
    });
    this.#hovered = -1;
    this.#select(this.#selected);
    if (this.fitted) {
      this.fit();
    }
  }

  /** Shows all of it, or, of what would be too small to read, the beginning. */
  fit() {
    const { width, height } = this.#place;
    this.#picture.fit(width, height);
  }

  select(node) {
    if (node !== this.#selected) {
      this.#select(node);
      if (node >= 0) {
        this.#reveal(node);
      }
    }
  }

  #select(node) {
    this.#selected = node;
    this.#picture.soon();
  }

  #reveal(node) {
    const box = this.#shown.boxOf[node];
    const [x, y] = [this.#place.x[box], this.#place.y[box]];
    const picture = this.#picture;
    const left = x * picture.scale + picture.x;
    const top = y * picture.scale + picture.y;
    const inside = left > 0 && left + BOX_WIDTH * picture.scale < picture.width
      && top > 0 && top + BOX_HEIGHT * picture.scale < picture.height;
    if (!inside || picture.scale < READABLE) {
      picture.scale = Math.max(picture.scale, 0.8);
      picture.center(x + BOX_WIDTH / 2, y + BOX_HEIGHT / 2);
    }
  }

  /** The states have changed. */
  update() {
    this.#picture.soon();
  }

  close() {
    this.#picture.close();
  }

  #title(box) {
    const nodes = this.#shown.boxes[box];
    return nodes.length === 1 ? this.#model.names[nodes[0]] : `${count(nodes.length)} nodes alike; click to list them`;
  }

  #boxAt(px, py) {
    const [x, y] = this.#picture.at(px, py);
    const column = this.#place.columns[Math.floor(x / this.#place.columnWidth)];
    if (!column || x % this.#place.columnWidth > BOX_WIDTH) {
      return -1;
    }
    const index = this.#firstBelow(column, y - BOX_HEIGHT);
    return index < column.length && this.#place.y[column[index]] <= y ? column[index] : -1;
  }

  /** The first box of a column whose upper edge is below a height. */
  #firstBelow(column, y) {
    let [low, high] = [0, column.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#place.y[column[middle]] > y) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  #draw(context, colours) {
    const picture = this.#picture;
    const [left, top] = picture.at(0, 0);
    const [right, bottom] = picture.at(picture.width, picture.height);
    const view = { left, top, right, bottom };
    context.save();
    context.translate(picture.x, picture.y);
    context.scale(picture.scale, picture.scale);
    this.#drawEdges(context, colours, view);
    const columns = this.#place.columns;
    const from = Math.max(0, Math.floor((left - BOX_WIDTH) / this.#place.columnWidth));
    const to = Math.min(columns.length - 1, Math.floor(right / this.#place.columnWidth));
    for (let number = from; number <= to; number++) {
      const column = columns[number] ?? [];
      for (let at = this.#firstBelow(column, top - BOX_HEIGHT - 8); at < column.length; at++) {
        if (this.#place.y[column[at]] > bottom) {
          break;
        }
        this.#drawBox(context, colours, column[at]);
      }
    }
    context.restore();
  }

  #drawEdges(context, colours, view) {
    const straight = this.#picture.scale < STRAIGHT;
    context.lineWidth = Math.max(1, 0.7 / this.#picture.scale);
    context.strokeStyle = colours.edge;
    context.globalAlpha = this.#shown.edges.length > 3000 && straight ? 0.45 : 1;
    let pending = 0;
    context.beginPath();
    this.#shown.edges.forEach((_, edge) => {
      if (this.#trace(context, edge, view, straight) && ++pending === EDGES_AT_ONCE) {
        context.stroke();
        context.beginPath();
        pending = 0;
      }
    });
    context.stroke();
    context.globalAlpha = 1;
    const marked = this.#selected >= 0 ? this.#shown.boxOf[this.#selected] : this.#hovered;
    if (marked >= 0) {
      context.strokeStyle = colours.accent;
      context.lineWidth = Math.max(1.8, 1.4 / this.#picture.scale);
      context.beginPath();
      this.#near[marked].forEach((edge) => this.#trace(context, edge, view, straight));
      context.stroke();
    }
  }

  /** Adds an edge to the path, unless nothing of it can be seen. */
  #trace(context, edge, view, straight) {
    const place = this.#place;
    const [from, to] = this.#shown.edges[edge];
    let x = place.x[from] + BOX_WIDTH;
    let y = place.y[from] + BOX_HEIGHT / 2;
    const endX = place.x[to];
    if (x > view.right || endX < view.left) {
      return false;
    }
    const endY = place.y[to] + BOX_HEIGHT / 2;
    const bends = place.bends[edge];
    let low = Math.min(y, endY);
    let high = Math.max(y, endY);
    for (const bend of bends) {
      low = Math.min(low, bend[1]);
      high = Math.max(high, bend[1]);
    }
    if (low > view.bottom || high < view.top) {
      return false;
    }
    context.moveTo(x, y);
    for (const [bendX, bendY] of bends) {
      this.#curve(context, x, y, bendX, bendY, straight);
      context.lineTo(bendX + BOX_WIDTH, bendY);
      [x, y] = [bendX + BOX_WIDTH, bendY];
    }
    this.#curve(context, x, y, endX, endY, straight);
    return true;
  }

  #curve(context, x, y, endX, endY, straight) {
    if (straight || y === endY) {
      context.lineTo(endX, endY);
    } else {
      context.bezierCurveTo(x + CURVE, y, endX - CURVE, endY, endX, endY);
    }
  }

  #drawBox(context, colours, box) {
    const [x, y] = [this.#place.x[box], this.#place.y[box]];
    const nodes = this.#shown.boxes[box];
    const many = nodes.length > 1;
    const state = many ? this.#worst(nodes) : this.#model.status[nodes[0]];
    const colour = colours.state[state];
    const readable = this.#picture.scale >= READABLE;
    if (!readable) {
      context.fillStyle = colour;
      context.fillRect(x, y, BOX_WIDTH, BOX_HEIGHT);
      if (many) {
        this.#drawShares(context, colours, nodes, x, y, BOX_HEIGHT);
      }
      this.#drawFrame(context, colours, box, x, y);
      return;
    }
    if (many) {
      for (const shift of [8, 4]) {
        this.#roundBox(context, x + shift, y + shift, colours.card, colours.line);
      }
    }
    this.#roundBox(context, x, y, colours.card, colours.line);
    context.save();
    context.beginPath();
    context.roundRect(x, y, BOX_WIDTH, BOX_HEIGHT, 7);
    context.clip();
    context.globalAlpha = 0.13;
    context.fillStyle = colour;
    context.fillRect(x, y, BOX_WIDTH, BOX_HEIGHT);
    context.globalAlpha = 1;
    context.fillRect(x, y, 5, BOX_HEIGHT);
    if (many) {
      this.#drawShares(context, colours, nodes, x, y + BOX_HEIGHT - 4, 4);
    }
    context.restore();
    context.fillStyle = colours.text;
    context.font = `600 12.5px ${colours.sans}`;
    context.textBaseline = 'alphabetic';
    const name = many ? `${this.#common(nodes)}… × ${count(nodes.length)}` : this.#model.names[nodes[0]];
    context.fillText(this.#cut(context, name, BOX_WIDTH - 22), x + 14, y + 16);
    context.fillStyle = colours.faint;
    context.font = `11px ${colours.sans}`;
    context.fillText(many ? this.#summary(nodes) : this.#facts(nodes[0]), x + 14, y + 30);
    this.#drawFrame(context, colours, box, x, y);
  }

  #roundBox(context, x, y, fill, line) {
    context.beginPath();
    context.roundRect(x, y, BOX_WIDTH, BOX_HEIGHT, 7);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = line;
    context.stroke();
  }

  #drawFrame(context, colours, box, x, y) {
    const selected = this.#selected >= 0 && this.#shown.boxOf[this.#selected] === box;
    if (selected || box === this.#hovered) {
      context.lineWidth = Math.max(2, 2 / this.#picture.scale);
      context.strokeStyle = colours.accent;
      context.beginPath();
      context.roundRect(x - 1, y - 1, BOX_WIDTH + 2, BOX_HEIGHT + 2, 8);
      context.stroke();
    }
  }

  /** A bar that shows how many of the nodes are in each state. */
  #drawShares(context, colours, nodes, x, y, height) {
    const counts = this.#counts(nodes);
    let left = x;
    for (const state of SHOWN) {
      if (counts[state]) {
        const width = (BOX_WIDTH * counts[state]) / nodes.length;
        context.fillStyle = colours.state[state];
        context.fillRect(left, y, width, height);
        left += width;
      }
    }
  }

  #counts(nodes) {
    const counts = new Array(10).fill(0);
    for (const node of nodes) {
      counts[this.#model.status[node]]++;
    }
    return counts;
  }

  #worst(nodes) {
    const counts = this.#counts(nodes);
    return SHOWN.find((state) => counts[state] > 0);
  }

  #summary(nodes) {
    const counts = this.#counts(nodes);
    const parts = [[counts[4] + counts[9], 'done'], [counts[6] + counts[7], 'failed'], [counts[5], 'killed'], [counts[3], 'running']];
    return parts.filter(([number], index) => number || !index).map(([number, text]) => `${count(number)} ${text}`).join(' · ');
  }

  #facts(node) {
    const { types, start, end, attempt } = this.#model;
    const parts = [types[node]];
    if (start[node]) {
      parts.push(span((end[node] || now()) - start[node]));
    }
    if (attempt[node] > 1) {
      parts.push(`attempt ${attempt[node]}`);
    }
    return parts.join(' · ');
  }

  #common(nodes) {
    const names = this.#model.names;
    let prefix = names[nodes[0]];
    for (const node of nodes) {
      while (!names[node].startsWith(prefix)) {
        prefix = prefix.slice(0, -1);
      }
    }
    return prefix;
  }

  #cut(context, text, width) {
    let known = this.#texts.get(text);
    if (known === undefined) {
      known = text;
      if (context.measureText(text).width > width) {
        let [low, high] = [0, text.length];
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (context.measureText(`${text.slice(0, middle)}…`).width <= width) {
            low = middle;
          } else {
            high = middle - 1;
          }
        }
        known = `${text.slice(0, low)}…`;
      }
      if (this.#texts.size > 20_000) {
        this.#texts.clear();
      }
      this.#texts.set(text, known);
    }
    return known;
  }
}
