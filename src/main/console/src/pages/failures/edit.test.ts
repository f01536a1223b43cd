import { describe, expect, it } from 'vitest'
import { editable, editedReplay, isText } from './edit'

describe('an edited replay', () => {
  it('sends JSON as JSON', () => {
    expect(editedReplay('{"id": 1}', 'application/json', false)).toEqual({ edited: { id: 1 }, revision: 'own' })
    expect(editedReplay('[1]', 'application/vnd.shop+json;charset=utf-8', true)).toEqual({ edited: [1], revision: 'today' })
  })

  it('sends other text with its type', () => {
    expect(editedReplay('a;b', 'text/csv', false)).toEqual({ edited: 'a;b', contentType: 'text/csv', revision: 'own' })
  })

  it('says what is not JSON', () => {
    expect(() => editedReplay('{', 'application/json', false)).toThrow('This is not JSON yet')
  })

  it('shows JSON in lines, and what is none as it is', () => {
    expect(editable('{"id":1}', 'application/json')).toBe('{\n  "id": 1\n}')
    expect(editable('{"id":', 'application/json')).toBe('{"id":')
    expect(editable('a;b', 'text/csv')).toBe('a;b')
  })

  it('is for text alone', () => {
    expect(['application/json', 'text/plain', 'application/xml'].every(isText)).toBe(true)
    expect(isText('image/png')).toBe(false)
  })
})
