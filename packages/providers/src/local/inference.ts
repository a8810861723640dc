import type * as Ort from 'onnxruntime-node';

/**
 * How every model here runs: on one thread, without spinning. Spinning threads double the CPU of many short runs,
 * and one run's parallelism is worth less than the parallelism of many calls.
 */
export const inferenceOptions: Ort.InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
};
