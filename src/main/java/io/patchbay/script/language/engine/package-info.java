/** The languages, one class each. Loaded by {@link io.patchbay.script.language.MeteredLoader} alone, never by name of a class. */
@NullMarked
package io.patchbay.script.language.engine;

import org.jspecify.annotations.NullMarked;
