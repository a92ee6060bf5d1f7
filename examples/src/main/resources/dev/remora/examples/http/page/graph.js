// The shape of an execution, with nodes that stand in the same place of it put together.

/** Fewer nodes are always shown one by one. */
const SMALL = 40;
/** So many alike are put together. */
const MANY = 8;
const ROUNDS = 12;
/** After so many tries to find what can be put together, all stay alone. */
const TRIES = 12;

/**
 * A graph as it is drawn: boxes, each of one node or of many alike.
 *
 * @param dep for each node, the indexes of those that it depends on
 * @param types the type of each node
 * @param together whether nodes that are alike are put together
 * @returns boxes (lists of node indexes), boxOf (the box of each node), edges between boxes, depth of each box
 */
export function drawnGraph(dep, types, together) {
  const depth = depths(dep);
  const classOf = together && dep.length > SMALL ? classes(dep, types, depth) : dep.map((_, node) => node);
  const members = new Map();
  classOf.forEach((group, node) => {
    const list = members.get(group);
    if (list) {
      list.push(node);
    } else {
      members.set(group, [node]);
    }
  });
  const boxes = [];
  const boxOf = new Int32Array(dep.length);
  for (const list of members.values()) {
    for (const box of list.length >= MANY ? [list] : list.map((node) => [node])) {
      box.forEach((node) => { boxOf[node] = boxes.length; });
      boxes.push(box);
    }
  }
  const seen = new Set();
  const edges = [];
  dep.forEach((list, node) => {
    for (const from of list) {
      const key = boxOf[from] * boxes.length + boxOf[node];
      if (!seen.has(key)) {
        seen.add(key);
        edges.push([boxOf[from], boxOf[node]]);
      }
    }
  });
  return { boxes, boxOf, edges, depth: boxes.map((box) => depth[box[0]]) };
}

/** How many nodes the longest way to each node has before it. */
export function depths(dep) {
  const behind = successors(dep);
  const missing = dep.map((list) => list.length);
  const depth = new Array(dep.length).fill(0);
  const ready = [];
  missing.forEach((count, node) => { if (count === 0) ready.push(node); });
  for (let next = 0; next < ready.length; next++) {
    const node = ready[next];
    for (const after of behind[node]) {
      depth[after] = Math.max(depth[after], depth[node] + 1);
      if (--missing[after] === 0) {
        ready.push(after);
      }
    }
  }
  return depth;
}

function successors(dep) {
  const behind = dep.map(() => []);
  dep.forEach((list, node) => list.forEach((from) => behind[from].push(node)));
  return behind;
}

/**
 * Nodes of one class have the same depth and type, and neighbours of the same classes. Two classes of many are only left
 * beside each other if it is clear who depends on whom: in lanes, one on one, or all on all.
 */
function classes(dep, types, depth) {
  const behind = successors(dep);
  const alone = new Uint8Array(dep.length);
  for (let tries = 0; tries < TRIES; tries++) {
    const found = refined(dep, behind, (node) =>
      (alone[node] ? `alone ${node}` : `${depth[node]} ${types[node]} ${dep[node].length === 0}`));
    const size = new Array(found.count).fill(0);
    found.of.forEach((group) => { size[group]++; });
    const unclear = new Set();
    const look = (node, list) => {
      const met = new Map();
      list.forEach((one) => met.set(found.of[one], (met.get(found.of[one]) ?? 0) + 1));
      for (const [group, count] of met) {
        if (size[group] >= MANY && count > 1 && count < size[group]) {
          unclear.add(found.of[node]);
        }
      }
    };
    dep.forEach((list, node) => {
      if (size[found.of[node]] >= MANY) {
        look(node, list);
        look(node, behind[node]);
      }
    });
    if (!unclear.size) {
      return found.of;
    }
    found.of.forEach((group, node) => {
      if (unclear.has(group)) {
        alone[node] = 1;
      }
    });
  }
  return dep.map((_, node) => node);
}

function refined(dep, behind, keyOf) {
  let found = numbered(dep, keyOf);
  for (let round = 0; round < ROUNDS; round++) {
    const before = found;
    const around = (list) => [...new Set(list.map((node) => before.of[node]))].sort((a, b) => a - b).join(',');
    found = numbered(dep, (node) => `${before.of[node]}|${around(dep[node])}|${around(behind[node])}`);
    if (found.count === before.count) {
      break;
    }
  }
  return found;
}

function numbered(nodes, keyOf) {
  const numbers = new Map();
  const of = nodes.map((_, node) => {
    const key = keyOf(node);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { of, count: numbers.size };
}
