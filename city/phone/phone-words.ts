import type { Condition } from '../demo/condition.ts';
import type { PhoneFault } from './phone-contract.ts';
import type { PhoneLanguage } from './phone-route.ts';

export interface PhoneWords {
  readonly title: string;
  readonly demonstration: string;
  readonly otherLanguage: string;
  readonly back: string;
  readonly whose: string;
  readonly licences: (count: number) => string;
  readonly period: (from: string, to: string) => string;
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
  readonly revokeHint: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyByHand: string;
  readonly chip: Readonly<Record<Condition, string>>;
  readonly note: Readonly<Record<Condition, string>>;
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
    revokeHint: '在项目目录运行，即可注销这张证照：',
    copy: '复制',
    copied: '已复制',
    copyByHand: '无法复制，请手动选取',
    chip: {
      valid: '有效',
      revoked: '已注销',
      expired: '已过期',
      'not-yet-valid': '未生效',
      static: '静态码',
      'unknown-issuer': '来源不明',
      forged: '伪造',
    },
    note: {
      valid: '在需要这种证照的业务中核验通过；其他业务提示不是所需证照。',
      revoked: '核验不通过：发证机关已注销这张证照。',
      expired: '核验不通过：证照已过有效期。',
      'not-yet-valid': '核验不通过：证照尚未生效。',
      static: '纸上的固定二维码，不能证明是持证人本人出示：就医结算不通过，只验真伪的业务通过。',
      'unknown-issuer': '核验不通过：签发者不在本市认可的发证机关之列。',
      forged: '核验不通过：冒用真实机关名义，用未获认可的密钥签发。',
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
    revokeHint: "Run this in the project's folder to cancel the licence:",
    copy: 'Copy',
    copied: 'Copied',
    copyByHand: "Can't copy: select it by hand",
    chip: {
      valid: 'Valid',
      revoked: 'Cancelled',
      expired: 'Expired',
      'not-yet-valid': 'Not valid yet',
      static: 'Static code',
      'unknown-issuer': 'Unknown issuer',
      forged: 'Forged',
    },
    note: {
      valid: 'Verified by a service that needs this licence; any other says it is not the one needed.',
      revoked: 'Not verified: its issuer has cancelled it.',
      expired: 'Not verified: it has expired.',
      'not-yet-valid': 'Not verified: it does not hold yet.',
      static:
        "A fixed code as on paper; it can't show that the holder is present. Refused for medical care, verified where only the licence matters.",
      'unknown-issuer': 'Not verified: the city has not admitted whoever signed it.',
      forged: 'Not verified: it names a real authority but was signed with a key nobody admitted.',
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
