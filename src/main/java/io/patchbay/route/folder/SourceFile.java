package io.patchbay.route.folder;

import java.nio.file.Path;

/**
 * A file as it was read.
 *
 * @param path from the root, with forward slashes: {@code routes/orders.flow.yaml}; what messages call the file. The
 *     whole path where a later root has a {@code stores.yaml}, too
 * @param root the root that it was found in
 * @param kind what it is
 * @param text its content, without a byte order mark
 * @param sha256 hash of its bytes, hexadecimal
 */
public record SourceFile(String path, Path root, SourceKind kind, String text, String sha256) {}
