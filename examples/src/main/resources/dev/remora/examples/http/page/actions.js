// The buttons that steer an execution.
import { post } from './api.js';
import { confirmed, el, notice } from './dom.js';
import { PAUSED, isFinal } from './states.js';

export class Actions {
  #execId;
  #changed;
  #buttons;

  /** @param changed called when something was asked for, so that it shows soon */
  constructor(execId, changed) {
    this.#execId = execId;
    this.#changed = changed;
    const button = (name, label, title, action, kind) =>
      el('button', { type: 'button', 'data-action': name, title, class: kind, hidden: true, onclick: action }, label);
    this.#buttons = {
      pause: button('pause', 'Pause', 'What runs goes on, nothing new starts', () => this.#send('pause')),
      resume: button('resume', 'Resume', 'Lets it go on', () => this.#send('resume'), 'primary'),
      kill: button('kill', 'Kill', 'Stops what runs; nothing new starts', () => this.#kill(), 'danger'),
      failed: button('rerun', 'Rerun what failed', 'Runs again all that neither succeeded nor was skipped', () =>
        this.rerun({ scope: 'FAILED_PART' }), 'primary'),
      all: button('rerun-all', 'Rerun all', 'Runs every selected node again', () => this.#rerunAll()),
    };
    this.element = el('div', { class: 'actions' }, Object.values(this.#buttons));
  }

  update(state) {
    const { pause, resume, kill, failed, all } = this.#buttons;
    const ended = isFinal(state);
    pause.hidden = ended || state === PAUSED;
    resume.hidden = state !== PAUSED;
    kill.hidden = ended;
    failed.hidden = !ended || state === 4;
    all.hidden = !ended;
  }

  async rerun(form) {
    await this.#send('rerun', form);
  }

  async #kill() {
    if (await confirmed(`Kill execution ${this.#execId}? What runs is stopped, and clean-ups do not run.`, 'Kill it')) {
      await this.#send('kill');
    }
  }

  async #rerunAll() {
    if (await confirmed(`Run every node of execution ${this.#execId} again?`, 'Rerun all')) {
      await this.rerun({ scope: 'ALL' });
    }
  }

  async #send(action, form) {
    Object.values(this.#buttons).forEach((button) => { button.disabled = true; });
    try {
      await post(`/executors/${this.#execId}/${action}`, form);
      notice('');
      this.#changed();
    } catch (failure) {
      notice(failure.message);
    } finally {
      Object.values(this.#buttons).forEach((button) => { button.disabled = false; });
    }
  }
}
