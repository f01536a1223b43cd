import { path, post, type Query } from '../../api/client'
import { Act } from '../../parts/Act'

interface Props {
  cache: string
  /** Whose they are. */
  owner: Query
  /** Which ones. */
  keys: string
  label: string
  done: () => void
}

/**
 * Deletes entries of one run or flow, or of what all flows share. By a pattern and never by all=true, which would take those of each run and flow
 * along.
 */
export function DeleteEntries({ cache, owner, keys, label, done }: Props) {
  return (
    <Act
      label={label}
      needs="deleteCaches"
      variant="danger"
      ask={
        <>
          {keys === '*' ? 'All entries' : `All entries whose keys fit ${keys}`} of {cache} {ofWhom(owner)} are deleted. Flows that load them find nothing, until they are
          put there again.
        </>
      }
      act={() => post(path`caches/${cache}/delete`, { ...owner, keys })}
      done={done}
    />
  )
}

export function ofWhom(owner: Query): string {
  return owner.run ? `of run ${owner.run}` : owner.flow ? `of flow ${owner.flow}` : 'that all flows share'
}
