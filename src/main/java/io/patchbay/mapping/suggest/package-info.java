/**
 * Proposals for the fields of a map: what is known of both sides, how names, tags, types and values compare, and what is written of
 * it. The same two sides always give the same proposal.
 */
@NullMarked
package io.patchbay.mapping.suggest;

import org.jspecify.annotations.NullMarked;
