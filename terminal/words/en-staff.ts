import type { StaffWording } from './staff-wording.ts';

/** English, for the staff behind the counter. */
export const staffEn: StaffWording = {
  reasons: {
    accepted: {
      title: 'The licence is valid',
      sentence: 'The e-licence is genuine and in force.',
      todo: 'Compare the fields with the person in front of you, then carry on.',
    },
    'not-a-licence-code': {
      title: 'Code not recognised',
      sentence: 'This is not an e-licence code. It may be a payment code or another kind of code.',
      todo: 'Ask the person to open the e-licence and show its code. If that fails, check the paper licence.',
    },
    malformed: {
      title: 'The code is incomplete',
      sentence: 'The code was not read in full, or it is damaged.',
      todo: 'Ask for a refreshed code on a brighter screen. If that fails, check the paper licence.',
    },
    unsupported: {
      title: 'This code is not supported yet',
      sentence: "This terminal can't read this version of licence code.",
      todo: 'Ask the person to update the licence app. If it happens often, give the maintainer the reason code.',
    },
    'unknown-issuer': {
      title: 'Issuer not on the recognised list',
      sentence: "The office that issued this licence is not on this terminal's list.",
      todo: "Don't rely on it. Check that it is from an official app; if the office should be listed, tell the maintainer.",
    },
    'key-not-admitted': {
      title: 'Issuing key not recognised',
      sentence: 'The key this licence was issued with is not recognised, or no longer is.',
      todo: "Don't rely on it. Ask for the licence to be downloaded again; if that fails, ask the issuing office.",
    },
    'bad-signature': {
      title: "The signature doesn't match",
      sentence: "The licence doesn't match the issuer's electronic signature, so it can't be relied on.",
      todo: "Don't rely on it. Ask for it to be reopened in the official app; if it still fails, ask the issuing office and report it.",
    },
    'not-yet-valid': {
      title: 'Not valid yet',
      sentence: 'The first day of this licence has not come yet.',
      todo: 'Tell the person to come back on or after that day. If in doubt, ask the issuing office.',
    },
    expired: {
      title: 'Expired',
      sentence: 'This licence is past its last day.',
      todo: 'The person needs a new licence. If they have one, ask them to update the app and show it.',
    },
    revoked: {
      title: 'Cancelled',
      sentence: 'The issuing office has cancelled this licence. It can no longer be used.',
      todo: "Don't go ahead with it. Ask for a newer licence, or refer the person to the issuing office.",
    },
    suspended: {
      title: 'Suspended',
      sentence: 'The issuing office has suspended the use of this licence.',
      todo: "Don't go ahead with it. Refer the person to the issuing office for the reason and the remedy.",
    },
    'code-expired': {
      title: 'The code has expired',
      sentence: 'A code lasts only a short time, and this one is past it.',
      todo: 'Ask for a refreshed code and scan it at once. Take no screenshots. If it happens to several people in a row, the clock of this terminal is probably off: tell the maintainer.',
    },
    'code-replayed': {
      title: 'The code has been used before',
      sentence: 'This code has been used once already. It may be a screenshot or an old page.',
      todo: 'Ask the person to open the licence in front of you and refresh the code. Take no screenshots.',
    },
    'holder-proof-missing': {
      title: 'No confirmation by the holder',
      sentence:
        'Here the holder has to show the licence on their own phone. This code carries no confirmation.',
      todo: "Ask the holder to confirm on their own phone, then scan again. If they can't, check the paper licence.",
    },
    'holder-proof-invalid': {
      title: "The holder's confirmation failed",
      sentence: "The holder's confirmation in the code doesn't match this licence.",
      todo: 'Check who is showing it, and ask the holder to reopen the licence on their own phone.',
    },
    'delegation-invalid': {
      title: 'Authorisation not valid',
      sentence: "The authorisation to show this licence for someone else can't be confirmed.",
      todo: "Don't act on it. Ask for a new authorisation, or for the holder in person.",
    },
    'delegation-expired': {
      title: 'Authorisation expired',
      sentence: 'The authorisation to show this licence for someone else has ended.',
      todo: 'Ask for a new authorisation, or for the holder in person.',
    },
    'delegation-out-of-scope': {
      title: 'Authorisation out of scope',
      sentence: "The holder's authorisation doesn't cover what is done here.",
      todo: 'Ask for an authorisation for this service, or for the holder in person.',
    },
    'wrong-kind': {
      title: 'Not the licence this service needs',
      sentence: 'This is an e-licence, but not the kind that is used here.',
      todo: 'Tell the person which licence this service needs, and scan that one.',
    },
    'refused-by-service': {
      title: "This service's conditions aren't met",
      sentence: "The licence itself was checked, but it doesn't meet the rules of this service.",
      todo: 'Explain which of the rules is not met and how to put it right.',
    },
    'clock-untrusted': {
      title: "This terminal's clock is wrong",
      sentence: "The clock is off, so the terminal can't tell whether the licence is in date.",
      todo: 'Check the network: the clock sets itself. If it stays, tell the maintainer, and check paper licences meanwhile.',
    },
    'trust-expired': {
      title: "This terminal's list of issuers is out of date",
      sentence: 'Its list of recognised issuers has to be renewed before it can check again.',
      todo: 'Check the network: the list renews itself. If it stays, tell the maintainer, and check paper licences meanwhile.',
    },
    'status-unavailable': {
      title: "The licence's current status is not known",
      sentence: 'This terminal has not received the status of this licence yet.',
      todo: 'Check the network and scan again later. If that fails, check the paper licence or ask the issuing office.',
    },
    'status-stale': {
      title: 'The status information is too old',
      sentence: "This terminal's status information has not been renewed for too long to rely on.",
      todo: 'Check the network: it renews itself. If it stays, tell the maintainer.',
    },
    'needs-network': {
      title: 'Network down',
      sentence: 'This licence has to be checked online and this terminal has no network now.',
      todo: "Check the cable and the network, then scan again. If it can't wait, check the paper licence.",
    },
    'city-unavailable': {
      title: "The licence system doesn't answer",
      sentence: "The city's licence system isn't answering. It has nothing to do with this licence.",
      todo: "Scan again later. If it goes on, tell the maintainer; if it can't wait, check the paper licence.",
    },
    'city-error': {
      title: 'The licence system has a fault',
      sentence: "The city's licence system answered with an error. It has nothing to do with this licence.",
      todo: "Scan again later. If it comes back, give the maintainer the reason code; if it can't wait, check the paper licence.",
    },
  },
  doubtful: {
    'holder-code': "The holder's number fails its check character: compare it with a document.",
    'licence-identifier': 'The licence identifier fails its check character: compare the licence number.',
  },
  starting: {
    headline: 'Starting, please wait',
    sentence: 'The terminal is checking itself. This usually takes less than a minute.',
    todo: 'If it takes longer than a minute, tell the maintainer',
  },
  outOfService: {
    'not-enrolled': {
      headline: 'Out of service',
      sentence: "This terminal has not been registered with the city yet, so it can't check licences.",
      todo: 'Ask the maintainer to register it',
    },
    'unknown-service': {
      headline: 'Out of service',
      sentence: "The service this terminal is set up for is not in the city's catalogue.",
      todo: 'Ask the maintainer to correct the service setting',
    },
    'no-scanner': {
      headline: 'Out of service',
      sentence: "The scanner is not connected, so codes can't be read.",
      todo: 'Plug the scanner in again; if that fails, tell the maintainer',
    },
    'store-failed': {
      headline: 'Out of service',
      sentence: "This terminal can't save its records. Every check must be on record, so it has stopped.",
      todo: "Don't switch it off; ask the maintainer to check its storage",
    },
    'store-full': {
      headline: 'Out of service',
      sentence:
        "This terminal's storage is full, so no new check can be put on record. Nothing recorded is lost.",
      todo: "Don't switch it off; connect it to the network so that records are sent. If it stays, tell the maintainer",
    },
  },
  notAnswering: {
    headline: 'Terminal not answering',
    sentence: 'This screen has lost its terminal and is trying to reconnect.',
    todo: 'If it is not back within a minute, tell the maintainer',
  },
};
