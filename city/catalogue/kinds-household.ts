import type { KindDraft } from './kind-draft.ts';

/** A home, a family and their papers: property sales and a child's enrolment at school. */
export const HOUSEHOLD_KINDS: readonly KindDraft[] = [
  {
    id: 'real-estate-certificate',
    names: { zh: '不动产权证书', en: 'Real estate certificate' },
    holder: 'person',
    own: {
      owner: ['权利人', 'Owner', 'name'],
      coOwnership: ['共有情况', 'Co-ownership', 'whole'],
      location: ['坐落', 'Location', 'whole'],
      unitNo: ['不动产单元号', 'Real estate unit number', 'identifier'],
      rightType: ['权利类型', 'Type of right', 'whole'],
      rightNature: ['权利性质', 'Nature of right', 'whole'],
      usage: ['用途', 'Use', 'whole'],
      area: ['面积', 'Area', 'whole'],
      term: ['使用期限', 'Term', 'whole'],
      otherState: ['权利其他状况', 'Other state of the right', 'whole'],
      notes: ['附记', 'Notes', 'never'],
    },
  },
  {
    id: 'social-security-card',
    names: { zh: '社会保障卡', en: 'Social security card' },
    holder: 'person',
    own: {
      ssNo: ['社会保障号码', 'Social security number', 'identifier'],
      cardNo: ['卡号', 'Card number', 'identifier'],
      region: ['发卡地', 'Region', 'whole'],
    },
  },
  {
    id: 'tax-certificate',
    names: { zh: '税收完税证明', en: 'Tax payment certificate' },
    holder: 'person',
    own: {
      voucherNo: ['票证号码', 'Voucher number', 'identifier'],
      taxpayerId: ['纳税人识别号', 'Taxpayer number', 'identifier'],
      taxpayerName: ['纳税人名称', 'Taxpayer', 'name'],
      amount: ['实缴金额', 'Amount paid', 'never'],
      taxOffice: ['税务机关', 'Tax office', 'whole'],
      date: ['填发日期', 'Date', 'whole'],
    },
  },
  {
    id: 'household-registration',
    names: { zh: '居民户口簿', en: 'Household register' },
    holder: 'person',
    own: {
      hukouType: ['户别', 'Type of household', 'whole'],
      relation: ['与户主关系', 'Relation to the head', 'whole'],
      address: ['住址', 'Address', 'never'],
    },
  },
  {
    id: 'birth-certificate',
    names: { zh: '出生医学证明', en: 'Birth certificate' },
    holder: 'person',
    own: {
      certNo: ['出生证编号', 'Certificate number', 'identifier'],
      childName: ['新生儿姓名', 'Child', 'name'],
      sex: ['性别', 'Sex', 'never'],
      bornAt: ['出生时间', 'Born', 'never'],
      mother: ['母亲姓名', 'Mother', 'never'],
      father: ['父亲姓名', 'Father', 'never'],
    },
  },
  {
    id: 'social-insurance-record',
    names: { zh: '社会保险参保缴费证明', en: 'Social insurance record' },
    holder: 'person',
    own: {
      type: ['险种', 'Scheme', 'whole'],
      period: ['缴费期间', 'Period', 'whole'],
      months: ['累计缴费月数', 'Months paid', 'whole'],
    },
  },
  {
    id: 'home-purchase-contract',
    names: { zh: '商品房买卖合同备案证明', en: 'Home purchase contract filing' },
    holder: 'person',
    own: recordOfHome('备案号', '买受人', 'Buyer', '合同签订日期', 'Signed on'),
  },
  {
    id: 'residence-permit',
    names: { zh: '居住证', en: 'Residence permit' },
    holder: 'person',
    own: {
      // the school's catchment area goes by it
      address: ['居住地址', 'Address', 'whole'],
      issuedBy: ['签发机关', 'Issued by', 'whole'],
    },
  },
  {
    id: 'lease-filing',
    names: { zh: '房屋租赁登记备案证明', en: 'Lease filing' },
    holder: 'person',
    own: recordOfHome('备案证明号', '承租人', 'Tenant', '租赁期限', 'Term of lease'),
  },
  {
    id: 'no-home-certificate',
    names: { zh: '无房证明', en: 'Certificate of owning no home' },
    holder: 'person',
    own: {
      scope: ['查询范围', 'Scope of the query', 'whole'],
      queriedOn: ['查询日期', 'Queried on', 'whole'],
    },
  },
  {
    id: 'talent-certificate',
    names: { zh: '高层次人才证书', en: 'Talent certificate' },
    holder: 'person',
    own: {
      level: ['人才层次', 'Level', 'whole'],
      recognisedBy: ['认定机构', 'Recognised by', 'whole'],
      validity: ['有效期', 'Validity', 'whole'],
    },
  },
];

/** A contract filed with the housing authority, bought or leased. */
function recordOfHome(
  recordNo: string,
  partyZh: string,
  partyEn: string,
  datesZh: string,
  datesEn: string,
): KindDraft['own'] {
  return {
    recordNo: [recordNo, 'Record number', 'identifier'],
    party: [partyZh, partyEn, 'name'],
    location: ['房屋坐落', 'Location', 'whole'],
    area: ['建筑面积', 'Floor area', 'whole'],
    dates: [datesZh, datesEn, 'whole'],
  };
}
