/**
 * The file of a process' or thread's entry that lies beside the calling module. Sources run as they are (Node strips
 * the types), the build keeps the tree, so only the extension differs.
 * @param from `import.meta.url` of the caller.
 * @param entry Path relative to it, without extension, such as `./databaseThread`.
 */
export function entryBeside(from: string, entry: string): URL {
  return new URL(`${entry}${from.endsWith('.ts') ? '.ts' : '.js'}`, from)
}
