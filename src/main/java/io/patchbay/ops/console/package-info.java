/** Our own pages in Hawtio's console: where they are had. What they show they ask the API for. */
@NullMarked
package io.patchbay.ops.console;

import org.jspecify.annotations.NullMarked;
