// The sound side of a browser call, on the audio thread at 8 kHz mono: the microphone goes out in 20 ms frames,
// what comes in is played from a queue. A reply that is late starts 60 ms deep, so that small delays do not crackle.
const FRAME = 160;
const CUSHION = 480;
const MOST = 8000 * 60;

class Phone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frame = new Float32Array(FRAME);
    this.filled = 0;
    this.queue = [];
    this.waiting = 0;
    this.at = 0;
    this.playing = false;
    this.port.onmessage = ({ data }) => {
      if (data === 'clear') {
        this.queue = [];
        this.waiting = 0;
        this.at = 0;
        this.playing = false;
      } else if (this.waiting < MOST) {
        this.queue.push(data);
        this.waiting += data.length;
      }
    };
  }

  process(inputs, outputs) {
    const heard = inputs[0]?.[0];
    if (heard) {
      for (const sample of heard) {
        this.frame[this.filled++] = sample;
        if (this.filled === FRAME) {
          this.port.postMessage(this.frame.slice());
          this.filled = 0;
        }
      }
    }
    const out = outputs[0][0];
    if (!this.playing && this.waiting >= CUSHION) this.playing = true;
    for (let i = 0; i < out.length; i++) {
      if (!this.playing || this.waiting === 0) {
        this.playing = false;
        out[i] = 0;
        continue;
      }
      out[i] = this.queue[0][this.at++];
      this.waiting--;
      if (this.at === this.queue[0].length) {
        this.queue.shift();
        this.at = 0;
      }
    }
    return true;
  }
}

registerProcessor('talkturo-phone', Phone);
