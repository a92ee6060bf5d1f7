// Times and sizes for people.

const two = (number) => String(number).padStart(2, '0');

/** A point in time, in the time zone of the browser. */
export function time(millis) {
  if (!millis) {
    return '–';
  }
  const date = new Date(millis);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${clock(millis)}`;
}

export function clock(millis) {
  const date = new Date(millis);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A span of time, with as much detail as matters. */
export function span(millis) {
  if (millis === undefined || millis === null || Number.isNaN(millis)) {
    return '–';
  }
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} m ${two(Math.floor(seconds % 60))} s`;
  }
  if (seconds < 86400) {
    return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} m`;
  }
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

const NUMBERS = new Intl.NumberFormat('en-US');

export function count(number) {
  return NUMBERS.format(number);
}

export function several(number, one, more) {
  return `${count(number)} ${number === 1 ? one : more}`;
}
