// Draws the application's icon as the PNG that installers and windows want: `node build/icons.ts` after a change.
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const at = (name: string): string => fileURLToPath(new URL(`../resources/icons/${name}`, import.meta.url))

await sharp(at('icon.svg'), { density: 144 })
  .resize(512, 512)
  .png({ compressionLevel: 9, palette: true })
  .toFile(at('icon.png'))
