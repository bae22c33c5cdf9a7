import { checkReceipt, connect } from './liangzheng-bridge.js';

const part = (id) => document.getElementById(id);
const say = (text) => part('log').append(`${new Date().toLocaleTimeString()}  ${text}\n`);
let bridge;

part('connect').addEventListener('submit', (event) => {
  event.preventDefault();
  bridge?.close();
  bridge = connect({
    token: part('token').value,
    url: location.origin,
    onState: ({ service, inService }) => {
      part('state').textContent = `${service}: ${inService ? 'in service' : 'out of service'}`;
    },
    onVerdict: ({ outcome, reason }) => say(`checked: ${outcome} (${reason})`),
    onHandedOn: async ({ request, receipt, claims }) => {
      const { publicKey } = await bridge.terminal();
      say(
        `receipt for ${claims.caseNo ?? 'no case'}: signature ${await checkReceipt(receipt, publicKey)} here`,
      );
      for (const { names, value } of claims.licences.flatMap(({ fields }) => fields)) {
        say(`    ${names.zh}: ${value}`);
      }
      // a real page sends the receipt to its server now, which must check it itself, and only then:
      await bridge.acknowledge(request);
    },
    onTrouble: ({ message }) => say(`no connection: ${message}`),
  });
});

part('ask').addEventListener('submit', async (event) => {
  event.preventDefault();
  const wish = { businessType: part('business').value, caseNo: part('case').value };
  const asked = bridge?.request(wish) ?? Promise.reject(new Error('connect first'));
  say(
    await asked.then(
      ({ state }) => `asked: ${state}`,
      ({ message }) => `not asked: ${message}`,
    ),
  );
});
