/** Joins what an endpoint answers into records: the Content Enricher, over the Camel component {@code connector}. */
@NullMarked
package io.patchbay.shape.enrich;

import org.jspecify.annotations.NullMarked;
