// Places boxes in columns, from left to right, so that edges cross little and run straight.

export const BOX_WIDTH = 188;
export const BOX_HEIGHT = 38;
const COLUMN = BOX_WIDTH + 84;
const ROW = BOX_HEIGHT + 14;
const BEND = 16;
const SWEEPS = 6;
const PASSES = 6;
/** Long edges get a bend in each column that they cross, as long as these are not too many. */
const MOST_BENDS = 30_000;

/**
 * @param depth the column of each box
 * @param edges pairs of boxes
 * @returns x and y of each box's left upper corner, the bends of each edge, columns (boxes by y), width and height
 */
export function layout(depth, edges) {
  const points = depth.map((column, box) => ({ column, box, before: [], after: [], y: 0 }));
  const bends = edges.map(() => []);
  let spare = MOST_BENDS;
  const bySpan = edges.map((_, edge) => edge).sort((a, b) => spanOf(a) - spanOf(b));
  function spanOf(edge) {
    return depth[edges[edge][1]] - depth[edges[edge][0]];
  }
  for (const edge of bySpan) {
    const [from, to] = edges[edge];
    let last = points[from];
    const span = spanOf(edge);
    if (span - 1 <= spare) {
      spare -= span - 1;
      for (let column = depth[from] + 1; column < depth[to]; column++) {
        const bend = { column, box: -1, before: [], after: [], y: 0 };
        points.push(bend);
        bends[edge].push(bend);
        connect(last, bend);
        last = bend;
      }
    }
    connect(last, points[to]);
  }
  const columns = [];
  for (const point of points) {
    (columns[point.column] ??= []).push(point);
  }
  order(columns);
  place(columns);
  let top = Infinity;
  let bottom = -Infinity;
  for (const point of points) {
    top = Math.min(top, point.y);
    bottom = Math.max(bottom, point.y);
  }
  const y = (point) => point.y - top + BOX_HEIGHT / 2;
  return {
    x: depth.map((column) => column * COLUMN),
    y: depth.map((_, box) => y(points[box]) - BOX_HEIGHT / 2),
    bends: bends.map((list) => list.map((bend) => [bend.column * COLUMN, y(bend)])),
    columns: columns.map((list) => list.filter((point) => point.box >= 0).map((point) => point.box)),
    width: (columns.length - 1) * COLUMN + BOX_WIDTH,
    height: bottom - top + BOX_HEIGHT,
    columnWidth: COLUMN,
  };
}

function connect(from, to) {
  from.after.push(to);
  to.before.push(from);
}

/** Sorts each column by where its neighbours are, to the right and back again. */
function order(columns) {
  columns.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      for (const point of column) {
        const near = forward ? point.before : point.after;
        // why: a share of the column, as columns differ in length
        point.wish = near.length ? near.reduce((sum, one) => sum + one.place, 0) / near.length : point.place;
      }
      column.sort((a, b) => a.wish - b.wish);
      number(column);
    }
  }
}

function number(column) {
  column.forEach((point, index) => { point.place = (index + 0.5) / column.length; });
}

/** Gives each point the height that its neighbours have, as far as the order and the distances allow. */
function place(columns) {
  columns.forEach((column) => {
    let y = 0;
    column.forEach((point, index) => {
      y += index ? distance(column[index - 1], point) : 0;
      point.y = y;
    });
    column.forEach((point) => { point.y -= y / 2; });
  });
  for (let pass = 0; pass < PASSES; pass++) {
    const forward = pass % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      settle(column, (point) => {
        const near = forward ? point.before : point.after;
        return near.length ? near.reduce((sum, one) => sum + one.y, 0) / near.length : point.y;
      });
    }
  }
}

function distance(above, below) {
  return above.box >= 0 && below.box >= 0 ? ROW : above.box < 0 && below.box < 0 ? BEND : (ROW + BEND) / 2;
}

/** The heights nearest to what is wished for (least squares) that keep the distances: pools adjacent violators. */
function settle(column, wish) {
  const pools = [];
  let offset = 0;
  column.forEach((point, index) => {
    offset += index ? distance(column[index - 1], point) : 0;
    point.offset = offset;
    let pool = { sum: wish(point) - offset, count: 1, first: index };
    while (pools.length && pools.at(-1).sum / pools.at(-1).count > pool.sum / pool.count) {
      const above = pools.pop();
      pool = { sum: above.sum + pool.sum, count: above.count + pool.count, first: above.first };
    }
    pools.push(pool);
  });
  for (const pool of pools) {
    for (let index = pool.first; index < pool.first + pool.count; index++) {
      column[index].y = pool.sum / pool.count + column[index].offset;
    }
  }
}
