/** Labels of the fields map that every kind has (services.md). */
export const COMMON_LABEL = {
  holderName: 1,
  holderCode: 2,
  holderCodeType: 3,
  certName: 4,
  certNo: 5,
  issuerName: 6,
  issueDate: 7,
  validFrom: 8,
  validTo: 9,
} as const;
