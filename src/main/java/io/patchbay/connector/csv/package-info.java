/** Comma separated values (RFC 4180): read and written, for answers and files. */
@NullMarked
package io.patchbay.connector.csv;

import org.jspecify.annotations.NullMarked;
