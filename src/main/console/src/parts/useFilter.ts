import { useCallback, useMemo } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'

/**
 * What a page filters by, kept in the fragment of its address, so that it can be sent to somebody. Not in the query: Hawtio carries
 * that along to each page.
 */
export function useFilter<K extends string>(...names: K[]): [Record<K, string>, (change: Partial<Record<K, string>>) => void] {
  const { hash, pathname, search } = useLocation()
  const navigate = useNavigate()
  const list = names.join()
  const filter = useMemo(() => {
    const given = new URLSearchParams(hash.slice(1))
    return Object.fromEntries(list.split(',').map(name => [name, given.get(name) ?? ''])) as Record<K, string>
  }, [hash, list])
  const change = useCallback(
    (changed: Partial<Record<K, string>>) => {
      const given = new URLSearchParams(hash.slice(1))
      Object.entries<string | undefined>(changed).forEach(([name, value]) => (value ? given.set(name, value) : given.delete(name)))
      navigate({ pathname, search, hash: given.toString() }, { replace: true })
    },
    [hash, navigate, pathname, search],
  )
  return [filter, change]
}
