package io.patchbay.ops.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Logins of people.
 *
 * @param passwordLength fewest characters of a password, 12 to 64
 * @param wrongPasswords how many wrong passwords lock a user out at an address, 3 to 100
 * @param lockOut how long they are locked out, 1m to 24h
 */
@ConfigurationProperties("patchbay.access")
public record AccessProperties(
        @DefaultValue("14") int passwordLength,
        @DefaultValue("5") int wrongPasswords,
        @DefaultValue("15m") Duration lockOut) {

    public AccessProperties {
        if (passwordLength < 12 || passwordLength > 64) {
            throw new IllegalArgumentException(
                    "patchbay.access.password-length must be 12 to 64, got " + passwordLength);
        }
        if (wrongPasswords < 3 || wrongPasswords > 100) {
            throw new IllegalArgumentException(
                    "patchbay.access.wrong-passwords must be 3 to 100, got " + wrongPasswords);
        }
        if (lockOut.toMinutes() < 1 || lockOut.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("patchbay.access.lock-out must be 1m to 24h, got " + lockOut);
        }
    }
}
