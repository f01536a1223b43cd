/** One class that Hawtio looks up under a name of its own. */
@NullMarked
package io.hawt.springboot.security;

import org.jspecify.annotations.NullMarked;
