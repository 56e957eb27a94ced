import { memo } from 'react'
import type { Prediction, Size } from '../../../main/contract/index.ts'
import type { ColourOf } from '../classColours.ts'
import { drawnAs } from './Outlines.tsx'
import { shapeOf } from './shapes.ts'
import styles from './picture.module.css'

interface ThumbProps {
  src: string
  image: Size
  predictions: readonly Prediction[]
  colourOf: ColourOf
  /** `cover` fills its frame and may cut edges off, `contain` shows the whole picture. */
  fit?: 'cover' | 'contain'
}

/** A small picture with its masks and boxes drawn, without names. Fills its parent; what it shows is said beside it. */
export const Thumb = memo(function Thumb({ src, image, predictions, colourOf, fit = 'contain' }: ThumbProps) {
  return (
    <div className={styles.thumb}>
      <img src={src} alt="" loading="lazy" decoding="async" draggable={false} style={{ objectFit: fit }} />
      <svg
        viewBox={`0 0 ${image.width} ${image.height}`}
        preserveAspectRatio={fit === 'cover' ? 'xMidYMid slice' : 'xMidYMid meet'}
        aria-hidden
      >
        {predictions.map((prediction, index) => {
          const shape = shapeOf(prediction, true)
          if (!shape) return null
          return (
            <g key={index} className={prediction.candidate && styles.candidate}>
              <path d={shape.path} {...drawnAs(prediction, shape, colourOf(prediction.class))} />
            </g>
          )
        })}
      </svg>
    </div>
  )
})
