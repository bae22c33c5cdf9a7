import type { Matter } from '../../licence/trust/catalogue.ts';

const PROJECT: Need = { names: { zh: '立项批准文件', en: 'Project approval' }, kinds: ['project-approval'] };
const LAND: Need = {
  names: { zh: '建设用地规划许可', en: 'Land-use planning permit' },
  kinds: ['land-use-planning-permit'],
};
const BUILDING: Need = {
  names: { zh: '建筑工程施工许可', en: 'Construction permit' },
  kinds: ['construction-permit'],
};
/**
 * The four stages of a construction project: each rests on what was granted before it. The completion filing is what the
 * last one ends in, so a case may hold it but none needs it.
 */
export const CONSTRUCTION_MATTERS: readonly Matter[] = [
  stage('construction-land', '立项用地规划许可阶段', 'Stage 1: approval and land', [PROJECT]),
  stage('construction-design', '工程建设许可阶段', 'Stage 2: permission of the works', [PROJECT, LAND]),
  stage('construction-start', '施工许可阶段', 'Stage 3: start of building', [PROJECT, LAND]),
  stage('construction-completion', '竣工验收阶段', 'Stage 4: completion', [PROJECT, LAND, BUILDING]),
];

type Need = Matter['needs'][number];

function stage(id: string, zh: string, en: string, needs: Matter['needs']): Matter {
  return { id, names: { zh, en }, service: 'construction-permit', needs };
}
