/** Whether a BCP-47 tag is English, or leaves it open. */
export const isEnglish = (language: string): boolean => language === '' || /^(en|multi)([-_]|$)/i.test(language);
