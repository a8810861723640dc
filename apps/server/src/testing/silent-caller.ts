import { openNetworkEnd } from '@talkturo/carriers';

/** A caller of the built-in network who listens and says nothing. */
export function silentCaller(mediaUrl: string) {
  const silence = Buffer.alloc(160, 0xff).toString('base64');
  let closed = () => {};
  const gone = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const end = openNetworkEnd({
    url: mediaUrl,
    callRef: 'c',
    from: '',
    to: '',
    encoding: 'PCMU',
    onOpen: () => {},
    onClosed: () => closed(),
  });
  const sound = setInterval(() => end.send(silence), 20);
  void gone.then(() => clearInterval(sound));
  return { end, gone };
}
