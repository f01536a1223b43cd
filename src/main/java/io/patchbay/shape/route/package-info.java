/** A route: every record goes down the paths whose condition it meets. Becomes a multicast of filters. */
@NullMarked
package io.patchbay.shape.route;

import org.jspecify.annotations.NullMarked;
