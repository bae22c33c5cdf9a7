import { type DemoPerson, person } from './demo-person.ts';
import { builder } from './people-owners.ts';
import { haulier, wei } from './people-workers.ts';

const cheng = person('程予安', '19960223', '268');
const liang = person('梁思远', '19840415', '632');
const shao = person('邵明远', '19820611', '394');

/** Who acts for others: a company's clerk, a site's safety officer, and one whose delegations don't hold any more. */
export const DELEGATES: readonly DemoPerson[] = [
  {
    id: 'cheng-yuan',
    names: { zh: cheng.name, en: 'Cheng Yu’an' },
    about: { zh: '启航建设公司办事员，代公司办理', en: 'Clerk who acts for the construction company' },
    code: cheng.code,
    licences: [],
    delegated: [
      {
        id: 'cheng-construction-permit',
        licence: 'shen-construction-permit',
        condition: 'valid',
        principal: builder,
        of: { kind: 'construction-permit' },
      },
      {
        id: 'cheng-project-approval',
        licence: 'shen-project-approval',
        condition: 'valid',
        principal: builder,
        of: 'this-licence',
        service: 'construction-permit',
      },
    ],
  },
  {
    id: 'liang-siyuan',
    names: { zh: liang.name, en: 'Liang Siyuan' },
    about: {
      zh: '工地安全员，塔吊司机在高处时代为出示',
      en: 'Safety officer; shows it for the crane operator up there',
    },
    code: liang.code,
    licences: [],
    delegated: [
      {
        id: 'liang-operator-certificate',
        licence: 'wei-operator-certificate',
        condition: 'valid',
        principal: wei,
        of: 'this-licence',
        service: 'site-inspection',
      },
    ],
  },
  {
    id: 'shao-mingyuan',
    names: { zh: shao.name, en: 'Shao Mingyuan' },
    about: { zh: '前办事员，授权均不能使用', en: 'A former clerk whose delegations no longer hold' },
    code: shao.code,
    licences: [],
    delegated: [
      {
        id: 'shao-construction-permit-withdrawn',
        licence: 'shen-construction-permit',
        condition: 'delegation-revoked',
        principal: builder,
        of: { kind: 'construction-permit' },
      },
      {
        id: 'shao-project-approval-expired',
        licence: 'shen-project-approval',
        condition: 'delegation-expired',
        principal: builder,
        of: { kind: 'project-approval' },
      },
      {
        id: 'shao-completion-filing-other-kind',
        licence: 'shen-completion-filing',
        condition: 'delegation-out-of-scope',
        principal: builder,
        of: { kind: 'construction-permit' },
      },
      {
        id: 'shao-project-approval-other-service',
        licence: 'shen-project-approval',
        condition: 'delegation-out-of-scope',
        principal: builder,
        of: 'this-licence',
        service: 'branch-registration',
      },
      {
        id: 'shao-construction-permit-other-company',
        licence: 'shen-construction-permit',
        condition: 'delegation-of-another',
        principal: haulier,
        of: { kind: 'construction-permit' },
      },
    ],
  },
];
