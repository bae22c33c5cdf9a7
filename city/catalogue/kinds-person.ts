import type { KindDraft } from './kind-draft.ts';

/** What a person is qualified for or insured by: driving, operating machinery, social insurance. */
export const PERSON_KINDS: readonly KindDraft[] = [
  {
    id: 'medical-insurance',
    names: { zh: '医保电子凭证', en: 'Medical insurance e-credential' },
    holder: 'person',
    own: {
      insuredRegion: ['参保地', 'Insured in', 'whole'],
      insuranceType: ['险种类型', 'Insurance scheme', 'whole'],
      personnelType: ['人员类别', 'Category of person', 'whole'],
    },
  },
  {
    id: 'driving-licence',
    names: { zh: '机动车驾驶证', en: 'Driving licence' },
    holder: 'person',
    own: {
      licenceNo: ['证号', 'Licence number', 'identifier'],
      sex: ['性别', 'Sex', 'never'],
      nationality: ['国籍', 'Nationality', 'never'],
      vehicleClass: ['准驾车型', 'Vehicle class', 'whole'],
      firstIssue: ['初次领证日期', 'First issued', 'whole'],
      fileNo: ['档案编号', 'File number', 'identifier'],
      state: ['状态', 'State', 'whole'],
      points: ['累积记分', 'Penalty points', 'whole'],
    },
  },
  {
    id: 'vehicle-licence',
    names: { zh: '机动车行驶证', en: 'Vehicle licence' },
    holder: 'person',
    own: {
      plateNo: ['号牌号码', 'Plate number', 'whole'],
      vehicleType: ['车辆类型', 'Vehicle type', 'whole'],
      owner: ['所有人', 'Owner', 'name'],
      usage: ['使用性质', 'Use', 'whole'],
      model: ['品牌型号', 'Make and model', 'whole'],
      vin: ['车辆识别代号', 'VIN', 'identifier'],
      engineNo: ['发动机号码', 'Engine number', 'never'],
      registeredOn: ['注册日期', 'Registered on', 'whole'],
      inspectionTo: ['检验有效期至', 'Inspected until', 'whole'],
    },
  },
  {
    id: 'oversize-transport-permit',
    names: { zh: '超限运输车辆通行证', en: 'Oversize transport permit' },
    holder: 'legal-person',
    own: {
      permitNo: ['通行证编号', 'Permit number', 'whole'],
      carrier: ['承运单位', 'Carrier', 'whole'],
      plates: ['车辆号牌', 'Plates', 'whole'],
      cargo: ['货物名称', 'Cargo', 'whole'],
      grossMass: ['车货总质量', 'Gross mass', 'whole'],
      dimensions: ['车货外廓尺寸', 'Overall dimensions', 'whole'],
      route: ['通行路线', 'Route', 'whole'],
      from: ['通行起始日期', 'From', 'whole'],
      to: ['通行截止日期', 'To', 'whole'],
    },
  },
  {
    id: 'construction-operator-certificate',
    names: { zh: '建筑施工特种作业操作资格证', en: 'Construction special-operations certificate' },
    holder: 'person',
    own: {
      sex: ['性别', 'Sex', 'never'],
      idNo: ['身份证号', 'ID number', 'identifier'],
      category: ['操作类别', 'Category', 'whole'],
      categoryCode: ['操作类别代码', 'Category code', 'whole'],
      firstIssue: ['初次领证日期', 'First issued', 'whole'],
      validity: ['使用期', 'Validity', 'whole'],
      state: ['状态', 'State', 'whole'],
    },
  },
];
