/** What was tracked, in the database. */
@NullMarked
package io.patchbay.run.tracked;

import org.jspecify.annotations.NullMarked;
