export const en = {
  close: 'Close', loading: 'Loading …', failed: 'That did not work.', tryAgain: 'Try again', pages: 'Pages', pageOf: '{{from}}–{{to}} of {{count}}',
  previous: 'Previous', next: 'Next', save: 'Save', saved: 'Saved', cancel: 'Cancel', create: 'Create', delete: 'Delete', edit: 'Edit', search: 'Search', name: 'Name', status: 'Status',
  created: 'Created', actions: 'Actions', all: 'All', yes: 'Yes', no: 'No', none: 'None', copy: 'Copy', copied: 'Copied', unsaved: 'There are changes that are not saved. Leave anyway?', menu: 'Menu', skip: 'Skip to the content',
  offline: 'The server cannot be reached. What you see may be old.', notFound: 'There is nothing here.', language: 'Language', theme: 'Light or dark', signOut: 'Sign out', workspace: 'Workspace',
  nav: { overview: 'Overview', assistants: 'Assistants', talk: 'Talk', calls: 'Calls', numbers: 'Phone numbers', contacts: 'Contacts', companies: 'Companies', campaigns: 'Campaigns', settings: 'Settings' },
  sign: {
    in: 'Sign in', up: 'Create an account', email: 'E-mail', password: 'Password', yourName: 'Your name', workspaceName: 'Name of your workspace', toUp: 'No account yet? Create one', toIn: 'Already have an account? Sign in',
    about: 'Assistants that answer and place real phone calls.', passwordHint: 'At least 8 characters', code: 'Code from your authenticator app', codeNeeded: 'Enter the six digits your authenticator app shows.',
  },
  overview: {
    hello: 'Overview', about: 'What your assistants did.', calls: 'Calls', minutes: 'Minutes', answered: 'Answered', live: 'Live now', latency: 'Reply time (median)', recent: 'Recent calls',
    first: 'First steps', step1: 'Make an assistant', step1About: 'Choose a template and say what your business does.', step2: 'Talk to it', step2About: 'In the browser, with your microphone. No phone number needed.', step3: 'Get a phone number', step3About: 'So that people can call it.', step4: 'Add contacts', step4About: 'Import a list, or add people one by one.',
  },
  assistants: {
    title: 'Assistants', about: 'Each has a prompt, a language model, a voice and a transcriber.', new: 'New assistant', empty: 'No assistant yet', emptyAbout: 'Make one from a template, then talk to it in the browser.', template: 'Template',
    templates: { 'outbound-setter': 'Outbound setter: books appointments', 'inbound-support': 'Inbound support: answers the phone', 'follow-up': 'Follow-up: calls back after a contact', custom: 'Custom: start from nothing' },
    model: 'Model', voice: 'Voice', clone: 'Duplicate', deleteSure: 'Delete {{name}}? Its calls stay in the log.', talk: 'Talk to it',
    tabs: { prompt: 'Prompt', model: 'Model', voice: 'Voice', transcriber: 'Transcriber', telephony: 'Telephony' },
    firstMessage: 'First message', firstMessageHint: 'Said when the call connects. Empty: the assistant waits for the caller.', prompt: 'System prompt', promptHint: 'Facts, tone and task. Type {{open}} for a variable, or use the list below.', variables: 'Variables', provider: 'Provider', temperature: 'Temperature', temperatureHint: '0 is predictable, 2 is wild.', maxTokens: 'Longest reply (tokens)', voiceId: 'Voice id', voiceName: 'Voice name', voiceModel: 'Voice model', transcriberModel: 'Model', transcriberLanguage: 'Language', transcriberLanguageHint: 'BCP-47, for example en or de. The local transcriber understands English only.',
    recording: 'Record calls', recordingHint: 'Stereo: left the caller, right the assistant.', inbound: 'Takes inbound calls', outbound: 'Places outbound calls', localNote: 'Runs on this machine, no key needed.', keyNote: 'Needs a key of the vendor; without one calls run on the local models in development.',
    savedElsewhere: 'Somebody else changed this assistant meanwhile. Reload to see their version.',
  },
  talk: {
    title: 'Talk', about: 'Call an assistant with your microphone. Nothing leaves this server that its providers do not need.', choose: 'Assistant', start: 'Call', hangUp: 'Hang up', mute: 'Mute', unmute: 'Unmute', connecting: 'Connecting …', live: 'On the line', over: 'The call is over.', seeCall: 'See the call', micDenied: 'The microphone is not available: allow it in the browser and try again.', you: 'You', assistant: 'Assistant', interrupted: 'interrupted', yourLevel: 'Your level', replyTime: '{{ms}} ms to reply', waiting: 'Say something.', needAssistant: 'Make an assistant first.',
  },
  calls: {
    title: 'Calls', about: 'Every call with its recording, transcript and reply times.', empty: 'No calls yet', emptyAbout: 'Talk to an assistant or let it call somebody.', direction: 'Direction', inbound: 'Inbound', outbound: 'Outbound', from: 'From', to: 'To', started: 'Started', duration: 'Duration', assistant: 'Assistant', searchHint: 'Words said in the call',
    statuses: { queued: 'Queued', ringing: 'Ringing', in_progress: 'Live', completed: 'Completed', failed: 'Failed' }, transcript: 'Transcript', events: 'Events', latency: 'Reply times', recording: 'Recording', noRecording: 'This call was not recorded.', download: 'Download', erase: 'Erase', eraseSure: 'Erase recording and transcript for good? The bare record stays.', erased: 'Erased', hangUp: 'Hang up', endedReason: 'Ended because', noTranscript: 'Nobody said anything.', play: 'Play', pause: 'Pause', caller: 'Caller', speed: 'Speed', turn: 'Turn', endOfTurn: 'Turn decided', firstToken: 'First token', firstAudio: 'First audio', voiceToVoice: 'Voice to voice', median: 'Median', p95: '95th percentile', newCall: 'Place a call', toNumber: 'Number to call', toNumberHint: 'For example +14155550100: a simulated person who talks.', place: 'Call',
  },
  keys: {
    title: 'API Keys', about: 'For programs that use the API. A key is shown once.', new: 'Create API Key', generate: 'Generate', nameHint: 'For example production-integration', shownOnce: 'Copy this key now: it is not shown again.', empty: 'No keys yet', prefix: 'Begins with', lastUsed: 'Last used', never: 'never', revoke: 'Revoke', revokeSure: 'Revoke {{name}}? Programs that use it stop working at once.', revoked: 'Revoked',
  },
};

export type Texts = typeof en;
