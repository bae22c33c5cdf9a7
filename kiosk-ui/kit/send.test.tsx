import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COMMAND_ROUTE, LOGIN_ROUTE } from '../../terminal/contract.ts';
import { logIn, logOut, send } from './send.ts';

const heard: string[] = [];
let answer: () => Response;

beforeEach(() => {
  heard.length = 0;
  answer = () => Response.json({ ok: true });
  vi.stubGlobal('fetch', async (route: string, { method, body }: RequestInit) => {
    heard.push(`${method} ${route} ${body ?? ''}`);
    return answer();
  });
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a command is posted, and its answer handed back', async () => {
  expect(await send({ type: 'dismiss' }, 'kiosk')).toEqual({ ok: true });
  expect(heard).toEqual([`POST ${COMMAND_ROUTE}?face=kiosk {"type":"dismiss"}`]);
});

test('a refusal is an answer', async () => {
  answer = () => Response.json({ ok: false, reason: 'not-offered' });
  expect(await send({ type: 'more-time' }, 'counter')).toEqual({ ok: false, reason: 'not-offered' });
});

test('logging in and out go their own way', async () => {
  await logIn({ as: 'staff', id: 'w01', pin: '493817' });
  await logOut();
  expect(heard).toEqual([
    `POST ${LOGIN_ROUTE} {"as":"staff","id":"w01","pin":"493817"}`,
    `DELETE ${LOGIN_ROUTE} `,
  ]);
});

test('a terminal that is gone, or answers something else, is a result and no exception', async () => {
  answer = () => new Response('<html>');
  expect(await send({ type: 'dismiss' }, 'kiosk')).toBe('not-answered');
  answer = () => Response.json({ error: 'unknown route' }, { status: 404 });
  expect(await send({ type: 'dismiss' }, 'kiosk')).toBe('not-answered');
  answer = () => {
    throw new TypeError('fetch failed');
  };
  expect(await send({ type: 'dismiss' }, 'kiosk')).toBe('not-answered');
});

test('what was typed to log in is in no log, not even when it fails', async () => {
  answer = () => new Response('damaged');
  await logIn({ as: 'staff', id: 'w01', pin: '493817' });
  expect(console.error).toHaveBeenCalled();
  expect(JSON.stringify(vi.mocked(console.error).mock.calls.map(String))).not.toMatch(/493817|w01/);
});
