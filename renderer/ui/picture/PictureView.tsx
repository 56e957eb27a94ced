import { IconMinus, IconPlus } from '@tabler/icons-react'
import type { Prediction } from '../../../main/contract/index.ts'
import { inkOn, type ColourOf } from '../classColours.ts'
import { cx } from '../cx.ts'
import { formatConfidence, formatShare } from '../format.ts'
import { Marks } from './Marks.tsx'
import { isPlaced } from './shapes.ts'
import { useLoadedPicture, type Picture } from './useLoadedPicture.ts'
import { useViewport, type Viewport } from './useViewport.ts'
import { useWords } from '../words/useWords.ts'
import styles from './picture.module.css'

/** What is drawn over a picture. */
export interface Layers {
  predictions: boolean
  masks: boolean
  names: boolean
}

interface PictureViewProps {
  picture: Picture
  colourOf: ColourOf
  alt: string
  layers?: Layers
  /** Index of the prediction that is lifted; the others are dimmed. */
  highlighted?: number | null
  onHover?: (index: number | null) => void
  /** In place of class and confidence. */
  labelOf?: (prediction: Prediction) => string
  /** Of each prediction, whether its mask is filled; absent: all are. */
  filled?: readonly boolean[]
  /** Zoom at the pointer and pan. */
  interactive?: boolean
  /** Said when the picture cannot be shown. */
  failedText?: string
}

const allLayers = { predictions: true, masks: true, names: true }
const onePixel = { width: 1, height: 1 }

/** A picture with its predictions drawn over it. Fills its parent. */
export function PictureView(props: PictureViewProps) {
  const { colourOf, layers = allLayers, highlighted = null, interactive = false } = props
  const { shown, failed } = useLoadedPicture(props.picture)
  const { area, size, view, handlers, zoom, reset } = useViewport(shown?.image ?? onePixel, interactive)
  return (
    <div
      ref={area}
      className={cx(styles.area, interactive && styles.interactive)}
      {...handlers}
      {...(interactive ? { tabIndex: 0, role: 'group', 'aria-label': props.alt } : {})}
      data-zoom={Math.round(view.scale * 100)}
      data-predictions={shown?.predictions.length}
    >
      {shown && <ImageAt picture={shown} view={view} alt={props.alt} />}
      {shown && layers.predictions && (
        <Marks
          predictions={shown.predictions}
          view={view}
          size={size}
          colourOf={colourOf}
          masks={layers.masks}
          names={layers.names}
          highlighted={highlighted}
          onHover={props.onHover}
          labelOf={props.labelOf}
          filled={props.filled}
        />
      )}
      {shown && layers.predictions && <Chips predictions={shown.predictions} colourOf={colourOf} />}
      {interactive && <ZoomControls scale={view.scale} zoom={zoom} reset={reset} />}
      {failed && !shown && <p style={{ padding: 16, margin: 0, color: 'var(--muted)' }}>{props.failedText}</p>}
    </div>
  )
}

function ZoomControls(props: { scale: number; zoom: (factor: number) => void; reset: () => void }) {
  const { t } = useWords()
  return (
    <div className={styles.zoom} onDoubleClick={(event) => event.stopPropagation()}>
      <button type="button" aria-label={t('picture.zoomOut')} onClick={() => props.zoom(1 / 1.5)}>
        <IconMinus size={16} />
      </button>
      <button type="button" title={t('picture.fit')} onClick={props.reset}>
        {formatShare(props.scale)}
      </button>
      <button type="button" aria-label={t('picture.zoomIn')} onClick={() => props.zoom(1.5)}>
        <IconPlus size={16} />
      </button>
    </div>
  )
}

function ImageAt({ picture, view, alt }: { picture: Picture; view: Viewport; alt: string }) {
  return (
    <img
      className={cx(styles.image, view.scale > 2 && styles.crisp)}
      src={picture.src}
      alt={alt}
      draggable={false}
      width={picture.image.width}
      height={picture.image.height}
      style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
    />
  )
}

/** Classes of a whole picture, which have no place in it. */
function Chips({ predictions, colourOf }: { predictions: readonly Prediction[]; colourOf: ColourOf }) {
  const whole = predictions.filter((prediction) => !isPlaced(prediction))
  if (whole.length === 0) return null
  return (
    <div className={styles.chips}>
      {whole.map((prediction) => {
        const colour = colourOf(prediction.class)
        return (
          <span
            key={prediction.class}
            className={cx(
              styles.chip,
              prediction.unknown && styles.chipUnknown,
              prediction.candidate && styles.chipFaint
            )}
            style={{ background: colour, color: inkOn(colour) }}
          >
            {prediction.class}
            {prediction.unknown ? ' ?' : ''} <span>{formatConfidence(prediction.confidence)}</span>
          </span>
        )
      })}
    </div>
  )
}
