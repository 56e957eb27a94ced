let context: CanvasRenderingContext2D | null | undefined

/** Width in px of a label's text in its font. */
export function textWidth(text: string) {
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return text.length * 7
  context.font = "600 11px 'Inter Variable', system-ui, sans-serif"
  return Math.ceil(context.measureText(text).width)
}
