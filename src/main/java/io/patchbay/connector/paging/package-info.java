/** How answers go on in further pages, one class per method, and the pull that turns pages one after the other. */
@NullMarked
package io.patchbay.connector.paging;

import org.jspecify.annotations.NullMarked;
