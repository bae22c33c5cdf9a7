import type { City } from '../city.ts';
import type { StateChange } from '../issuing/state-register.ts';

/**
 * Puts what the demo issued into its condition. Said again at every start: a stop between issuing and revoking leaves
 * nothing half done. What a tester has revoked stays so.
 *
 * @param cti hex. @param id of the demo licence, for the message. @throws when the city never issued it.
 */
export async function setState(city: City, cti: string, change: StateChange, id: string): Promise<void> {
  const answer = await city.states.change(new Uint8Array(Buffer.from(cti, 'hex')), change);
  switch (answer.outcome) {
    case 'changed':
    case 'unchanged':
    case 'revoked':
      return;
    case 'unknown':
      throw new Error(
        `the city doesn't know the demo licence ${id}: its data and the demo's are of two cities`,
      );
    case 'no-suspension':
      throw new Error(`the demo licence ${id} stands in a list that can't suspend it: ${answer.uri}`);
    default:
      answer satisfies never;
  }
}
