import { CLOCK_TOLERANCE_MS } from '../../licence/best-time.ts';
import { DAY_MS, spanOf } from './ago.ts';
import { type Rule, when } from './finding.ts';

/** Trust and lists live for a week and are renewed hourly: two days from the end, somebody can still come in time. */
export const ENDS_SOON_MS = 2 * DAY_MS;

export const NOT_ENROLLED = {
  sentence: { en: 'This terminal trusts no city yet.', zh: '本机尚未登记到任何城市系统。' },
  cure: {
    en: 'Ask the city for an enrolment code, then: liangzheng enrol --city URL --code CODE',
    zh: '请向市级管理方索取登记码，然后执行：liangzheng enrol --city URL --code CODE',
  },
} as const;

export const CLOCK_RULES: readonly Rule[] = [
  {
    code: 'clock-untrusted',
    area: 'clock',
    level: 'fail',
    find: ({ clock }) =>
      when(
        !clock.trusted,
        {
          en: 'The clock contradicts a time this terminal has known, so no code is judged by it.',
          zh: '系统时钟与本机已知时间矛盾，暂停按时间核验。',
        },
        {
          en: 'Set date and time of this machine; connected to the city, it comes right by itself.',
          zh: '请校准本机日期和时间；连上全市系统后会自动恢复。',
        },
      ),
  },
  {
    code: 'clock-never-signed',
    area: 'clock',
    level: 'warn',
    find: ({ clock, trust }) =>
      when(
        trust !== null && clock.signed === null,
        {
          en: 'The city has never signed a time for this terminal: its own clock is all there is.',
          zh: '尚未取得全市系统签发的时间，目前只能依靠本机时钟。',
        },
        {
          en: 'See to the network, so that the sync agent reaches the city once.',
          zh: '请检查网络，让同步程序至少连通一次全市系统。',
        },
      ),
  },
  {
    code: 'clock-off',
    area: 'clock',
    level: 'warn',
    find: ({ clock }) => {
      const off = spanOf(Math.abs(clock.offsetMs ?? 0));
      const late = (clock.offsetMs ?? 0) > 0;
      return when(
        Math.abs(clock.offsetMs ?? 0) > CLOCK_TOLERANCE_MS,
        {
          en: `The clock of this machine is ${off.en} ${late ? 'behind' : 'ahead of'} the city’s; it is allowed for.`,
          zh: `本机时钟比全市系统${late ? '慢' : '快'} ${off.zh}，核验时已自动修正。`,
        },
        {
          en: 'Set date and time of this machine, or give it a time server.',
          zh: '请校准本机日期和时间，或配置时间服务器。',
        },
      );
    },
  },
];

export const TRUST_RULES: readonly Rule[] = [
  {
    code: 'not-enrolled',
    area: 'trust',
    level: 'fail',
    find: ({ trust }) => when(trust === null, NOT_ENROLLED.sentence, NOT_ENROLLED.cure),
  },
  {
    code: 'unknown-service',
    area: 'service',
    level: 'fail',
    find: ({ trust, service, services }) =>
      when(
        trust !== null && !services.includes(service),
        {
          en: `The city’s catalogue has no service "${service}".`,
          zh: `市级目录中没有业务“${service}”。`,
        },
        {
          en: `Start the terminal with --service and one of: ${services.join(', ')}`,
          zh: `请用 --service 指定以下业务之一后重新启动：${services.join('、')}`,
        },
      ),
  },
  {
    code: 'trust-expired',
    area: 'trust',
    level: 'fail',
    find: ({ trust, at }) =>
      when(
        trust !== null && Date.parse(trust.expires) <= at,
        {
          en: `What the city says whom to trust ended ${trust?.expires ?? ''}.`,
          zh: `全市信任数据已于 ${trust?.expires ?? ''} 到期。`,
        },
        {
          en: 'See to the network and to the sync agent, which fetches the next one.',
          zh: '请检查网络和同步程序，由其取得新的信任数据。',
        },
      ),
  },
  {
    code: 'trust-ends-soon',
    area: 'trust',
    level: 'warn',
    find: ({ trust, at }) => {
      const left = Date.parse(trust?.expires ?? '') - at;
      const span = spanOf(left);
      return when(
        left > 0 && left <= ENDS_SOON_MS,
        {
          en: `What the city says whom to trust ends in ${span.en} and has not been renewed.`,
          zh: `全市信任数据将在 ${span.zh}后到期，尚未更新。`,
        },
        {
          en: 'See to the network and to the sync agent before then.',
          zh: '请在到期前检查网络和同步程序。',
        },
      );
    },
  },
];
