/** Changes the format of payloads: the Message Translator, over the readers and writers that connectors have. */
@NullMarked
package io.patchbay.shape.convert;

import org.jspecify.annotations.NullMarked;
