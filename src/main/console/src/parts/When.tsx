import { distance, moment } from './time'

/** A time as its distance from now; pointing at it shows it whole. */
export function When({ at }: { at: string | null | undefined }) {
  return at ? (
    <time dateTime={at} title={moment(at)} className="pb-nowrap">
      {distance(at, Date.now())}
    </time>
  ) : (
    <span className="pb-quiet">–</span>
  )
}
