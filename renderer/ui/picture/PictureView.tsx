import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, type ReactNode } from 'react'
import type { Prediction } from '../../../main/contract/index.ts'
import { inkOn, type ColourOf } from '../classColours.ts'
import { cx } from '../cx.ts'
import { formatConfidence } from '../format.ts'
import { useWords } from '../words/useWords.ts'
import { describePredictions } from './describe.ts'
import { Labels } from './Labels.tsx'
import { layersOf, useLayers } from './layers.ts'
import { MarkLabels } from './markLabels.ts'
import { marksOf, type LabelOf } from './marksOf.ts'
import { Outlines } from './Outlines.tsx'
import { LayerButtons, ZoomControls } from './PictureControls.tsx'
import { isPlaced } from './shapes.ts'
import { useGestures } from './useGestures.ts'
import { useLoadedPicture, type Picture } from './useLoadedPicture.ts'
import { usePictureKeys } from './usePictureKeys.ts'
import { useViewport, useWheelZoom } from './useViewport.ts'
import type { Viewport } from './viewport.ts'
import styles from './picture.module.css'

interface PictureViewProps {
  picture: Picture
  colourOf: ColourOf
  /** Index of the prediction that is lifted; the others are dimmed. */
  highlighted: number | null
  onHover: (index: number | null) => void
  labelOf?: LabelOf
  /** Of each prediction, whether its mask is filled; absent: all are. */
  filled?: readonly boolean[]
  /**
   * The screen is about this picture and does not scroll: its keys act wherever the focus is, the wheel zooms at once,
   * and the screen has its layers' switches. Elsewhere the wheel scrolls the page until the picture has the focus.
   */
  alone?: boolean
}

const restMs = 60
const onePixel = { width: 1, height: 1 }

/** A picture with its predictions drawn over it, to be zoomed and panned. Fills its parent. */
export function PictureView(props: PictureViewProps) {
  const { colourOf, highlighted, onHover, labelOf, alone = false } = props
  const { t } = useWords()
  const { shown, failed } = useLoadedPicture(props.picture)
  const predictions = shown?.predictions ?? none
  const offered = layersOf(predictions)
  const [layers, toggle] = useLayers()
  const viewport = useViewport(shown?.image ?? onePixel)
  const { area, size, view, isFitted } = viewport
  const gestures = useGestures(viewport)
  const onKeyDown = usePictureKeys(viewport, offered, toggle, alone)
  const drawn = layers.predictions ? predictions : none
  const marks = useMemo(() => marksOf(drawn, colourOf, layers.masks, labelOf), [drawn, colourOf, layers.masks, labelOf])
  const labels = useMemo(() => new MarkLabels(layers.names ? marks : []), [layers.names, marks])
  const alt = useMemo(() => describePredictions(t, predictions), [t, predictions])
  // A pan moves the names as they are; they find new places once it rests.
  const [settled] = useDebouncedValue(view, restMs)
  useWheelZoom(viewport, (event) => alone || event.ctrlKey || area.current === document.activeElement)
  return (
    <div
      ref={area}
      className={cx(styles.area, !isFitted && styles.zoomed)}
      {...gestures}
      onKeyDown={onKeyDown}
      tabIndex={0}
      role="group"
      aria-label={t('picture.label')}
      data-zoom={Math.round(view.scale * 100)}
      data-predictions={shown?.predictions.length}
    >
      {shown && (
        <>
          <Plane view={view}>
            <ImageAt picture={shown} scale={view.scale} alt={alt} />
            <Outlines
              marks={marks}
              scale={view.scale}
              highlighted={highlighted}
              onHover={onHover}
              filled={props.filled}
            />
          </Plane>
          <Plane view={view}>
            <Labels
              labels={labels}
              view={settled.scale === view.scale ? settled : view}
              size={size}
              highlighted={highlighted}
            />
          </Plane>
          <Chips predictions={drawn} colourOf={colourOf} />
        </>
      )}
      {!alone && <LayerButtons offered={offered} layers={layers} toggle={toggle} />}
      <ZoomControls viewport={viewport} />
      {failed && !shown && <p className={styles.failed}>{t('picture.failed')}</p>}
    </div>
  )
}

const none: readonly Prediction[] = []

/** What lies where the picture lies: a layer of its own, of which the browser keeps what it has painted. */
function Plane({ view, children }: { view: Viewport; children: ReactNode }) {
  const at = `translate(${Math.round(view.x)}px, ${Math.round(view.y)}px)`
  return (
    <div className={styles.plane} style={{ transform: at }}>
      {children}
    </div>
  )
}

function ImageAt({ picture, scale, alt }: { picture: Picture; scale: number; alt: string }) {
  const { width, height } = picture.image
  return (
    <img
      className={cx(styles.image, scale > 2 && styles.crisp)}
      src={picture.src}
      alt={alt}
      draggable={false}
      style={{ width: width * scale, height: height * scale }}
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
