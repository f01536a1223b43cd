package io.patchbay.ops.security;

import io.patchbay.ops.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Says in the audit log with which name a login was tried that did not do. The name of a user is written down. Another one is not: people
 * type passwords into the wrong field, and the log is kept for long and exported. It gets a mark, the same for the same name, so that it is seen
 * whether one name is tried from everywhere or many are. The key of the mark lives as long as the program: nobody can try afterwards
 * which name it was.
 */
final class TriedNames {

    private static final int KEY_BYTES = 32;
    private static final int MARK_BYTES = 4;
    private static final String MAC = "HmacSHA256";

    private final LocalUsers users;
    private final SecretKeySpec key;

    TriedNames(LocalUsers users) {
        this.users = users;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
    }

    /** Makes the entry about a refusal name who it was about, where that was a name with a password. */
    void about(HttpServletRequest request, AuthenticationException why) {
        Authentication tried = why.getAuthenticationRequest();
        if (tried instanceof UsernamePasswordAuthenticationToken) {
            AuditTrail.about(request, () -> shown(tried.getName()));
        }
    }

    /** A name as the log has it. */
    String shown(String name) {
        return isKnown(name) ? "user " + name : "no user: #" + mark(name) + ", " + name.length() + " characters";
    }

    private boolean isKnown(String name) {
        try {
            return name.equals(AdminProvider.USER) || users.find(name).isPresent();
        } catch (AuthenticationServiceException e) {
            return false; // nobody can be looked up now
        }
    }

    private String mark(String name) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), 0, MARK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + MAC, e);
        }
    }
}
