/**
 * Starts by file arrival. A watch looks at one folder every so often: files that have come to rest become starts, files whose
 * runs have ended go where the flow says. A table remembers what was taken, so that nothing is taken twice.
 */
@NullMarked
package io.patchbay.trigger.file;

import org.jspecify.annotations.NullMarked;
