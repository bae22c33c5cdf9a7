import { describe, expect, it } from 'vitest';
import { encodeResolveRequest, resolveRequestShape } from './resolve-request.ts';

const REFERENCE = { type: 'code', value: 'LZR:ABCDEFGH', service: 'medical-insurance' } as const;
const NUMBER = {
  type: 'uscc',
  value: '91350100M000100Y43',
  service: 'branch-registration',
  consent: true,
} as const;

describe('the body of a resolve request', () => {
  it.each([REFERENCE, { ...REFERENCE, consent: true } as const, NUMBER, { ...NUMBER, type: 'id' } as const])(
    '%j reads back as it was written',
    (request) => {
      const json: unknown = JSON.parse(Buffer.from(encodeResolveRequest(request)).toString('utf8'));
      expect(resolveRequestShape.parse(json)).toEqual(request);
    },
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another type', { ...NUMBER, type: 'name' }],
    ['no value', { ...REFERENCE, value: '' }],
    ['a reference longer than any', { ...REFERENCE, value: 'x'.repeat(513) }],
    ['a number of 17 characters', { ...NUMBER, value: NUMBER.value.slice(1) }],
    ['no service', { type: 'code', value: 'LZR:ABCDEFGH' }],
    ['a number without consent', { ...NUMBER, consent: undefined }],
    ['a number whose holder said no', { ...NUMBER, consent: false }],
    ['a reference whose holder said no', { ...REFERENCE, consent: false }],
    ['a member nobody knows', { ...NUMBER, name: '张三' }],
  ])('with %s is refused', (_, json) => {
    expect(resolveRequestShape.safeParse(json).success).toBe(false);
  });

  it('is refused in words that don’t hold the number', () => {
    const refused = resolveRequestShape.safeParse({ ...NUMBER, type: 'name', more: NUMBER.value });
    expect(refused.error?.message).not.toContain(NUMBER.value);
  });
});
