/**
 * Expressions in languages that others made: jq, JSONata, JSLT, XSLT and XQuery. An expression is text of an author that makes one
 * value of another and reaches nothing else. It works on a thread of its own, metered: see {@link
 * io.patchbay.script.language.MeteredLoader} and {@link io.patchbay.script.language.Languages}.
 */
@NullMarked
package io.patchbay.script.language;

import org.jspecify.annotations.NullMarked;
