/**
 * What keeps calls within the limits that a system declares. One governor per instance, shared by all flows. A place that a
 * call took is given back when its answer is here, not when it was sent: the system may count the call at any moment in
 * between, so only then a declared limit is never exceeded on the other side.
 */
@NullMarked
package io.patchbay.connector.limit;

import org.jspecify.annotations.NullMarked;
