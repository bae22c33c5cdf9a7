import { formatEnrolmentCode, parseEnrolmentCode } from '../../../licence/wire/enrolment-code.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateText } from '../mutate-text.ts';
import type { Target } from '../target.ts';

/** A typed code is taken for what is written on the paper, or not at all. */
export function enrolmentTarget(): Target {
  const code = formatEnrolmentCode({
    secret: Uint8Array.from({ length: 10 }, (_, i) => i * 25),
    rootFingerprint: Uint8Array.from({ length: 16 }, (_, i) => 255 - i * 16),
  });
  return {
    name: 'enrolment',
    weight: 5,
    seeds: [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      code.replaceAll('1', 'l').replaceAll('0', 'o'),
    ].map((text) => new TextEncoder().encode(text)),
    mutate: (input, random, other) =>
      random.chance(0.5) ? mutateText(input, random) : mutateBytes(input, random, other),
    run(input) {
      const text = Buffer.from(input).toString('utf8');
      const parsed = parseEnrolmentCode(text);
      if (!parsed) return { taken: false, said: 'none' };
      // what may be typed for a character, beside itself: lower case, and letters that look like digits
      const typed = text.replace(/[\s-]/gu, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
      const sizes = parsed.secret.length === 10 && parsed.rootFingerprint.length === 16;
      const held = sizes && formatEnrolmentCode(parsed).replaceAll('-', '') === typed;
      return { taken: true, said: 'code', broken: held ? undefined : 'another code than the one typed' };
    },
  };
}
