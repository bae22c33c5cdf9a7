import type { Wording } from './wording.ts';
import { deskZh } from './zh-desk.ts';
import { sessionZh } from './zh-session.ts';
import { staffZh } from './zh-staff.ts';

const STAFFED_COUNTER = '请到人工窗口办理';

/** 简体中文. */
export const zh: Wording = {
  htmlLang: 'zh-CN',
  product: '亮证',
  outcomes: {
    accepted: { headline: '核验通过', aside: '', short: '通过' },
    rejected: { headline: '核验不通过', aside: '', short: '不通过' },
    undetermined: { headline: '暂时无法核验', aside: '（不代表证照无效）', short: '未能核验' },
  },
  reasons: {
    accepted: {
      title: '证照有效',
      sentence: '您的电子证照真实有效。',
      todo: '请按提示继续办理业务，并收好手机。',
    },
    'not-a-licence-code': {
      title: '无法识别该二维码',
      sentence: '这不是电子证照的二维码，可能是付款码或其他二维码。',
      todo: '请在手机上打开电子证照，重新出示证照二维码。仍无法识别的，请到人工窗口办理。',
    },
    malformed: {
      title: '二维码内容不完整',
      sentence: '二维码没有读全，或内容已经损坏。',
      todo: '请擦净手机屏幕，刷新二维码后再试一次。仍不成功的，请到人工窗口办理。',
    },
    unsupported: {
      title: '暂不支持该二维码',
      sentence: '这种证照二维码的版本，本机还不能识别。',
      todo: '请更新手机上的证照应用后重试，或请到人工窗口办理。',
    },
    'unknown-issuer': {
      title: '发证机关不在认可名单内',
      sentence: '签发这份证照的机关，本机的认可名单里没有。',
      todo: '请确认证照来自官方应用，并请到人工窗口办理。',
    },
    'key-not-admitted': {
      title: '签发凭据未获认可',
      sentence: '这份证照使用的签发凭据，不在认可范围或认可期限内。',
      todo: '请在手机上重新下载证照后再试，或请到人工窗口办理。',
    },
    'bad-signature': {
      title: '证照签名核对不上',
      sentence: '证照内容与发证机关的电子签名不一致，无法采信。',
      todo: '请在官方应用中重新打开证照后再试，或请到人工窗口办理。',
    },
    'not-yet-valid': {
      title: '证照尚未生效',
      sentence: '这份证照还没有到开始使用的日期。',
      todo: '请在生效日期之后再来办理。有疑问的，请到人工窗口办理。',
    },
    expired: {
      title: '证照已过期',
      sentence: '这份证照已经超过有效期。',
      todo: '请先向发证机关申请换发新证照。今天急需的，请到人工窗口办理。',
    },
    revoked: {
      title: '证照已注销',
      sentence: '发证机关已经注销这份证照，不能再使用。',
      todo: '如已领取新证照，请出示新证照；有疑问的，请到人工窗口办理。',
    },
    suspended: {
      title: '证照使用受限',
      sentence: '发证机关已暂停使用这份证照。',
      todo: '请向发证机关了解原因和恢复办法，或请到人工窗口办理。',
    },
    'code-expired': {
      title: '二维码已失效，请刷新后重试',
      sentence: '为保护您的安全，二维码只在短时间内有效。请勿使用截图。',
      todo: '请在手机上刷新二维码，再出示一次。仍不成功的，请到人工窗口办理。',
    },
    'code-replayed': {
      title: '请勿使用截图',
      sentence: '这个二维码已经用过一次，可能是截图或旧的页面。',
      todo: '请在手机上打开证照、刷新二维码，再出示一次。仍不成功的，请到人工窗口办理。',
    },
    'holder-proof-missing': {
      title: '请持证人本人操作',
      sentence: '这项业务需要持证人本人用自己的手机出示，这个二维码没有本人确认。',
      todo: '请持证人在手机上完成本人确认后再出示。不便操作的，请到人工窗口办理。',
    },
    'holder-proof-invalid': {
      title: '本人确认未通过，请持证人本人操作',
      sentence: '二维码里的本人确认与这份证照对不上。',
      todo: '请持证人用自己的手机重新打开证照再试，或请到人工窗口办理。',
    },
    'delegation-invalid': {
      title: '授权无效',
      sentence: '代为出示这份证照的授权无法确认。',
      todo: '请持证人重新授权，或请到人工窗口办理。',
    },
    'delegation-expired': {
      title: '授权已过期',
      sentence: '代为出示这份证照的授权已经到期。',
      todo: '请持证人重新授权后再试，或请到人工窗口办理。',
    },
    'delegation-out-of-scope': {
      title: '不在授权范围',
      sentence: '持证人的授权不包括这里办理的业务。',
      todo: '请持证人为本业务授权后再试，或请到人工窗口办理。',
    },
    'wrong-kind': {
      title: '该二维码不是本业务所需证照',
      sentence: '这是一份电子证照，但不是这里要用的那一种。',
      todo: '请出示本业务所需的证照。不清楚是哪一种的，请到人工窗口办理。',
    },
    'refused-by-service': {
      title: '不符合本业务办理条件',
      sentence: '证照本身已经核对，但不符合本业务的规定。',
      todo: '请到人工窗口办理，工作人员会为您说明。',
    },
    'clock-untrusted': {
      title: '设备时间异常，请联系工作人员',
      sentence: '本机时间不准，无法判断证照是否在有效期内。',
      todo: '请联系工作人员，或请到人工窗口办理。',
    },
    'trust-expired': {
      title: '本机认可名单需要更新',
      sentence: '本机的发证机关认可名单已过期，暂时不能用来核验。',
      todo: '请稍后重试，或请到人工窗口办理。',
    },
    'status-unavailable': {
      title: '查不到证照当前状态',
      sentence: '本机还没有取得这份证照的状态信息。',
      todo: '请稍后重试，或请到人工窗口办理。',
    },
    'status-stale': {
      title: '证照状态信息过旧',
      sentence: '本机的证照状态信息太久没有更新，不能作为依据。',
      todo: '请稍后重试，或请到人工窗口办理。',
    },
    'needs-network': {
      title: '网络连接中断，请稍后重试',
      sentence: '这份证照需要联网核验，本机现在没有网络。',
      todo: '请稍后重试，或请到人工窗口办理。',
    },
    'city-unavailable': {
      title: '证照系统没有应答',
      sentence: '市级证照系统暂时没有应答，不是您的问题。',
      todo: '请稍后重试，或请到人工窗口办理。',
    },
    'city-error': {
      title: '证照系统出现故障',
      sentence: '市级证照系统返回了错误，不是您的问题。',
      todo: '请稍后重试，或请到人工窗口办理。',
    },
  },
  settings: {
    language: '语言',
    languageNames: { zh: '中文', en: 'English' },
    largeText: '长辈版',
  },
  starting: {
    headline: '正在启动，请稍候',
    sentence: '设备正在做使用前的检查，一般不到一分钟。',
    todo: '着急办理的，请到人工窗口办理。',
  },
  outOfService: {
    'not-enrolled': {
      headline: '本机暂停服务',
      sentence: '本机还没有完成登记，不能核验证照。',
      todo: STAFFED_COUNTER,
    },
    'unknown-service': {
      headline: '本机暂停服务',
      sentence: '这台终端的业务设置有误，暂时不能核验证照。',
      todo: STAFFED_COUNTER,
    },
    'no-scanner': {
      headline: '本机暂停服务',
      sentence: '扫码器没有连接好，无法读取二维码。',
      todo: STAFFED_COUNTER,
    },
    'store-failed': {
      headline: '本机暂停服务',
      sentence: '本机无法保存核验记录，为保证每次核验有据可查，已停止使用。',
      todo: STAFFED_COUNTER,
    },
    'store-full': {
      headline: '本机暂停服务',
      sentence: '本机的存储空间已满，新的核验记录无处保存，已停止使用。',
      todo: STAFFED_COUNTER,
    },
  },
  notAnswering: {
    headline: '终端没有应答',
    sentence: '屏幕与核验终端的连接中断，正在自动重新连接。',
    todo: STAFFED_COUNTER,
  },
  inviting: {
    headline: ['请出示', '电子证照二维码'],
    hold: '请将二维码对准扫描口，距离约10厘米',
    distance: '约10厘米',
    brightness: '请调高手机亮度',
    noScreenshots: '请勿使用截图',
    help: '遇到困难，请到人工窗口办理',
    drawing: '手机屏幕显示二维码，对准扫描口，相距约10厘米',
  },
  verifying: { headline: '正在核验，请稍候', sentence: '请不要走开，马上就好。' },
  verdict: {
    todoLabel: '接下来',
    fieldsLabel: '证照信息',
    delegate: '受托代办人',
    masked: '部分内容已隐藏，保护您的隐私',
    clearsIn: (seconds) => `查询结果将在${seconds}秒后清除`,
    more: (fields) => `还有更多（${fields}项）`,
    backToFirst: '回到开头',
    done: '完成',
  },
  session: sessionZh,
  cityNotConnected: '未连接市级证照系统，部分证照可能暂时无法核验',
  codeTooLong: '无法识别该二维码：内容过长',
  commandLost: '终端没有收到刚才的操作，请再试一次',
  counter: {
    title: '窗口核验',
    ready: '请扫描电子证照二维码',
    readyHint: '请群众出示手机上的证照二维码，距扫描口约10厘米。',
    history: '最近核验',
    historyEmpty: '还没有核验记录',
    reasonCode: '原因代码',
    scanner: '扫码器',
    scannerStates: { ready: '就绪', searching: '正在查找', fault: '故障' },
    scannerAdvice: {
      searching: '请检查扫码器连接，重新插好数据线。',
      fault: '没有可用的扫码器，请联系维护人员检查设置。',
    },
    city: '市级证照系统',
    connected: '已连接',
    disconnected: '未连接',
    statusList: '证照状态名单',
    noStatusList: '尚未取得',
    age: ageInChinese,
    clear: '清除结果',
  },
  staff: staffZh,
  desk: deskZh,
};

function ageInChinese(minutes: number): string {
  if (minutes < 1) return '刚刚更新';
  if (minutes < 60) return `${minutes} 分钟前更新`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} 小时前更新`;
  return `${Math.floor(minutes / (24 * 60))} 天前更新`;
}
