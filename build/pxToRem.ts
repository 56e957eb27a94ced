interface Declaration {
  value: string
  source?: { input: { file?: string | undefined } } | undefined
}

/** Lines, outlines and the like stay as thin as they are. */
const thinnest = 3

/**
 * The window's own styles are written in px of an ordinary screen; here they become rem, so that they grow with the
 * root's font on a very large one (renderer/app/theme.css). What is drawn over a picture is laid out in px by scripts.
 */
export const pxToRem = {
  postcssPlugin: 'px-to-rem',
  Declaration(declaration: Declaration) {
    const file = declaration.source?.input.file?.replaceAll('\\', '/') ?? ''
    if (file.includes('/node_modules/') || file.includes('/ui/picture/')) return
    const value = declaration.value.replace(
      /(?<![\w#.-])(-?)(\d*\.?\d+)px\b/g,
      (px: string, sign: string, digits: string) =>
        Number(digits) < thinnest ? px : `${sign}${Number(digits) / 16}rem`
    )
    if (value !== declaration.value) declaration.value = value
  }
}
