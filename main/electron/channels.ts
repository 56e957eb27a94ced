/** What the bridge may ask of the shell. Fifteen at most, and never anything that the HTTP API does. */
export const channels = { showInFolder: 'lineside:show-in-folder' } as const
