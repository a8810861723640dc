import { type WasmMemory, type WasmModule, webAssembly } from './web-assembly.ts';

/**
 * Runs a WASI command that writes one file, in memory: no file system and no `node:wasi`.
 * Only the thirteen calls that flite makes exist.
 */
export interface CommandResult {
  exitCode: number;
  /** What it wrote to `outputFile`. */
  file: Uint8Array;
}

const OK = 0;
const BAD_DESCRIPTOR = 8;
const NO_ENTRY = 44;
const ILLEGAL_SEEK = 70;
/** Descriptors: 0–2 standard streams, 3 the pre-opened root, 4 the output file. */
const ROOT = 3;
const FILE = 4;
const FILETYPE = { characterDevice: 2, directory: 3, regular: 4 };
const CREATE = 1;
const ALL_RIGHTS = 0x1fffffffn;

class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** Runs `module` once with `args`; a file it creates under the name `outputFile` is caught. Throws what the command traps on. */
export function runWasiCommand(module: WasmModule, args: readonly string[], outputFile: string): CommandResult {
  const argv = args.map((arg) => new TextEncoder().encode(`${arg.replaceAll('\0', '')}\0`));
  const output = createMemoryFile();
  let memory: WasmMemory;
  const view = () => new DataView(memory.buffer);
  const bytes = () => new Uint8Array(memory.buffer);

  const calls: Record<string, (...args: never[]) => number> = {
    args_sizes_get(count: number, size: number) {
      view().setUint32(count, argv.length, true);
      view().setUint32(
        size,
        argv.reduce((sum, arg) => sum + arg.length, 0),
        true,
      );
      return OK;
    },
    args_get(pointers: number, buffer: number) {
      let at = buffer;
      argv.forEach((arg, i) => {
        view().setUint32(pointers + 4 * i, at, true);
        bytes().set(arg, at);
        at += arg.length;
      });
      return OK;
    },
    clock_time_get(_clock: number, _precision: bigint, out: number) {
      view().setBigUint64(out, process.hrtime.bigint(), true);
      return OK;
    },
    fd_close: () => OK,
    fd_fdstat_set_flags: () => OK,
    fd_fdstat_get(fd: number, out: number) {
      if (fd > FILE) return BAD_DESCRIPTOR;
      const type = fd === ROOT ? FILETYPE.directory : fd === FILE ? FILETYPE.regular : FILETYPE.characterDevice;
      view().setUint8(out, type);
      view().setUint16(out + 2, 0, true);
      view().setBigUint64(out + 8, ALL_RIGHTS, true);
      view().setBigUint64(out + 16, ALL_RIGHTS, true);
      return OK;
    },
    fd_prestat_get(fd: number, out: number) {
      if (fd !== ROOT) return BAD_DESCRIPTOR;
      view().setUint32(out, 0, true);
      view().setUint32(out + 4, 1, true);
      return OK;
    },
    fd_prestat_dir_name(fd: number, path: number) {
      if (fd !== ROOT) return BAD_DESCRIPTOR;
      bytes()[path] = '/'.charCodeAt(0);
      return OK;
    },
    fd_read: () => BAD_DESCRIPTOR,
    fd_seek(fd: number, offset: bigint, whence: number, out: number) {
      if (fd !== FILE) return ILLEGAL_SEEK;
      view().setBigUint64(out, BigInt(output.seek(Number(offset), whence)), true);
      return OK;
    },
    fd_write(fd: number, vectors: number, count: number, out: number) {
      let written = 0;
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(vectors + 8 * i, true);
        const length = view().getUint32(vectors + 8 * i + 4, true);
        if (fd === FILE) output.write(bytes().subarray(at, at + length));
        written += length;
      }
      view().setUint32(out, written, true);
      return OK;
    },
    path_open(_dir: number, _follow: number, path: number, length: number, flags: number, ...rest: unknown[]) {
      const name = new TextDecoder().decode(bytes().slice(path, path + length));
      if (name !== outputFile || !(flags & CREATE)) return NO_ENTRY;
      output.clear();
      view().setUint32(rest[3] as number, FILE, true);
      return OK;
    },
    proc_exit(code: number) {
      throw new Exit(code);
    },
  };

  const instance = new webAssembly.Instance(module, { wasi_snapshot_preview1: calls });
  memory = instance.exports.memory as WasmMemory;
  let exitCode = 0;
  try {
    (instance.exports._start as () => void)();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    exitCode = error.code;
  }
  return { exitCode, file: output.contents() };
}

function createMemoryFile() {
  let buffer = new Uint8Array(1 << 18);
  let length = 0;
  let position = 0;
  return {
    clear() {
      length = 0;
      position = 0;
    },
    seek(offset: number, whence: number): number {
      position = (whence === 0 ? 0 : whence === 1 ? position : length) + offset;
      return position;
    },
    write(piece: Uint8Array) {
      if (position + piece.length > buffer.length) {
        const grown = new Uint8Array(Math.max(2 * buffer.length, position + piece.length));
        grown.set(buffer.subarray(0, length));
        buffer = grown;
      }
      buffer.set(piece, position);
      position += piece.length;
      length = Math.max(length, position);
    },
    contents: () => buffer.subarray(0, length),
  };
}
