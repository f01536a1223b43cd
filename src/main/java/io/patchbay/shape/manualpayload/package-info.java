/** A body that is written in the flow. A Message Translator that looks at its input only where a placeholder does. */
@NullMarked
package io.patchbay.shape.manualpayload;

import org.jspecify.annotations.NullMarked;
