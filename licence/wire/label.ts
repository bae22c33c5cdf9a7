/** Integer labels of what terminal and city sign for each other; 4, 6 and 7 are CWT's exp, iat and cti. */
export const LABEL = {
  exp: 4,
  iat: 6,
  cti: 7,
  unixMs: -65550,
  terminalId: -65551,
  epoch: -65552,
  seq: -65553,
  head: -65554,
  route: -65555,
  body: -65556,
  rows: -65557,
  forked: -65558,
  licences: -65559,
  reason: -65560,
  staff: -65561,
} as const;

export const TERMINAL_ID_BYTES = 16;
export const EPOCH_BYTES = 8;
export const HASH_BYTES = 32;
export const REQUEST_ID_BYTES = 16;
