import type { DeskWording } from './desk-wording.ts';

/** 简体中文，窗口工作人员的操作. */
export const deskZh: DeskWording = {
  login: {
    title: '工作人员登录',
    open: '登录',
    roles: { staff: '工作人员', maintenance: '维护人员' },
    id: '工号',
    pin: 'PIN 码',
    grant: '市级维护许可',
    grantHint: '本机已联网时需要，由市级系统为本机和本人签发。',
    submit: '登录',
    badgeHint: '也可以把工牌二维码对准扫描口。',
    nobody: '未登录：只能核验，不能收集证照、查询或送交。',
    logOut: '退出登录',
  },
  cancel: '取消',
  openCase: { title: '开始办理', hint: '选择事项后，依次扫描所需证照。' },
  case: {
    title: '正在办理',
    titleWithoutMatter: '已收集的证照',
    licences: (count) => `已收集 ${count} 份`,
    noLicence: '还没有证照',
    complete: '所需证照已经齐全',
    have: '已有',
    missing: '还缺',
    end: '结束并清除',
    clearsIn: (seconds) => `无操作时将在${minutesAndSeconds(seconds)}后清除`,
  },
  addAnother: '继续扫下一份',
  handOn: {
    title: '送交业务系统',
    caseNo: '业务受理号',
    optional: '选填',
  },
  lookUp: {
    title: '联网查询',
    numbers: { uscc: '统一社会信用代码', id: '公民身份号码' },
    consent: '是否同意本次查询？',
    consentHint: '已当面询问，持证人同意',
    submit: '查询',
  },
  choosing: {
    matter: '请选择办理事项',
    licence: '请选择证照',
    hint: '部分内容已隐藏。',
    all: '通过的全部收入',
  },
  reveal: {
    button: '显示',
    question: (field) => `为什么要显示完整的“${field}”？`,
    recorded: '显示的人、时间和原因都会记录。',
    reasons: {
      'compare-with-paper': '与纸质材料核对',
      'fill-in-form': '填写办理表格',
      'holder-asks': '持证人本人要求',
      'enforcement-record': '执法记录需要',
    },
  },
  switchService: '切换业务',
  handedOnTodo: '请在业务系统中继续办理，本机不再保留证照信息。',
  noReceiver: {
    sentence: '没有业务系统连接到本机，刚才的核验结果没有送出。',
    todo: '检查业务系统页面是否打开，返回后再送交；仍不行的，按人工流程办理。',
  },
  asked: {
    sentence: '群众请求人工办理，证照信息没有送出。',
    todo: '请上前协助。返回后可以继续，或结束并清除。',
  },
  clearing: '上一位群众的信息已从本机清除。',
  maintenance: {
    by: (staff) => `维护人员：${staff}`,
    todo: '维护期间不核验证照。完成后请结束维护。',
    end: '结束维护',
  },
  refusals: {
    'not-offered': '画面已经变化，刚才的操作没有执行',
    'login-needed': '请先登录',
    'wrong-credentials': '工号、PIN 码或工牌不对，请重新输入',
    'locked-out': '多次不正确，登录已暂停',
    'grant-needed': '本机已联网，维护需要市级维护许可',
    'grant-refused': '维护许可无效、已过期，或不是给本机和此工号的',
    unknown: '没有这一项，请重新选择',
    'no-receiver': '没有业务系统连接到本机，没有送出',
    'store-failed': '本机无法保存记录，刚才的操作没有执行，请联系维护人员',
  },
  lockedOutFor: (minutes) => `多次不正确，登录已暂停，请在约${minutes}分钟后再试`,
};

function minutesAndSeconds(seconds: number): string {
  return seconds < 60
    ? `${seconds}秒`
    : `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, '0')}秒`;
}
