import { type ReadonlySignal, signal } from '@preact/signals';
import { ALIVE_EVENT, type Face, VIEW_ROUTE } from '../../terminal/contract.ts';
import { type LinkEvent, linkAfter, nextChangeAt, openLink, type Shown, shownAt } from './link-state.ts';
import { parseView } from './parse-view.ts';

/** Pause before a broken stream is opened again. */
export const RECONNECT_AFTER_MS = 1000;

/** The part of `EventSource` the stream needs; tests hand in their own. */
export interface ViewSource {
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

export interface ViewStream {
  readonly shown: ReadonlySignal<Shown>;
  readonly close: () => void;
}

/**
 * Follows the terminal's views for as long as the page lives, through any number of lost connections. The browser's
 * own reconnecting isn't relied on: it gives up for good on the first answer that isn't an event stream.
 */
export function openViewStream(
  face: Face,
  openSource: (url: string) => ViewSource = (url) => new EventSource(url),
  now: () => number = () => performance.now(),
): ViewStream {
  let link = openLink(now());
  let source: ViewSource | undefined;
  let changeTimer: ReturnType<typeof setTimeout> | undefined;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  const shown = signal<Shown>(shownAt(link, now()));

  const refresh = () => {
    shown.value = shownAt(link, now());
    wakeAtNextChange();
  };
  const wakeAtNextChange = () => {
    clearTimeout(changeTimer);
    const time = now();
    const next = nextChangeAt(link, time);
    if (next !== undefined) changeTimer = setTimeout(refresh, Math.ceil(next - time));
  };
  const take = (event: LinkEvent) => {
    const wasLost = shown.peek().link === 'lost';
    link = linkAfter(link, event, now());
    // `alive` comes every second and changes no screen that isn't lost; don't redraw for it.
    if (event.type === 'alive' && !wasLost) wakeAtNextChange();
    else refresh();
  };
  const connect = () => {
    const opened = openSource(`${VIEW_ROUTE}?face=${face}`);
    source = opened;
    opened.addEventListener('message', (event) => {
      const view = event instanceof MessageEvent ? parseView(String(event.data)) : undefined;
      if (view) {
        take({ type: 'view', view });
        return;
      }
      console.error('the terminal sent a view this page does not understand');
      take({ type: 'broken' });
    });
    opened.addEventListener(ALIVE_EVENT, () => take({ type: 'alive' }));
    opened.addEventListener('error', () => {
      opened.close();
      take({ type: 'broken' });
      clearTimeout(reconnectTimer);
      reconnectTimer = setTimeout(connect, RECONNECT_AFTER_MS);
    });
  };
  // Timers of a hidden page run late: look again the moment it is seen.
  document.addEventListener('visibilitychange', refresh);
  connect();
  wakeAtNextChange();

  return {
    shown,
    close: () => {
      clearTimeout(changeTimer);
      clearTimeout(reconnectTimer);
      document.removeEventListener('visibilitychange', refresh);
      source?.close();
    },
  };
}
