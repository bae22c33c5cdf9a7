import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ALIVE_EVENT } from '../../terminal/contract.ts';
import { sampleVerdict, sampleView } from './fixtures/sample-view.ts';
import { CLEARED_BY_SCREEN_AFTER_MS, LOST_AFTER_MS, SILENT_AFTER_MS } from './link-state.ts';
import { openViewStream, RECONNECT_AFTER_MS, type ViewStream } from './view-stream.ts';

class FakeSource extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
}

describe('the view stream', () => {
  const sources: FakeSource[] = [];
  const urls: string[] = [];
  let stream: ViewStream;

  beforeEach(() => {
    vi.useFakeTimers();
    sources.length = 0;
    urls.length = 0;
    stream = openViewStream('counter', (url) => {
      const source = new FakeSource();
      sources.push(source);
      urls.push(url);
      return source;
    });
  });

  afterEach(() => {
    stream.close();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const say = (data: string) => sources.at(-1)?.dispatchEvent(new MessageEvent('message', { data }));

  test('asks for the views of its own face and shows what comes', () => {
    expect(urls).toEqual(['/api/view?face=counter']);
    say(JSON.stringify(sampleView({ name: 'verifying' })));
    expect(stream.shown.value).toMatchObject({ link: 'live', view: { screen: { name: 'verifying' } } });
  });

  test('a verdict goes by itself when its time is up', () => {
    say(JSON.stringify(sampleView(sampleVerdict({ clearsInMs: 1000 }))));
    vi.advanceTimersByTime(999 + CLEARED_BY_SCREEN_AFTER_MS);
    expect(stream.shown.value).toMatchObject({ view: { screen: { name: 'verdict' } } });
    vi.advanceTimersByTime(2);
    expect(stream.shown.value).toMatchObject({ view: { screen: { name: 'inviting' } } });
  });

  test('a broken stream is closed, opened again, and shown as lost only when that takes too long', () => {
    say(JSON.stringify(sampleView(sampleVerdict())));
    sources[0]?.dispatchEvent(new Event('error'));
    expect(sources[0]?.closed).toBe(true);
    vi.advanceTimersByTime(RECONNECT_AFTER_MS);
    expect(sources).toHaveLength(2);
    expect(stream.shown.value.link).toBe('live');
    sources[1]?.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(LOST_AFTER_MS - RECONNECT_AFTER_MS);
    expect(stream.shown.value.link).toBe('lost');
    expect(sources).toHaveLength(3);
    say(JSON.stringify(sampleView({ name: 'inviting' })));
    expect(stream.shown.value.link).toBe('live');
  });

  test('a terminal that hangs with its connection open is noticed', () => {
    say(JSON.stringify(sampleView(sampleVerdict())));
    sources[0]?.dispatchEvent(new Event(ALIVE_EVENT));
    vi.advanceTimersByTime(SILENT_AFTER_MS - 10);
    sources[0]?.dispatchEvent(new Event(ALIVE_EVENT));
    vi.advanceTimersByTime(SILENT_AFTER_MS - 10);
    expect(stream.shown.value.link).toBe('live');
    vi.advanceTimersByTime(20);
    expect(stream.shown.value.link).toBe('lost');
  });

  test('a view of another version is not shown', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    say(JSON.stringify({ ...sampleView({ name: 'inviting' }), version: 2 }));
    say('{');
    vi.advanceTimersByTime(LOST_AFTER_MS);
    expect(stream.shown.value.link).toBe('lost');
    expect(console.error).toHaveBeenCalledTimes(2);
  });
});
