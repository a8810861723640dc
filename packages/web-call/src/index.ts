export { type CallLine, type CallLineOptions, type CallOver, createCallLine, type LineState } from './call-line.ts';
export { afterMessage, type Conversation, type ConversationLine, emptyConversation } from './conversation.ts';
export { type MicrophoneTrouble, NoMicrophone, openMicrophone } from './microphone.ts';
export type { CallEnded, LatencyMessage, ServerMessage, SoundFormat, TranscriptMessage } from './protocol.ts';
export { NoSound, type SoundLevels } from './sound-port.ts';
export { startWebCall, type WebCall, type WebCallOptions } from './web-call.ts';
