/**
 * SFTP servers. Under it works camel-ftp's own operations on files (connecting, host keys, streaming); its producer and consumer
 * are made for routes that poll one folder, so they are not used.
 */
@NullMarked
package io.patchbay.connector.sftp;

import org.jspecify.annotations.NullMarked;
