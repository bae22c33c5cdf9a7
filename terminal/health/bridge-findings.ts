import { type Rule, when } from './finding.ts';

export const BRIDGE_RULES: readonly Rule[] = [
  {
    code: 'bridge-clients-broken',
    area: 'bridge',
    level: 'fail',
    find: ({ bridge }) =>
      when(
        bridge.fault !== undefined,
        {
          en: `No business system is admitted, for the list of them can’t be used: ${bridge.fault ?? ''}`,
          zh: `业务系统名单无法使用，任何业务系统都不能接入（${bridge.fault ?? ''}）。`,
        },
        {
          en: 'Repair bridge-clients.json in the data folder, or remove it and add the systems again with liangzheng bridge add; then start the terminal again.',
          zh: '请修复数据目录中的 bridge-clients.json，或删除后用 liangzheng bridge add 重新添加，然后重启终端。',
        },
      ),
  },
];
