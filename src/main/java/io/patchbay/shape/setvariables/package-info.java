/** Flow variables and metadata. A Message Translator of everything but the body. */
@NullMarked
package io.patchbay.shape.setvariables;

import org.jspecify.annotations.NullMarked;
