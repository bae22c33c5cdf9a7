import type { ShownCondition } from '../demo/condition.ts';
import type { PhoneCommand, PhoneFault } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';

export interface PhoneWords {
  readonly title: string;
  readonly demonstration: string;
  readonly otherLanguage: string;
  readonly back: string;
  readonly whose: string;
  readonly licences: (count: number) => string;
  readonly period: (from: string, to: string) => string;
  /** Before the number. */
  readonly lookUp: (holder: string, service: string) => string;
  /** Before the principal, on the card of a licence of another. */
  readonly delegated: string;
  readonly delegationCti: string;
  readonly actsFor: (principal: string) => string;
  readonly scope: (kind: string | undefined, service: string | undefined) => string;
  readonly delegatedTo: (to: string) => string;
  /** Of the symbol: version, and modules a side. */
  readonly symbol: (version: number, modules: number) => string;
  readonly loading: string;
  readonly renewsIn: (seconds: number) => string;
  readonly unchanging: string;
  readonly frozen: string;
  readonly scan: string;
  readonly scanning: string;
  readonly handed: string;
  readonly screenshot: string;
  readonly expectation: string;
  readonly screenshotNote: string;
  readonly testers: string;
  readonly hint: Readonly<Record<PhoneCommand['does'], string>>;
  readonly copy: string;
  readonly copied: string;
  readonly copyByHand: string;
  readonly chip: Readonly<Record<ShownCondition, string>>;
  /** In place of the note of a valid licence where it is another's. */
  readonly delegatedNote: string;
  readonly note: Readonly<Record<ShownCondition, string>>;
  readonly fault: Readonly<Record<PhoneFault | 'unreachable', string>>;
}

