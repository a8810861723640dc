// Generated from the contract by `node scripts/generate-client.ts`: change the contract instead.

/** Method, path, what of the input goes into the query (null: all, there is no body), and what is answered: null JSON, 'file', or the field with the items of a list. */
export const routes = {
  /** Accept an invitation. */
  acceptInvitation: ['POST', '/api/invitations/accept', [], null],
  /** Add contacts to a campaign. */
  addCampaignContacts: ['POST', '/api/crm/campaigns/{campaignId}/contacts', [], null],
  /** Assign phone numbers to an assistant. */
  assignPhoneNumbers: ['PATCH', '/api/assistants/{assistantId}/telephony/phone-numbers', [], null],
  /** Change your password. */
  changePassword: ['POST', '/api/auth/change-password', [], null],
  /** Chat with an assistant in writing. */
  chatWithAssistant: ['POST', '/api/assistants/{assistantId}/chat', [], null],
  /** Check a vendor key. */
  checkProvider: ['POST', '/api/settings/providers/{provider}/check', [], null],
  /** Clone an assistant. */
  cloneAssistant: ['POST', '/api/assistants/{assistantId}/clone', [], null],
  /** Create a workspace. */
  createAccount: ['POST', '/api/accounts', [], null],
  /** Create an API key. */
  createApiKey: ['POST', '/api/api-keys', [], null],
  /** Create an assistant. */
  createAssistant: ['POST', '/api/assistants', [], null],
  /** Create a campaign. */
  createCampaign: ['POST', '/api/crm/campaigns', [], null],
  /** Create a company. */
  createCompany: ['POST', '/api/crm/companies', [], null],
  /** Create a contact. */
  createContact: ['POST', '/api/crm/contacts', [], null],
  /** Define a custom field. */
  createCustomField: ['POST', '/api/crm/custom-fields', [], null],
  /** Invite somebody. */
  createInvitation: ['POST', '/api/invitations', [], null],
  /** Create an opportunity. */
  createOpportunity: ['POST', '/api/crm/opportunities', [], null],
  /** Create a webhook. */
  createWebhook: ['POST', '/api/webhooks', [], null],
  /** Delete an assistant. */
  deleteAssistant: ['DELETE', '/api/assistants/{assistantId}', null, null],
  /** Erase a call. */
  deleteCall: ['DELETE', '/api/calls/{callId}', null, null],
  /** Delete a campaign. */
  deleteCampaign: ['DELETE', '/api/crm/campaigns/{campaignId}', null, null],
  /** Delete a company. */
  deleteCompany: ['DELETE', '/api/crm/companies/{companyId}', null, null],
  /** Delete a contact. */
  deleteContact: ['DELETE', '/api/crm/contacts/{contactId}', null, null],
  /** Delete a custom field with its values. */
  deleteCustomField: ['DELETE', '/api/crm/custom-fields/{customFieldId}', null, null],
  /** Delete an opportunity. */
  deleteOpportunity: ['DELETE', '/api/crm/opportunities/{opportunityId}', null, null],
  /** Delete a webhook. */
  deleteWebhook: ['DELETE', '/api/webhooks/{webhookId}', null, null],
  /** Switch two-factor sign-in off. */
  disableTwoFactor: ['POST', '/api/auth/two-factor/disable', [], null],
  /** Prepare two-factor sign-in. */
  enableTwoFactor: ['POST', '/api/auth/two-factor/enable', [], null],
  /** Erase a person. */
  eraseContact: ['POST', '/api/crm/contacts/{contactId}/erase', null, null],
  /** Follow a call. */
  followCall: ['GET', '/api/calls/{callId}/events', null, 'file'],
  /** Follow the figures of a campaign. */
  followCampaign: ['GET', '/api/crm/campaigns/{campaignId}/dashboard/stream', null, 'file'],
  /** The API reference as a page in German. */
  germanReferencePage: ['GET', '/docs/de', null, 'file'],
  /** Get an assistant. */
  getAssistant: ['GET', '/api/assistants/{assistantId}', null, null],
  /** Get a call. */
  getCall: ['GET', '/api/calls/{callId}', null, null],
  /** Get the recording. */
  getCallRecording: ['GET', '/api/calls/{callId}/recording', null, 'file'],
  /** Get call statistics. */
  getCallStatistics: ['GET', '/api/calls/statistics', null, null],
  /** Get the transcript. */
  getCallTranscript: ['GET', '/api/calls/{callId}/transcript', null, 'file'],
  /** Get a campaign. */
  getCampaign: ['GET', '/api/crm/campaigns/{campaignId}', null, null],
  /** Get the figures of a campaign. */
  getCampaignDashboard: ['GET', '/api/crm/campaigns/{campaignId}/dashboard', null, null],
  /** Get a company. */
  getCompany: ['GET', '/api/crm/companies/{companyId}', null, null],
  /** Get a contact. */
  getContact: ['GET', '/api/crm/contacts/{contactId}', null, null],
  /** Get a delivery with every attempt. */
  getDelivery: ['GET', '/api/webhooks/{webhookId}/deliveries/{eventId}', null, null],
  /** Get an opportunity. */
  getOpportunity: ['GET', '/api/crm/opportunities/{opportunityId}', null, null],
  /** Get a phone number. */
  getPhoneNumber: ['GET', '/api/phone-numbers/{id}', null, null],
  /** Get the public key of your account. */
  getPublicKey: ['GET', '/api/webhooks/public-key', null, null],
  /** Who is signed in. */
  getSession: ['GET', '/api/auth/get-session', null, null],
  /** Get usage figures of an assistant. */
  getUsageStats: ['GET', '/api/assistants/{assistantId}/usage-stats', null, null],
  /** Get a webhook. */
  getWebhook: ['GET', '/api/webhooks/{webhookId}', null, null],
  /** Hang up. */
  hangUpCall: ['POST', '/api/calls/{callId}/hangup', [], null],
  /** Is the process alive? */
  healthz: ['GET', '/healthz', null, null],
  /** Import contacts. */
  importContacts: ['POST', '/api/crm/contacts/import', ['teamId', 'companyId', 'unknownColumns'], null],
  /** List your workspaces. */
  listAccounts: ['GET', '/api/accounts', null, null],
  /** List API keys. */
  listApiKeys: ['GET', '/api/api-keys', null, null],
  /** List assistants. */
  listAssistants: ['GET', '/api/assistants', null, 'assistants'],
  /** Read the audit log. */
  listAuditLog: ['GET', '/api/audit-log', null, 'entries'],
  /** List calls. */
  listCalls: ['GET', '/api/calls', null, 'calls'],
  /** List contacts of a campaign. */
  listCampaignContacts: ['GET', '/api/crm/campaigns/{campaignId}/contacts', null, 'contacts'],
  /** List campaigns. */
  listCampaigns: ['GET', '/api/crm/campaigns', null, 'campaigns'],
  /** List companies. */
  listCompanies: ['GET', '/api/crm/companies', null, 'companies'],
  /** List the contacts of a company. */
  listCompanyContacts: ['GET', '/api/crm/companies/{companyId}/contacts', null, 'contacts'],
  /** List contacts. */
  listContacts: ['GET', '/api/crm/contacts', null, 'contacts'],
  /** List custom fields. */
  listCustomFields: ['GET', '/api/crm/custom-fields', null, 'customFields'],
  /** List deliveries of a webhook. */
  listDeliveries: ['GET', '/api/webhooks/{webhookId}/deliveries', null, 'deliveries'],
  /** List open invitations. */
  listInvitations: ['GET', '/api/invitations', null, null],
  /** List members. */
  listMembers: ['GET', '/api/members', null, null],
  /** List who sells phone numbers. */
  listNumberSuppliers: ['GET', '/api/phone-numbers/suppliers', null, null],
  /** List opportunities. */
  listOpportunities: ['GET', '/api/crm/opportunities', null, 'opportunities'],
  /** List assistants that may place calls. */
  listOutboundAssistants: ['GET', '/api/crm/outbound-assistants', null, 'assistants'],
  /** List purchased phone numbers. */
  listPhoneNumbers: ['GET', '/api/phone-numbers/purchase', null, null],
  /** List vendors and their keys. */
  listProviders: ['GET', '/api/settings/providers', null, null],
  /** List your sessions. */
  listSessions: ['GET', '/api/auth/sessions', null, null],
  /** List voices. */
  listVoices: ['GET', '/api/voices', null, 'voices'],
  /** List webhooks. */
  listWebhooks: ['GET', '/api/webhooks', null, 'webhooks'],
  /** The API as an OpenAPI 3.1 document. */
  openApi: ['GET', '/api/openapi.json', null, 'file'],
  /** Place a call. */
  placeCall: ['POST', '/api/calls', [], null],
  /** See what starting a campaign would do. */
  preflightCampaign: ['GET', '/api/crm/campaigns/{campaignId}/preflight', null, null],
  /** Hear a voice. */
  previewVoice: ['GET', '/api/voices/{provider}/{voiceId}/preview', null, 'file'],
  /** Purchase a phone number. */
  purchasePhoneNumber: ['POST', '/api/phone-numbers/purchase', [], null],
  /** Read an invitation. */
  readInvitation: ['POST', '/api/invitations/read', [], null],
  /** Does it take work? */
  readyz: ['GET', '/readyz', null, null],
  /** The API reference as a page. */
  referencePage: ['GET', '/docs', null, 'file'],
  /** Release a phone number. */
  releasePhoneNumber: ['DELETE', '/api/phone-numbers/{id}', null, null],
  /** Remove contacts from a campaign. */
  removeCampaignContacts: ['DELETE', '/api/crm/campaigns/{campaignId}/contacts', [], null],
  /** Remove a member, or leave. */
  removeMember: ['DELETE', '/api/members/{userId}', null, null],
  /** Make new backup codes. */
  renewBackupCodes: ['POST', '/api/auth/two-factor/generate-backup-codes', [], null],
  /** Send a delivery again. */
  resendDelivery: ['POST', '/api/webhooks/{webhookId}/deliveries/{eventId}/resend', null, null],
  /** Revoke an API key. */
  revokeApiKey: ['DELETE', '/api/api-keys/{apiKeyId}', null, null],
  /** Withdraw an invitation. */
  revokeInvitation: ['DELETE', '/api/invitations/{invitationId}', null, null],
  /** End all your other sessions. */
  revokeOtherSessions: ['DELETE', '/api/auth/sessions', null, null],
  /** End one of your sessions. */
  revokeSession: ['DELETE', '/api/auth/sessions/{sessionId}', null, null],
  /** Give a webhook a new secret. */
  rotateWebhookSecret: ['POST', '/api/webhooks/{webhookId}/rotate-secret', [], null],
  /** Start, pause, resume or stop a campaign. */
  runCampaign: ['POST', '/api/crm/campaigns/{campaignId}/run', [], null],
  /** Search available phone numbers. */
  searchPhoneNumbers: ['POST', '/api/phone-numbers/search', [], null],
  /** Press keys in a call. */
  sendCallDigits: ['POST', '/api/calls/{callId}/digits', [], null],
  /** Set, replace or remove vendor keys. */
  setProviders: ['PUT', '/api/settings/providers', [], null],
  /** Set your Telnyx account up for calls. */
  setUpTelnyx: ['POST', '/api/settings/providers/telnyx/set-up', [], null],
  /** Set your Twilio account up for calls. */
  setUpTwilio: ['POST', '/api/settings/providers/twilio/set-up', [], null],
  /** Sign in. */
  signIn: ['POST', '/api/auth/sign-in/email', [], null],
  /** Sign out. */
  signOut: ['POST', '/api/auth/sign-out', null, null],
  /** Sign up. */
  signUp: ['POST', '/api/auth/sign-up/email', [], null],
  /** Call an assistant over the built-in network. */
  startNetworkCall: ['POST', '/api/network/calls', [], null],
  /** Start a web call. */
  startWebCall: ['POST', '/api/calls/web', [], null],
  /** Chat with an assistant, word by word. */
  streamAssistantChat: ['POST', '/api/assistants/{assistantId}/chat/stream', [], 'file'],
  /** Check a token. */
  testApiKey: ['GET', '/api/test-api-key', null, null],
  /** Place a test call. */
  testAssistantCall: ['POST', '/api/assistants/{assistantId}/telephony/test-call', [], null],
  /** Send a test event. */
  testWebhook: ['POST', '/api/webhooks/{webhookId}/test', null, null],
  /** Transfer a call. */
  transferCall: ['POST', '/api/calls/{callId}/transfer', [], null],
  /** Rename a workspace. */
  updateAccount: ['PATCH', '/api/account', [], null],
  /** Update an API key. */
  updateApiKey: ['PATCH', '/api/api-keys/{apiKeyId}', [], null],
  /** Update an assistant. */
  updateAssistant: ['PATCH', '/api/assistants/{assistantId}', [], null],
  /** Change a campaign. */
  updateCampaign: ['PATCH', '/api/crm/campaigns/{campaignId}', [], null],
  /** Change a company. */
  updateCompany: ['PATCH', '/api/crm/companies/{companyId}', [], null],
  /** Change a contact. */
  updateContact: ['PATCH', '/api/crm/contacts/{contactId}', [], null],
  /** Rename a custom field or change its options. */
  updateCustomField: ['PATCH', '/api/crm/custom-fields/{customFieldId}', [], null],
  /** Change a member’s role. */
  updateMember: ['PATCH', '/api/members/{userId}', [], null],
  /** Change an opportunity. */
  updateOpportunity: ['PATCH', '/api/crm/opportunities/{opportunityId}', [], null],
  /** Change your name. */
  updateProfile: ['PATCH', '/api/auth/user', [], null],
  /** Update a webhook. */
  updateWebhook: ['PATCH', '/api/webhooks/{webhookId}', [], null],
  /** Sign in with a backup code. */
  verifyBackupCode: ['POST', '/api/auth/two-factor/verify-backup-code', [], null],
  /** Give the code of the app. */
  verifyTotp: ['POST', '/api/auth/two-factor/verify-totp', [], null],
} as const satisfies Record<string, readonly [string, string, readonly string[] | null, string | null]>;
