/** Folders on FTP and FTPS servers (RFC 959, 2228, 2428, 3659, 4217), by Apache Commons Net; see decision 0028. */
@NullMarked
package io.patchbay.connector.ftp;

import org.jspecify.annotations.NullMarked;