/** Every word of the page. */
export const PHONE_WORDS: Readonly<Record<PhoneLanguage, PhoneWords>> = {
  zh: {
    title: '亮证 · 演示手机',
    demonstration: '演示专用：人物与证照均为虚构',
    otherLanguage: 'English',
    back: '返回',
    whose: '选择一位持证人',
    licences: (count) => `${count} 张证照`,
    period: (from, to) => `有效期 ${from} 至 ${to}`,
    lookUp: (holder, service) => `“${service}”窗口可按号码查询 ${holder}：`,
    delegated: '代办',
    delegationCti: '授权 cti',
    actsFor: (principal) => `代 ${principal} 出示`,
    scope: (kind, service) =>
      `授权范围：${kind ?? '仅此一张证照'}；${service === undefined ? '各业务均可' : `仅限“${service}”`}`,
    delegatedTo: (to) => `授权有效期至 ${to}`,
    symbol: (version, modules) => `QR ${version}-M · ${modules}×${modules}`,
    loading: '正在准备，请稍候',
    renewsIn: (seconds) => `${seconds} 秒后自动更新`,
    unchanging: '静态二维码，不会更新',
    frozen: '截图，不再更新',
    scan: '让终端扫描',
    scanning: '正在交给终端…',
    handed: '已交给终端，请看终端屏幕',
    screenshot: '使用截图',
    expectation: '预期结果',
    screenshotNote: '截图：这个二维码用过一次就会被拒绝，满 60 秒后提示二维码已失效。',
    testers: '测试人员',
    hint: {
      'revoke-licence': '在项目目录运行，即可注销这张证照：',
      'suspend-licence': '运行以下命令则暂停这张证照：',
      'resume-licence': '运行以下命令则恢复这张证照：',
      'revoke-delegation': '在项目目录运行，即可收回这份授权：',
    },
    copy: '复制',
    copied: '已复制',
    copyByHand: '无法复制，请手动选取',
    chip: {
      valid: '有效',
      revoked: '已注销',
      suspended: '已暂停',
      expired: '已过期',
      'not-yet-valid': '未生效',
      static: '静态码',
      'unknown-issuer': '来源不明',
      forged: '伪造',
      'delegation-expired': '授权已过期',
      'delegation-out-of-scope': '超出授权',
      'delegation-revoked': '授权已收回',
      'delegation-of-another': '非其授权',
    },
    delegatedNote: '在接受代办且需要这种证照的业务中核验通过；其他业务不予受理。',
    note: {
      valid: '在需要这种证照的业务中核验通过；其他业务提示不是所需证照。',
      revoked: '核验不通过：发证机关已注销这张证照。',
      suspended: '核验不通过：发证机关已暂停这张证照，恢复后可继续使用。',
      expired: '核验不通过：证照已过有效期。',
      'not-yet-valid': '核验不通过：证照尚未生效。',
      static: '纸上的固定二维码，不能证明是持证人本人出示：就医结算不通过，只验真伪的业务通过。',
      'unknown-issuer': '核验不通过：签发者不在本市认可的发证机关之列。',
      forged: '核验不通过：冒用真实机关名义，用未获认可的密钥签发。',
      'delegation-expired': '核验不通过：授权已过有效期。',
      'delegation-out-of-scope': '核验不通过：授权不包括这张证照，或者不包括这项业务。',
      'delegation-revoked': '核验不通过：授权已被收回。',
      'delegation-of-another': '核验不通过：授权人不是这张证照的持证者。',
    },
    fault: {
      malformed: '请求有误，请刷新页面',
      'too-large': '请求过大，请刷新页面',
      'unknown-licence': '没有这张证照，请返回重选',
      'not-local': '请用 http://localhost 打开本页',
      'no-terminal': '启动时没有指定终端',
      'terminal-not-running': '终端没有运行，请先启动终端',
      'terminal-timeout': '终端 3 秒内没有回应，请重试',
      'terminal-answer': '终端的回应无法理解，请查看终端日志',
      'terminal-refused': '终端现在不接受扫描，请看终端屏幕',
      internal: '城市系统出错，请查看其日志',
      unreachable: '连接不上城市系统，正在重试',
    },
  },
  en: {
    title: 'Liangzheng · demo phone',
    demonstration: 'Demonstration: people and licences are invented',
    otherLanguage: '中文',
    back: 'Back',
    whose: 'Whose phone is it?',
    licences: (count) => (count === 1 ? '1 licence' : `${count} licences`),
    period: (from, to) => `Valid ${from} to ${to}`,
    lookUp: (holder, service) => `Counters of “${service}” find ${holder} by number:`,
    delegated: 'Acting for',
    delegationCti: 'delegation cti',
    actsFor: (principal) => `Acting for ${principal}`,
    scope: (kind, service) =>
      `May show: ${kind ?? 'this licence alone'}; ${service === undefined ? 'at any service' : `only at “${service}”`}`,
    delegatedTo: (to) => `Delegation valid to ${to}`,
    symbol: (version, modules) => `QR ${version}-M · ${modules}×${modules}`,
    loading: 'Getting ready, please wait',
    renewsIn: (seconds) => `Renews itself in ${seconds} s`,
    unchanging: 'A static code: it never changes',
    frozen: 'A screenshot: it no longer changes',
    scan: 'Scan this',
    scanning: 'Handing it over…',
    handed: 'Handed over: look at the terminal',
    screenshot: 'Use a screenshot',
    expectation: 'What to expect',
    screenshotNote:
      'A screenshot: once this code has been used it is refused, and after 60 seconds it has run out.',
    testers: 'For testers',
    hint: {
      'revoke-licence': "Run this in the project's folder to cancel the licence:",
      'suspend-licence': 'Or this to suspend it:',
      'resume-licence': 'Or this to end the suspension:',
      'revoke-delegation': "Run this in the project's folder to take the delegation back:",
    },
    copy: 'Copy',
    copied: 'Copied',
    copyByHand: "Can't copy: select it by hand",
    chip: {
      valid: 'Valid',
      revoked: 'Cancelled',
      suspended: 'Suspended',
      expired: 'Expired',
      'not-yet-valid': 'Not valid yet',
      static: 'Static code',
      'unknown-issuer': 'Unknown issuer',
      forged: 'Forged',
      'delegation-expired': 'Delegation expired',
      'delegation-out-of-scope': 'Out of scope',
      'delegation-revoked': 'Delegation withdrawn',
      'delegation-of-another': 'Not the holder’s',
    },
    delegatedNote:
      'Verified by a service that needs this licence and serves delegates; any other refuses it.',
    note: {
      valid: 'Verified by a service that needs this licence; any other says it is not the one needed.',
      revoked: 'Not verified: its issuer has cancelled it.',
      suspended: 'Not verified: its issuer has suspended it; it may come back.',
      expired: 'Not verified: it has expired.',
      'not-yet-valid': 'Not verified: it does not hold yet.',
      static:
        "A fixed code as on paper; it can't show that the holder is present. Refused for medical care, verified where only the licence matters.",
      'unknown-issuer': 'Not verified: the city has not admitted whoever signed it.',
      forged: 'Not verified: it names a real authority but was signed with a key nobody admitted.',
      'delegation-expired': 'Not verified: the delegation has expired.',
      'delegation-out-of-scope':
        'Not verified: the delegation does not cover this licence, or not this service.',
      'delegation-revoked': 'Not verified: the delegation was taken back.',
      'delegation-of-another': 'Not verified: whoever delegated is not the holder of this licence.',
    },
    fault: {
      malformed: 'Bad request: reload the page',
      'too-large': 'Request too large: reload the page',
      'unknown-licence': 'No such licence: go back and choose again',
      'not-local': 'Open this page as http://localhost',
      'no-terminal': 'Started without a terminal',
      'terminal-not-running': "The terminal isn't running: start it first",
      'terminal-timeout': "The terminal didn't answer within 3 s: try again",
      'terminal-answer': "The terminal's answer makes no sense: see its log",
      'terminal-refused': 'The terminal takes no scan right now: look at its screen',
      internal: 'The city failed: see its log',
      unreachable: "Can't reach the city; trying again",
    },
  },
};
