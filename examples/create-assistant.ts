// Creates an assistant, buys it a phone number and assigns the number.
//   TALKTURO_API_KEY=tk_… node examples/create-assistant.ts my-team team_…
import { pathToFileURL } from 'node:url';
import { createTalkturo, type Talkturo } from '@talkturo/client';

/** @returns the assistant's number, E.164 */
export async function createReachableAssistant(talkturo: Talkturo, accountSlug: string, teamId: string): Promise<string> {
  const { assistant } = await talkturo.createAssistant({ accountSlug, name: 'Front desk', templateId: 'inbound-support' });
  await talkturo.updateAssistant({
    assistantId: assistant.id,
    accountSlug,
    first_message: 'Hello, this is Mill Street Bakery. How can I help?',
    system_prompt: 'You answer calls for Mill Street Bakery. We are open from seven to six, Monday to Saturday.',
  });
  const { numbers } = await talkturo.searchPhoneNumbers({ filters: { countryCode: 'US', areaCode: '415', limit: 1 } });
  const offered = numbers[0];
  if (!offered) throw new Error('No number is on offer in this area.');
  const { phoneNumber } = await talkturo.purchasePhoneNumber({ phoneNumber: offered.phoneNumber, teamId });
  await talkturo.assignPhoneNumbers({ assistantId: assistant.id, accountSlug, phoneNumberIds: [phoneNumber.id] });
  return phoneNumber.phone_number;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , accountSlug = '', teamId = ''] = process.argv;
  const talkturo = createTalkturo({
    baseUrl: process.env.TALKTURO_URL ?? 'http://localhost:3000',
    apiKey: process.env.TALKTURO_API_KEY ?? '',
  });
  console.log(`Call ${await createReachableAssistant(talkturo, accountSlug, teamId)}.`);
}
