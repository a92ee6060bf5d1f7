// The states, by the numbers that the API gives them.
import { el, setText } from './dom.js';

export const STATES = [
  'INIT', 'WAITING_DEP', 'WAITING_RES', 'RUNNING', 'SUCCESS', 'KILL', 'FAILED', 'DEP_FAILED', 'PAUSED', 'SKIPPED',
];
export const RUNNING = 3;
export const PAUSED = 8;
export const SKIPPED = 9;
/** The order in which they are shown: what needs a person first. */
export const SHOWN = [6, 7, 5, 3, 8, 2, 1, 0, 4, 9];

const WORDS = [
  'Accepted', 'Waiting', 'Waiting for a slot', 'Running', 'Success', 'Killed', 'Failed', 'Dependency failed', 'Paused',
  'Skipped',
];

export function isFinal(state) {
  return state >= 4 && state !== PAUSED;
}

export function word(state) {
  return WORDS[state] ?? `State ${state}`;
}

/** A coloured label. */
export function chip(state, extra) {
  const made = el('span', { class: `chip s${state}` }, word(state));
  if (extra) {
    made.append(el('small', {}, extra));
  }
  return made;
}

export function setChip(element, state) {
  element.className = `chip s${state}`;
  setText(element, word(state));
}

/** The colours of the style sheet, for drawing; they change with the theme. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    state: STATES.map((_, state) => read(`--s${state}`)),
    ground: read('--ground'),
    card: read('--card'),
    line: read('--line'),
    edge: read('--edge'),
    text: read('--text'),
    faint: read('--faint'),
    accent: read('--accent'),
    sans: read('--sans'),
  };
}
