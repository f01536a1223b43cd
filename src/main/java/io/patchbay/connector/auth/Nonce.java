package io.patchbay.connector.auth;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes values that are used once. */
interface Nonce {

    /** Sixteen random bytes in hexadecimal. */
    Nonce RANDOM = new Nonce() {
        private final SecureRandom random = new SecureRandom();

        @Override
        public String next() {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    };

    /** A value that was not there before. */
    String next();
}
