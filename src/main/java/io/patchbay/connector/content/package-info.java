/** Content of files and of answers and requests over HTTP, in the formats that {@link io.patchbay.format} knows. */
@NullMarked
package io.patchbay.connector.content;

import org.jspecify.annotations.NullMarked;
