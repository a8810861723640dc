export const auditEn = {
  audit: {
    title: 'Audit log',
    about: 'Who changed what, newest first.',
    when: 'When',
    who: 'Who',
    byKey: 'with an API key',
    action: 'Action',
    changes: 'Changes',
    empty: 'Nothing was changed yet',
    actions: {
      account: {
        created: 'Workspace made',
        updated: 'Workspace renamed',
        plan_changed: 'Plan changed',
      },
      api_key: {
        created: 'API key made',
        updated: 'API key changed',
        revoked: 'API key revoked',
      },
      assistant: {
        created: 'Assistant made',
        updated: 'Assistant changed',
        deleted: 'Assistant deleted',
        phone_numbers_assigned: 'Phone numbers assigned',
      },
      call: {
        placed: 'Call placed',
        started: 'Call from a browser begun',
        hung_up: 'Call hung up',
        erased: 'Call erased',
      },
      campaign: {
        created: 'Campaign made',
        updated: 'Campaign changed',
        deleted: 'Campaign deleted',
        start: 'Campaign started',
        pause: 'Campaign paused',
        resume: 'Campaign resumed',
        stop: 'Campaign stopped',
        contacts_added: 'Contacts added to a campaign',
        contacts_removed: 'Contacts taken out of a campaign',
      },
      company: {
        created: 'Company added',
        updated: 'Company changed',
        deleted: 'Company deleted',
      },
      contact: {
        created: 'Contact added',
        updated: 'Contact changed',
        deleted: 'Contact deleted',
        erased: 'Person erased',
        imported: 'Contacts imported',
      },
      custom_field: {
        created: 'Custom field made',
        updated: 'Custom field changed',
        deleted: 'Custom field deleted',
      },
      invitation: {
        created: 'Invitation made',
        revoked: 'Invitation withdrawn',
      },
      member: {
        added: 'Member joined',
        updated: 'Role changed',
        removed: 'Member removed',
      },
      opportunity: {
        created: 'Opportunity added',
        updated: 'Opportunity changed',
        deleted: 'Opportunity deleted',
      },
      phone_number: {
        ordered: 'Phone number bought',
        released: 'Phone number released',
      },
      provider_key: {
        set: 'Key of a vendor set',
        removed: 'Key of a vendor removed',
      },
      webhook: {
        created: 'Webhook made',
        updated: 'Webhook changed',
        deleted: 'Webhook deleted',
        secret_rotated: 'Secret of a webhook renewed',
      },
    },
  },
};
