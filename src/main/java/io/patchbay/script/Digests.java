package io.patchbay.script;

import java.util.Map;

/** Hashes that code of authors can ask for. */
public final class Digests {

    /** Java's names of them, by those that a script uses. */
    public static final Map<String, String> NAMES =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

    private Digests() {}
}
