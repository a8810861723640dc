import { fromBase64, toBase64 } from './mulaw.ts';

/** A call from the browser: microphone and loudspeaker on one end, the media socket on the other. */
export interface PhoneLine {
  setMuted(muted: boolean): void;
  hangUp(): void;
}

export interface PhoneLineOptions {
  mediaUrl: string;
  /** 0..1, some 10 times a second. */
  onLevel: (level: number) => void;
  /** The line is closed, once: over from either side, or lost on the way. */
  onClosed: (how: 'over' | 'lost') => void;
}

/** The browser refused the microphone or has none. */
export class NoMicrophone extends Error {}

/** Asks for the microphone, with the browser's echo cancellation left on. Must follow a click. */
export async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (cause) {
    throw new NoMicrophone('no microphone', { cause });
  }
}

/** Connects microphone and loudspeaker to a call's media socket (JSON frames with base64 µ-law of 20 ms). */
export async function openPhoneLine(microphone: MediaStream, options: PhoneLineOptions): Promise<PhoneLine> {
  const audio = new AudioContext({ sampleRate: 8000 });
  await audio.audioWorklet.addModule('/phone-worklet.js');
  const phone = new AudioWorkletNode(audio, 'talkturo-phone', { outputChannelCount: [1] });
  audio.createMediaStreamSource(microphone).connect(phone).connect(audio.destination);
  const socket = new WebSocket(options.mediaUrl);
  let muted = false;
  let over = false;
  let chunk = 0;
  let loudest = 0;
  const silence = new Float32Array(160);

  const close = (how: 'over' | 'lost' = 'over') => {
    if (over) return;
    over = true;
    for (const track of microphone.getTracks()) track.stop();
    socket.close();
    void audio.close();
    options.onClosed(how);
  };

  socket.onopen = () => {
    socket.send('{"event":"connected","version":"1.0.0"}');
    socket.send(
      JSON.stringify({
        event: 'start',
        sequence_number: '1',
        stream_id: 'browser',
        start: { call_control_id: 'browser', from: '', to: '', media_format: { encoding: 'PCMU', sample_rate: 8000, channels: 1 } },
      }),
    );
  };
  phone.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    for (const sample of data) loudest = Math.max(loudest, Math.abs(sample));
    chunk++;
    if (chunk % 5 === 0) {
      options.onLevel(muted ? 0 : Math.min(1, loudest * 1.5));
      loudest = 0;
    }
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(
      `{"event":"media","sequence_number":"${chunk + 1}","stream_id":"browser","media":{"track":"inbound","chunk":"${chunk}","timestamp":"${(chunk - 1) * 20}","payload":"${toBase64(muted ? silence : data)}"}}`,
    );
  };
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.event === 'media') phone.port.postMessage(fromBase64(message.media.payload));
    else if (message.event === 'clear') phone.port.postMessage('clear');
    else if (message.event === 'mark')
      socket.send(JSON.stringify({ event: 'mark', sequence_number: String(chunk), stream_id: 'browser', mark: message.mark }));
  };
  socket.onclose = ({ wasClean }) => close(wasClean ? 'over' : 'lost');

  return {
    setMuted: (wanted) => {
      muted = wanted;
    },
    hangUp: () => {
      if (socket.readyState === WebSocket.OPEN)
        socket.send('{"event":"stop","sequence_number":"0","stream_id":"browser","stop":{"call_control_id":"browser"}}');
      close();
    },
  };
}
