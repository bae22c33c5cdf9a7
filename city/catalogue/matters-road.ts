import type { Matter } from '../../licence/trust/catalogue.ts';

const DRIVER: Need = { names: { zh: '驾驶证', en: 'Driving licence' }, kinds: ['driving-licence'] };
const VEHICLE: Need = { names: { zh: '行驶证', en: 'Vehicle licence' }, kinds: ['vehicle-licence'] };
const PERMIT: Need = {
  names: { zh: '超限运输通行证', en: 'Oversize transport permit' },
  kinds: ['oversize-transport-permit'],
};

/** What a driver is asked for at the roadside. */
export const ROAD_MATTERS: readonly Matter[] = [
  matter('road-check', '日常路检', 'Ordinary check', [DRIVER, VEHICLE]),
  matter('road-check-oversize', '超限运输检查', 'Check of an oversize load', [DRIVER, VEHICLE, PERMIT]),
];

type Need = Matter['needs'][number];

function matter(id: string, zh: string, en: string, needs: Matter['needs']): Matter {
  return { id, names: { zh, en }, service: 'road-enforcement', needs };
}
