/** The container's files and the layout of its run stage. */
@NullMarked
package io.patchbay.deploy;

import org.jspecify.annotations.NullMarked;
