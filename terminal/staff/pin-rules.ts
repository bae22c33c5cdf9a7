/** Why a PIN isn't taken. */
export type PinFault = 'pin-form' | 'pin-too-simple';

/** 6 to 12 digits; the lock-out makes up for how few that is. */
const PIN = /^[0-9]{6,12}$/;

/** @returns undefined for a PIN that may be used. */
export function pinFault(pin: string): PinFault | undefined {
  if (!isPin(pin)) return 'pin-form';
  return isSimple(pin) ? 'pin-too-simple' : undefined;
}

/** Whether this could be a PIN at all. */
export function isPin(text: string): boolean {
  return PIN.test(text);
}

/** All digits equal, or a run up or down the keys, 9 and 0 being neighbours: 777777, 123456, 210987. */
function isSimple(pin: string): boolean {
  const digits = [...pin].map(Number);
  return [0, 1, 9].some((step) =>
    digits.every((digit, i) => i === 0 || digit === ((digits[i - 1] ?? 0) + step) % 10),
  );
}
