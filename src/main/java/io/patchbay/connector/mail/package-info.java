/** Mail by SMTP (RFC 5321, 3207, 8314, 4954), by Angus Mail; see decision 0034. */
@NullMarked
package io.patchbay.connector.mail;

import org.jspecify.annotations.NullMarked;
