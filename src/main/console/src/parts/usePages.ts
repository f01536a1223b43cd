import { useState } from 'react'
import { get, type Page, type Query } from '../api/client'
import { usePolled, type Polled } from './usePolled'

interface Paged<T> extends Polled<Page<T>> {
  /** Counted from the newest, which is 1. */
  page: number
  newer: (() => void) | undefined
  older: (() => void) | undefined
}

/** A list of the API that is had a page at a time, newest first. Only the first page is asked for again and again: others stand still. */
export function usePages<T>(path: string, query: Query, limit = 50, every = 3000): Paged<T> {
  const list = JSON.stringify([path, query])
  const [place, setPlace] = useState<{ list: string; before: string[] }>({ list, before: [] })
  const before = place.list === list ? place.before : []
  const after = before.at(-1)
  const polled = usePolled<Page<T>>(
    JSON.stringify([list, after]),
    signal => get(path, { ...query, limit, after }, signal),
    () => (after === undefined ? every : null),
  )
  const next = polled.data?.next
  return {
    ...polled,
    page: before.length + 1,
    newer: before.length ? () => setPlace({ list, before: before.slice(0, -1) }) : undefined,
    older: next ? () => setPlace({ list, before: [...before, next] }) : undefined,
  }
}
