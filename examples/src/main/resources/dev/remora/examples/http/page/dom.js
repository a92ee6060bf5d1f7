// Makes elements. Whatever comes from outside goes in as text, never as markup.

/** Makes an element; properties that begin with "on" are listeners, children may be elements, texts or nothing. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'class') {
      element.className = value;
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Sets the text of an element if it differs, so that a selection in it survives. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows a message above everything; an empty one hides it. */
export function notice(text, kind = 'bad') {
  const place = document.getElementById('notice');
  place.className = text ? kind : '';
  setText(place, text);
}

/** Asks before something that cannot be undone. */
export function confirmed(question, action) {
  return new Promise((resolve) => {
    const dialog = el(
      'dialog',
      { class: 'confirm', onclose: () => { dialog.remove(); resolve(dialog.returnValue === 'yes'); } },
      el('p', {}, question),
      el(
        'div',
        { class: 'buttons' },
        el('button', { type: 'button', onclick: () => dialog.close('no') }, 'Leave it'),
        el('button', { type: 'button', class: 'danger', 'data-yes': true, onclick: () => dialog.close('yes') }, action),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
