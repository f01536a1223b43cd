/**
 * What flows: a payload is an immutable value (body, record path, metadata, lineage id); a pull yields payloads one page
 * at a time; an attempt is what a step's work may ask of the run while it works on one payload.
 */
@NullMarked
package io.patchbay.payload;

import org.jspecify.annotations.NullMarked;
