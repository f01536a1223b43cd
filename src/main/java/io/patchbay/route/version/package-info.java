/** How two versions of a flow differ: by what they mean, and by their text. Knows neither what runs nor where versions are kept. */
@NullMarked
package io.patchbay.route.version;

import org.jspecify.annotations.NullMarked;
