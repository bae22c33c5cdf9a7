import { effect, signal } from '@preact/signals';
import { type ComponentType, render } from 'preact';
import {
  type Command,
  type CommandAnswer,
  type Face,
  type Login,
  MAX_KEYBOARD_TEXT,
  wording,
} from '../../terminal/contract.ts';
import { catchKeyboardBursts } from './catch-keyboard-bursts.ts';
import type { Shown } from './link-state.ts';
import { newVerdict } from './new-verdict.ts';
import { logIn, logOut, type SendResult, send } from './send.ts';
import { createSoundPlayer } from './sound.ts';
import { openViewStream } from './view-stream.ts';

/** How long a passing remark of the page itself stays up. */
export const REMARK_MS = 6000;

/** What the page has to say that no view does: something never reached the terminal, or it would not do it. */
export type Remark = 'codeTooLong' | 'commandLost' | Extract<CommandAnswer, { ok: false }>;

export interface PageProps {
  readonly shown: Shown;
  readonly remark?: Remark | undefined;
  readonly onCommand: (command: Command) => void;
  readonly onLogin: (login: Login) => void;
  readonly onLogOut: () => void;
}

/** Runs a page of the terminal: views in, commands and keyboard bursts out, a sound for each new verdict. */
export function runTerminalPage(face: Face, Page: ComponentType<PageProps>): void {
  const { shown } = openViewStream(face);
  const remark = signal<Remark | undefined>(undefined);
  const sounds = createSoundPlayer(window);

  let remarkTimer: ReturnType<typeof setTimeout> | undefined;
  const say = (what: Remark | undefined) => {
    clearTimeout(remarkTimer);
    remark.value = what;
    remarkTimer = setTimeout(() => {
      remark.value = undefined;
    }, REMARK_MS);
  };
  const tell = (sent: Promise<SendResult>) => {
    void sent.then((result) => {
      if (result === 'not-answered') say('commandLost');
      else say(result.ok ? undefined : result);
    });
  };
  const onCommand = (command: Command) => tell(send(command, face));
  const onLogin = (login: Login) => tell(logIn(login));
  const onLogOut = () => tell(logOut());
  catchKeyboardBursts(window, MAX_KEYBOARD_TEXT, {
    onScan: (text) => onCommand({ type: 'keyboard-scan', text }),
    onDropped: () => say('codeTooLong'),
  });

  let lastNumber: number | undefined;
  effect(() => {
    const { number, play } = newVerdict(shown.value, lastNumber);
    lastNumber = number;
    if (play) sounds.play(play);
  });
  effect(() => dressDocument(shown.value, face));
  effect(() => {
    render(
      <Page
        shown={shown.value}
        remark={remark.value}
        onCommand={onCommand}
        onLogin={onLogin}
        onLogOut={onLogOut}
      />,
      document.body,
    );
  });
}

/** What lies outside the page's own tree: language, title, size of type. */
function dressDocument({ settings }: Shown, face: Face): void {
  const words = wording[settings.language];
  document.documentElement.lang = words.htmlLang;
  document.documentElement.setAttribute('data-type', settings.largeText ? 'large' : 'normal');
  document.title = face === 'counter' ? `${words.product} ${words.counter.title}` : words.product;
}
