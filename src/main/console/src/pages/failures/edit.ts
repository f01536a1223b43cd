/** What a replay with edited content sends. */
export interface EditedReplay {
  edited: unknown
  contentType?: string
  revision: 'own' | 'today'
}

/**
 * Reads what somebody wrote in place of a payload: JSON where the payload is JSON, else text of its type.
 *
 * @throws Error with a sentence, when it is to be JSON and is not
 */
export function editedReplay(text: string, contentType: string, today: boolean): EditedReplay {
  const revision = today ? 'today' : 'own'
  if (!isJson(contentType)) {
    return { edited: text, contentType, revision }
  }
  try {
    return { edited: JSON.parse(text) as unknown, revision }
  } catch (error) {
    throw new Error(`This is not JSON yet: ${(error as Error).message}. The payload is ${contentType}.`)
  }
}

/** JSON in lines, so that people can edit it; what is none stays as it is. */
export function editable(text: string, contentType: string): string {
  if (!isJson(contentType)) {
    return text
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

export function isJson(contentType: string): boolean {
  return /^application\/(.+\+)?json\b/i.test(contentType)
}

/** Whether people can edit it here. */
export function isText(contentType: string): boolean {
  return isJson(contentType) || /^text\/|xml\b|csv\b|x-ndjson\b/i.test(contentType)
}
