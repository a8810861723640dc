import { defineLanguageModel, type ProviderSetting } from '../define.ts';
import { createVendorModel } from './language-model.ts';
import { VENDORS, type Vendor } from './vendors.ts';

const define = (vendor: Vendor, key: ProviderSetting, url: ProviderSetting) =>
  defineLanguageModel({
    id: vendor.id,
    needs: [key],
    create: ({ settings }) => createVendorModel({ vendor, apiKey: settings[key] ?? '', baseUrl: settings[url] }),
  });

export const vendorModels = [
  define(VENDORS.openai, 'OPENAI_API_KEY', 'OPENAI_API_URL'),
  define(VENDORS.anthropic, 'ANTHROPIC_API_KEY', 'ANTHROPIC_API_URL'),
  define(VENDORS.google, 'GOOGLE_API_KEY', 'GOOGLE_API_URL'),
  define(VENDORS.deepseek, 'DEEPSEEK_API_KEY', 'DEEPSEEK_API_URL'),
  define(VENDORS.qwen, 'QWEN_API_KEY', 'QWEN_API_URL'),
];
