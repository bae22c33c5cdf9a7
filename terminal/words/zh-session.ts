import type { SessionWording } from './session-wording.ts';

const STAFFED_COUNTER = '请到人工窗口办理';
const STAFF_ONLY = '这项操作只限工作人员';

/** 简体中文，从出示到结束的各个画面. */
export const sessionZh: SessionWording = {
  moreTime: {
    question: '还需要更多时间吗？',
    button: '更多时间',
    lastTime: '不能再延长了，时间一到将自动清除',
  },
  back: '返回',
  askForStaff: '人工窗口办理',
  closesIn: (seconds) => `本页面将在${seconds}秒后关闭`,
  business: {
    choose: '选择要办理的业务',
    headline: '请选择要办理的业务',
    sentence: '选好后，核验结果会送到办理这项业务的系统。',
  },
  handedOn: {
    headline: '已送达',
    receiver: '接收方',
    business: '办理业务',
    todo: '请收好手机，按接收方的提示继续办理。',
  },
  staffedCounter: {
    asked: {
      headline: STAFFED_COUNTER,
      sentence: '请带好手机和证件，工作人员会为您办理。',
      todo: '您的证照信息没有送出，离开后将自动清除。',
    },
    'no-receiver': {
      headline: STAFFED_COUNTER,
      sentence: '证照已经核验，但办理业务的系统现在没有连接，不是您的问题。',
      todo: '您的证照信息没有送出，离开后将自动清除。',
    },
  },
  clearing: { headline: '已清除', sentence: '您的信息已从屏幕上清除，请收好手机。' },
  maintenance: {
    headline: '正在维护',
    sentence: '维护人员正在检查本机，暂时不能核验证照。',
    todo: STAFFED_COUNTER,
  },
  scanning: { headline: '请出示下一份证照', sentence: '请打开下一份电子证照，将二维码对准扫描口。' },
  refusals: {
    'not-offered': '画面已经变化，请按屏幕上的提示操作',
    'login-needed': STAFF_ONLY,
    'wrong-credentials': STAFF_ONLY,
    'locked-out': STAFF_ONLY,
    'grant-needed': STAFF_ONLY,
    'grant-refused': STAFF_ONLY,
    unknown: '没有这一项，请重新选择',
    'no-receiver': '办理业务的系统没有连接，请到人工窗口办理',
    'store-failed': '本机无法保存记录，刚才的操作没有完成，请到人工窗口办理',
  },
};
