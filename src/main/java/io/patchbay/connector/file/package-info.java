/**
 * Operations on files, the same for every place that holds files: a folder of this machine, an SFTP server. Names that come
 * from a server or a payload never lead out of the instance's folder.
 */
@NullMarked
package io.patchbay.connector.file;

import org.jspecify.annotations.NullMarked;
