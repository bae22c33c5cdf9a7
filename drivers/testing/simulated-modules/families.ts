import type { FramingName } from '../../framing/framing.ts';
import type { ModuleName } from '../../modules/module.ts';
import { simulatedDatalogic } from './simulated-datalogic.ts';
import { simulatedGrow } from './simulated-grow.ts';
import { simulatedHoneywell } from './simulated-honeywell.ts';
import type { SimulatedModule } from './simulated-module.ts';
import { simulatedNewland } from './simulated-newland.ts';
import { simulatedSsi, ssiCode } from './simulated-ssi.ts';

/** A family of modules as it is used over a serial line, with one that can be simulated. */
export interface Family {
  readonly name: ModuleName;
  readonly framing: FramingName;
  readonly simulated: SimulatedModule;
  /** The bytes a code comes in. */
  onTheWire(code: string): string;
}

const asLine = (code: string) => `${code}\r\n`;

export const FAMILIES: readonly Family[] = [
  { name: 'grow', framing: 'line', simulated: simulatedGrow, onTheWire: asLine },
  { name: 'newland', framing: 'line', simulated: simulatedNewland, onTheWire: asLine },
  { name: 'honeywell', framing: 'line', simulated: simulatedHoneywell, onTheWire: asLine },
  { name: 'ssi', framing: 'ssi', simulated: simulatedSsi, onTheWire: ssiCode },
  { name: 'datalogic', framing: 'line', simulated: simulatedDatalogic, onTheWire: asLine },
];
