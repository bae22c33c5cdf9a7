import type { Names } from '../contract.ts';

/** What a named cause of a failed task means to whoever looks after the terminal. */
export interface Meaning {
  /** warn: it works on without, for a while. */
  readonly level: 'warn' | 'fail';
  readonly sentence: Names;
  readonly cure: Names;
}

/** @param cause as the agent writes it, such as `offline` or `refused:clock`. */
export function meaningOf(cause: string): Meaning {
  return MEANINGS.get(cause) ?? (cause.startsWith('refused:') ? REFUSED : UNKNOWN);
}

const SEE_NETWORK = {
  en: 'See to cable, Wi-Fi, mobile network and firewall.',
  zh: '请检查网线、无线、移动网络和防火墙。',
};
const TELL_CITY = {
  en: 'Tell whoever runs the city licence system; until then what is already here is used.',
  zh: '请联系市级证照系统运维；在此之前沿用本机已有数据。',
};
const TAMPERED = {
  en: 'Somebody between here and the city may be changing what is sent, or the city made a mistake: tell its operator at once.',
  zh: '传输途中可能被篡改，或市级系统出错：请立即联系其运维。',
};
const ENROL_AGAIN = {
  en: 'Ask the city for a fresh enrolment code and enrol again: liangzheng enrol --city URL --code CODE',
  zh: '请向市级管理方索取新的登记码并重新登记：liangzheng enrol --city URL --code CODE',
};
const LOOK_INTO_LOG = {
  en: 'Look into the sync agent’s log, which has the details.',
  zh: '详情请查看同步程序日志。',
};

function warn(en: string, zh: string, cure: Names): Meaning {
  return { level: 'warn', sentence: { en, zh }, cure };
}

function fail(en: string, zh: string, cure: Names): Meaning {
  return { level: 'fail', sentence: { en, zh }, cure };
}

const REFUSED = fail('The city refused the request.', '市级系统拒绝了请求。', TELL_CITY);
const UNKNOWN = fail('It failed for a cause this version has no words for.', '失败原因未知。', LOOK_INTO_LOG);

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['offline', warn('The city can’t be reached.', '无法连接市级系统。', SEE_NETWORK)],
  ['timeout', warn('The city did not answer in time.', '市级系统未及时应答。', SEE_NETWORK)],
  [
    'slow',
    warn('The city’s time came too slowly to be worth anything.', '取得时间过慢，无法采用。', SEE_NETWORK),
  ],
  ['busy', warn('The city asked for patience.', '市级系统繁忙。', TELL_CITY)],
  [
    'not-the-city',
    warn(
      'Something else answered in the city’s place: a log-in page of the network, a proxy, another server.',
      '应答的不是市级系统：可能是网络认证页面、代理或其他服务器。',
      {
        en: 'Log this machine in to its network, or have the network let it through to the city.',
        zh: '请完成本机的网络认证，或请网络管理员放行到市级系统的访问。',
      },
    ),
  ],
  [
    'certificate',
    fail('The server at the city’s address has no certificate for it.', '该地址的服务器证书无效。', TAMPERED),
  ],
  [
    'address',
    fail(
      'The city’s address is neither https nor on this machine.',
      '市级系统地址既不是 https 也不是本机。',
      ENROL_AGAIN,
    ),
  ],
  ['too-large', fail('The city answered with too much.', '市级系统应答过大。', TELL_CITY)],
  ['cancelled', warn('The agent was ended in the middle of it.', '同步程序中途结束。', LOOK_INTO_LOG)],
  ['malformed', fail('The city’s answer can’t be read.', '市级系统的应答无法解析。', TELL_CITY)],
  [
    'not-signed',
    fail('What came in the city’s name isn’t signed by it.', '收到的数据未经市级系统签名。', TAMPERED),
  ],
  [
    'rollback',
    fail('What came is older than what is here already.', '收到的数据比本机已有的更旧。', TAMPERED),
  ],
  ['mix-and-match', fail('What came doesn’t belong together.', '收到的各部分数据互不匹配。', TAMPERED)],
  ['expired', fail('What came had ended already.', '收到的数据已过期。', TELL_CITY)],
  [
    'future',
    fail('What came was signed in the future, as this clock has it.', '按本机时钟，收到的数据签发于将来。', {
      en: 'Set date and time of this machine.',
      zh: '请校准本机日期和时间。',
    }),
  ],
  [
    'wrong-root',
    fail(
      'The city is not the one the enrolment code vouched for.',
      '该系统与登记码所指的城市不符。',
      ENROL_AGAIN,
    ),
  ],
  [
    'wrong-terminal',
    fail('The city answered for another terminal.', '市级系统的应答属于另一台终端。', ENROL_AGAIN),
  ],
  ['enrolment-file', fail('The enrolment can’t be read.', '登记文件无法读取。', ENROL_AGAIN)],
  [
    'already-enrolled',
    fail('This terminal is enrolled with another city.', '本机已登记到其他城市系统。', TELL_CITY),
  ],
  ['no-trust', warn('The city’s trust data isn’t here yet.', '尚未取得全市信任数据。', SEE_NETWORK)],
  [
    'fork',
    fail(
      'The city holds other audit rows under the same numbers: this disk was copied or put back.',
      '市级系统中同编号的审计记录不同：本机磁盘可能被复制或还原。',
      {
        en: 'See that no other machine runs from a copy of this disk. A new chain was begun; the city keeps both.',
        zh: '请确认没有其他机器使用本磁盘的副本。已开始新的记录链，市级系统保留两份。',
      },
    ),
  ],
  [
    'rows-missing',
    fail(
      'The city asks for audit rows that are no longer here.',
      '市级系统索要的审计记录本机已没有。',
      TELL_CITY,
    ),
  ],
  [
    'no-progress',
    fail('The city keeps asking for the same audit rows.', '市级系统反复索要同一批审计记录。', TELL_CITY),
  ],
  [
    'crashed',
    fail('The agent met an error of its own, or of the disk.', '同步程序或磁盘发生错误。', LOOK_INTO_LOG),
  ],
  [
    'refused:clock',
    warn(
      'The city says that this terminal’s time is wrong; it is being asked for the right one.',
      '市级系统认为本机时间有误，正在重新取时。',
      {
        en: 'Set date and time of this machine if it stays so.',
        zh: '如持续出现，请校准本机日期和时间。',
      },
    ),
  ],
  [
    'refused:unknown-terminal',
    fail('The city doesn’t know this terminal any more.', '市级系统已不认识本机。', ENROL_AGAIN),
  ],
  [
    'refused:not-proved',
    fail('The city doesn’t believe that this terminal asked.', '市级系统无法确认请求来自本机。', ENROL_AGAIN),
  ],
  ['refused:code-unknown', fail('There is no such enrolment code.', '登记码不存在。', ENROL_AGAIN)],
  ['refused:code-expired', fail('The enrolment code is past its time.', '登记码已过期。', ENROL_AGAIN)],
  [
    'refused:code-used',
    fail('The enrolment code was used by another terminal.', '登记码已被其他终端使用。', ENROL_AGAIN),
  ],
  ['refused:too-many', warn('The city was asked too often.', '请求过于频繁。', TELL_CITY)],
  [
    'refused:too-many-streams',
    warn('Too many terminals listen to the city.', '市级系统连接数已满。', TELL_CITY),
  ],
  ['refused:internal', warn('The city failed to answer.', '市级系统应答失败。', TELL_CITY)],
]);
