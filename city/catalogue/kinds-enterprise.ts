import type { KindDraft } from './kind-draft.ts';

/** What companies hold: their own licence, and what a construction project needs. */
export const ENTERPRISE_KINDS: readonly KindDraft[] = [
  {
    id: 'business-licence',
    names: { zh: '营业执照', en: 'Business licence' },
    holder: 'legal-person',
    own: {
      uscc: ['统一社会信用代码', 'Unified social credit code', 'whole'],
      entName: ['名称', 'Name', 'whole'],
      entType: ['类型', 'Type', 'whole'],
      legalRep: ['法定代表人', 'Legal representative', 'name'],
      regCapital: ['注册资本', 'Registered capital', 'whole'],
      estDate: ['成立日期', 'Established on', 'whole'],
      term: ['营业期限', 'Term of operation', 'whole'],
      address: ['住所', 'Domicile', 'whole'],
      scope: ['经营范围', 'Business scope', 'whole'],
    },
  },
  {
    id: 'project-approval',
    names: { zh: '建设项目立项批准文件', en: 'Construction project approval' },
    holder: 'legal-person',
    own: {
      projectCode: ['项目代码', 'Project code', 'whole'],
      projectName: ['项目名称', 'Project', 'whole'],
      docNo: ['批准文号', 'Approval document number', 'whole'],
      builder: ['建设单位', 'Developer', 'whole'],
      investment: ['总投资', 'Total investment', 'whole'],
    },
  },
  {
    id: 'land-use-planning-permit',
    names: { zh: '建设用地规划许可证', en: 'Land-use planning permit' },
    holder: 'legal-person',
    own: {
      landUser: ['用地单位', 'Land user', 'whole'],
      projectName: ['项目名称', 'Project', 'whole'],
      approvalNo: ['批准用地文号', 'Land approval number', 'whole'],
      location: ['用地位置', 'Location', 'whole'],
      area: ['用地面积', 'Site area', 'whole'],
      landUse: ['土地用途', 'Land use', 'whole'],
    },
  },
  {
    id: 'construction-permit',
    names: { zh: '建筑工程施工许可证', en: 'Construction permit' },
    holder: 'legal-person',
    own: {
      builder: ['建设单位', 'Developer', 'whole'],
      projectName: ['工程名称', 'Project', 'whole'],
      address: ['建设地址', 'Site address', 'whole'],
      scale: ['建设规模', 'Scale', 'whole'],
      contractPrice: ['合同价格', 'Contract price', 'whole'],
      duration: ['合同工期', 'Contract period', 'whole'],
      parties: ['参建单位', 'Parties', 'whole'],
    },
  },
  {
    id: 'completion-filing',
    names: { zh: '建设工程竣工验收备案表', en: 'Completion acceptance filing' },
    holder: 'legal-person',
    own: {
      filingNo: ['备案编号', 'Filing number', 'whole'],
      projectName: ['工程名称', 'Project', 'whole'],
      projectCode: ['项目代码', 'Project code', 'whole'],
      acceptedOn: ['竣工验收日期', 'Accepted on', 'whole'],
      scope: ['备案范围', 'Scope of filing', 'whole'],
    },
  },
];
