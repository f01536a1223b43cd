import { path, post } from '../../api/client'
import { Act } from '../../parts/Act'

interface Props {
  pool: string
  /** Only of this entity; empty for any. */
  entity: string
  /** Only those that begin so; empty for any. */
  prefix: string
  done: () => void
}

/** Forgets all keys of a pool, or those of an entity or that begin alike. */
export function ForgetKeys({ pool, entity, prefix, done }: Props) {
  const all = !entity && !prefix
  return (
    <Act
      label={all ? 'Forget all' : 'Forget those'}
      needs="forgetPools"
      variant="danger"
      ask={
        <>
          All keys
          {entity && ` of ${entity}`}
          {prefix && ` that begin with ${prefix}`} of the pool {pool} are forgotten: when their records come again, they are sent again.
        </>
      }
      act={() => post(path`pools/${pool}/forget`, all ? { all } : { entity, prefix })}
      done={done}
    />
  )
}
