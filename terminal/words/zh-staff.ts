import type { StaffWording } from './staff-wording.ts';

/** 简体中文，写给窗口工作人员. */
export const staffZh: StaffWording = {
  reasons: {
    accepted: {
      title: '证照有效',
      sentence: '电子证照真实有效。',
      todo: '核对持证人与证照信息一致后，继续办理业务。',
    },
    'not-a-licence-code': {
      title: '无法识别该二维码',
      sentence: '这不是电子证照的二维码，可能是付款码或其他二维码。',
      todo: '请群众打开电子证照，出示证照二维码后再扫。仍不成功的，改验实体证照。',
    },
    malformed: {
      title: '二维码内容不完整',
      sentence: '二维码没有读全，或内容已经损坏。',
      todo: '请群众刷新二维码、调高亮度后再扫。仍不成功的，改验实体证照。',
    },
    unsupported: {
      title: '暂不支持该二维码',
      sentence: '这种证照二维码的版本，本机还不能识别。',
      todo: '请群众更新证照应用后再扫。多次出现的，把原因代码告知维护人员。',
    },
    'unknown-issuer': {
      title: '发证机关不在认可名单内',
      sentence: '签发这份证照的机关，本机的认可名单里没有。',
      todo: '不要采信。确认证照是否来自官方应用；确属应认可的机关，报维护人员核实名单。',
    },
    'key-not-admitted': {
      title: '签发凭据未获认可',
      sentence: '这份证照使用的签发凭据，不在认可范围或认可期限内。',
      todo: '不要采信。请群众重新下载证照后再扫；仍不成功的，向发证机关核实。',
    },
    'bad-signature': {
      title: '证照签名核对不上',
      sentence: '证照内容与发证机关的电子签名不一致，无法采信。',
      todo: '不要采信。请群众在官方应用中重新打开后再扫；仍不一致的，向发证机关核实并按规定上报。',
    },
    'not-yet-valid': {
      title: '证照尚未生效',
      sentence: '这份证照还没有到开始使用的日期。',
      todo: '告知群众生效日期之后再来办理；有疑问的，向发证机关核实。',
    },
    expired: {
      title: '证照已过期',
      sentence: '这份证照已经超过有效期。',
      todo: '请群众先换发新证照。已换发的，请其更新后出示新证照。',
    },
    revoked: {
      title: '证照已注销',
      sentence: '发证机关已经注销这份证照，不能再使用。',
      todo: '不要凭此办理。已领取新证照的，请出示新证照；有异议的，告知其联系发证机关。',
    },
    suspended: {
      title: '证照使用受限',
      sentence: '发证机关已暂停使用这份证照。',
      todo: '不要凭此办理。告知群众向发证机关了解原因和恢复办法。',
    },
    'code-expired': {
      title: '二维码已失效',
      sentence: '二维码只在短时间内有效，这一个已经超时。',
      todo: '请群众刷新二维码后马上再扫，不接受截图。连续几位群众都这样的，多半是本机时间不准，请联系维护人员。',
    },
    'code-replayed': {
      title: '二维码已经用过',
      sentence: '这个二维码已经用过一次，可能是截图或旧的页面。',
      todo: '请群众当面打开证照、刷新二维码后再扫，不接受截图。',
    },
    'holder-proof-missing': {
      title: '没有持证人本人确认',
      sentence: '这项业务需要持证人本人用自己的手机出示，这个二维码没有本人确认。',
      todo: '请持证人在自己的手机上完成本人确认后再扫。不便操作的，改验实体证照。',
    },
    'holder-proof-invalid': {
      title: '持证人本人确认未通过',
      sentence: '二维码里的本人确认与这份证照对不上。',
      todo: '核对出示人身份，请持证人用自己的手机重新打开证照后再扫。',
    },
    'delegation-invalid': {
      title: '授权无效',
      sentence: '代为出示这份证照的授权无法确认。',
      todo: '不要凭此代办。请持证人重新授权，或由持证人本人出示。',
    },
    'delegation-expired': {
      title: '授权已过期',
      sentence: '代为出示这份证照的授权已经到期。',
      todo: '请持证人重新授权后再扫，或由持证人本人出示。',
    },
    'delegation-out-of-scope': {
      title: '不在授权范围',
      sentence: '持证人的授权不包括这里办理的业务。',
      todo: '请持证人为本业务授权后再扫，或由持证人本人出示。',
    },
    'wrong-kind': {
      title: '该二维码不是本业务所需证照',
      sentence: '这是一份电子证照，但不是本业务要用的那一种。',
      todo: '告知群众本业务需要哪种证照，请其出示后再扫。',
    },
    'refused-by-service': {
      title: '不符合本业务办理条件',
      sentence: '证照本身已经核对，但不符合本业务的规定。',
      todo: '按本业务规定向群众说明不符合的条件和补办办法。',
    },
    'clock-untrusted': {
      title: '设备时间异常',
      sentence: '本机时间不准，无法判断证照是否在有效期内。',
      todo: '检查本机网络，等待自动校时。仍不恢复的，联系维护人员；其间改验实体证照。',
    },
    'trust-expired': {
      title: '本机认可名单需要更新',
      sentence: '本机的发证机关认可名单已过期，暂时不能用来核验。',
      todo: '检查本机网络，等待自动更新。仍不恢复的，联系维护人员；其间改验实体证照。',
    },
    'status-unavailable': {
      title: '查不到证照当前状态',
      sentence: '本机还没有取得这份证照的状态信息。',
      todo: '检查本机网络，稍后再扫。仍不成功的，改验实体证照或向发证机关核实。',
    },
    'status-stale': {
      title: '证照状态信息过旧',
      sentence: '本机的证照状态信息太久没有更新，不能作为依据。',
      todo: '检查本机网络，等待自动更新后再扫。仍不恢复的，联系维护人员。',
    },
    'needs-network': {
      title: '网络连接中断',
      sentence: '这份证照需要联网核验，本机现在没有网络。',
      todo: '检查网线和网络，恢复后再扫。急需办理的，改验实体证照。',
    },
    'city-unavailable': {
      title: '证照系统没有应答',
      sentence: '市级证照系统暂时没有应答，与群众的证照无关。',
      todo: '稍后再扫。持续没有应答的，联系维护人员；急需办理的，改验实体证照。',
    },
    'city-error': {
      title: '证照系统出现故障',
      sentence: '市级证照系统返回了错误，与群众的证照无关。',
      todo: '稍后再扫。反复出现的，把原因代码告知维护人员；急需办理的，改验实体证照。',
    },
  },
  doubtful: {
    'holder-code': '持证者代码的校验位不符，请与实体证件核对。',
    'licence-identifier': '电子证照标识的校验位不符，请留意核对证照编号。',
  },
  starting: {
    headline: '正在启动，请稍候',
    sentence: '设备正在做使用前的检查，一般不到一分钟。',
    todo: '超过一分钟没有启动的，联系维护人员',
  },
  outOfService: {
    'not-enrolled': {
      headline: '本机暂停服务',
      sentence: '本机还没有在市级证照系统登记，不能核验证照。',
      todo: '联系维护人员完成登记',
    },
    'unknown-service': {
      headline: '本机暂停服务',
      sentence: '这台终端的业务设置有误：所设的业务不在市级业务目录中。',
      todo: '联系维护人员更正业务设置',
    },
    'no-scanner': {
      headline: '本机暂停服务',
      sentence: '扫码器没有连接好，无法读取二维码。',
      todo: '重新插好扫码器；仍不恢复的，联系维护人员',
    },
    'store-failed': {
      headline: '本机暂停服务',
      sentence: '本机无法保存核验记录，为保证每次核验有据可查，已停止使用。',
      todo: '不要关机，联系维护人员检查存储空间',
    },
    'store-full': {
      headline: '本机暂停服务',
      sentence: '本机存储空间已满，新的核验记录无处保存，已停止使用；已有记录没有丢失。',
      todo: '不要关机，接通网络让记录上传；仍不恢复的，联系维护人员',
    },
  },
  notAnswering: {
    headline: '终端没有应答',
    sentence: '屏幕与核验终端的连接中断，正在自动重新连接。',
    todo: '一分钟后仍不恢复的，联系维护人员',
  },
};
