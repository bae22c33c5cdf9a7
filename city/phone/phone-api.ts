import type { z } from 'zod';
import {
  type People,
  PHONE_ROUTE,
  type PhoneFault,
  type Presented,
  peopleAnswer,
  presentAnswer,
  problem,
  scanAnswer,
} from './phone-contract.ts';

/** What became of a request; `unreachable` when nothing sensible came back. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: PhoneFault | 'unreachable' };

export function loadPeople(): Promise<Outcome<People>> {
  return ask(PHONE_ROUTE.people, peopleAnswer);
}

/** @param freeze true for a screenshot: the code shown last, once more. */
export function makeCode(licence: string, freeze: boolean): Promise<Outcome<Presented>> {
  return ask(PHONE_ROUTE.present, presentAnswer, { licence, freeze });
}

/** Hands the code's text to the terminal as if its scanner had read it. */
export function scanThis(text: string): Promise<Outcome<{ readonly ok: true }>> {
  return ask(PHONE_ROUTE.scan, scanAnswer, { text });
}

/** The terminal has three seconds of its own behind this. */
const TIMEOUT_MS = 6000;

async function ask<T>(route: string, shape: z.ZodType<T>, body?: object): Promise<Outcome<T>> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(route, body ? { ...post(body), signal } : { signal });
    const json: unknown = await response.json();
    const answer = shape.safeParse(json);
    if (response.ok && answer.success) return { ok: true, value: answer.data };
    const refused = problem.safeParse(json);
    return { ok: false, fault: refused.success ? refused.data.code : 'unreachable' };
  } catch {
    // no connection, a time-out, or an answer that isn't JSON: the same to whoever holds the phone
    return { ok: false, fault: 'unreachable' };
  }
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
