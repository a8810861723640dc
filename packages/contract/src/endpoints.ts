import { createAccount, listAccounts, updateAccount } from './accounts.ts';
import { createApiKey, listApiKeys, revokeApiKey, updateApiKey } from './api-keys.ts';
import { chatWithAssistant, streamAssistantChat } from './assistant-chat.ts';
import { cloneAssistant, createAssistant, deleteAssistant, getAssistant, listAssistants, updateAssistant } from './assistants.ts';
import { listAuditLog } from './audit-log.ts';
import {
  changePassword,
  disableTwoFactor,
  enableTwoFactor,
  getSession,
  listSessions,
  renewBackupCodes,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
  signUp,
  updateProfile,
  verifyBackupCode,
  verifyTotp,
} from './auth.ts';
import { getCallStatistics } from './call-statistics.ts';
import {
  deleteCall,
  followCall,
  getCall,
  getCallRecording,
  getCallTranscript,
  getUsageStats,
  hangUpCall,
  listCalls,
  placeCall,
  sendCallDigits,
  startNetworkCall,
  testAssistantCall,
  transferCall,
} from './calls.ts';
import { followCampaign, getCampaignDashboard, preflightCampaign } from './campaign-dashboard.ts';
import {
  addCampaignContacts,
  createCampaign,
  deleteCampaign,
  getCampaign,
  listCampaignContacts,
  listCampaigns,
  listOutboundAssistants,
  removeCampaignContacts,
  runCampaign,
  updateCampaign,
} from './campaigns.ts';
import { setUpTelnyx, setUpTwilio } from './carrier-set-up.ts';
import { createCompany, deleteCompany, getCompany, listCompanies, listCompanyContacts, updateCompany } from './companies.ts';
import { importContacts } from './contact-import.ts';
import { createContact, deleteContact, eraseContact, getContact, listContacts, updateContact } from './contacts.ts';
import { createCustomField, deleteCustomField, listCustomFields, updateCustomField } from './custom-fields.ts';
import type { EndpointShape } from './endpoint.ts';
import { healthz, readyz } from './health.ts';
import { testApiKey } from './identity.ts';
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  listMembers,
  readInvitation,
  removeMember,
  revokeInvitation,
  updateMember,
} from './members.ts';
import { createOpportunity, deleteOpportunity, getOpportunity, listOpportunities, updateOpportunity } from './opportunities.ts';
import {
  assignPhoneNumbers,
  getPhoneNumber,
  listNumberSuppliers,
  listPhoneNumbers,
  purchasePhoneNumber,
  releasePhoneNumber,
  searchPhoneNumbers,
} from './phone-numbers.ts';
import { checkProvider, listProviders, setProviders } from './provider-settings.ts';
import { germanReferencePage, openApi, referencePage } from './reference.ts';
import { listVoices, previewVoice } from './voices.ts';
import { startWebCall } from './web-calls.ts';
import {
  createWebhook,
  deleteWebhook,
  getDelivery,
  getPublicKey,
  getWebhook,
  listDeliveries,
  listWebhooks,
  resendDelivery,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from './webhooks.ts';

/**
 * Every endpoint of the API, in the order of the reference; the names are the operation ids. A route that is not here is refused by a test.
 */
export const endpoints = {
  // Authentication
  testApiKey,
  // Assistants
  createAssistant,
  getAssistant,
  listAssistants,
  updateAssistant,
  deleteAssistant,
  cloneAssistant,
  chatWithAssistant,
  streamAssistantChat,
  testAssistantCall,
  getUsageStats,
  assignPhoneNumbers,
  listVoices,
  previewVoice,
  // Calls
  listCalls,
  getCallStatistics,
  getCall,
  placeCall,
  hangUpCall,
  transferCall,
  sendCallDigits,
  deleteCall,
  getCallRecording,
  getCallTranscript,
  followCall,
  startWebCall,
  startNetworkCall,
  // Phone numbers
  searchPhoneNumbers,
  purchasePhoneNumber,
  listNumberSuppliers,
  listPhoneNumbers,
  getPhoneNumber,
  releasePhoneNumber,
  // Companies
  createCompany,
  listCompanies,
  getCompany,
  updateCompany,
  deleteCompany,
  listCompanyContacts,
  // Contacts
  createContact,
  listContacts,
  getContact,
  updateContact,
  deleteContact,
  eraseContact,
  importContacts,
  // Custom fields
  listCustomFields,
  createCustomField,
  updateCustomField,
  deleteCustomField,
  // Opportunities
  createOpportunity,
  listOpportunities,
  getOpportunity,
  updateOpportunity,
  deleteOpportunity,
  // Campaigns
  createCampaign,
  listCampaigns,
  getCampaign,
  updateCampaign,
  deleteCampaign,
  runCampaign,
  preflightCampaign,
  listCampaignContacts,
  addCampaignContacts,
  removeCampaignContacts,
  getCampaignDashboard,
  followCampaign,
  listOutboundAssistants,
  // Webhooks
  listWebhooks,
  createWebhook,
  getPublicKey,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listDeliveries,
  getDelivery,
  resendDelivery,
  // Settings
  listProviders,
  setProviders,
  checkProvider,
  setUpTelnyx,
  setUpTwilio,
  // Accounts
  listAccounts,
  createAccount,
  updateAccount,
  listAuditLog,
  // Members
  listMembers,
  updateMember,
  removeMember,
  listInvitations,
  createInvitation,
  revokeInvitation,
  readInvitation,
  acceptInvitation,
  // API keys
  listApiKeys,
  createApiKey,
  updateApiKey,
  revokeApiKey,
  // Sign-in
  signUp,
  signIn,
  signOut,
  getSession,
  listSessions,
  revokeSession,
  revokeOtherSessions,
  updateProfile,
  changePassword,
  enableTwoFactor,
  disableTwoFactor,
  renewBackupCodes,
  verifyTotp,
  verifyBackupCode,
  // Operation
  healthz,
  readyz,
  openApi,
  referencePage,
  germanReferencePage,
} as const satisfies Readonly<Record<string, EndpointShape>>;
