/** A branch: every path gets all payloads, one path after the other. Becomes a sequential multicast. */
@NullMarked
package io.patchbay.shape.branch;

import org.jspecify.annotations.NullMarked;
