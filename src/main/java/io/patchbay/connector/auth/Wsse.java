package io.patchbay.connector.auth;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * User and a digest of the password in the header X-WSSE: the digest of the OASIS Web Services Security UsernameToken Profile
 * 1.1, section 3.1, in the form that Atom services began with.
 */
final class Wsse implements Authorizer {

    private final String user;
    private final String password;
    private final Clock clock;
    private final Nonce nonce;

    Wsse(String user, String password, Clock clock, Nonce nonce) {
        this.user = user;
        this.password = password;
        this.clock = clock;
        this.nonce = nonce;
    }

    @Override
    public Proof proof(Outgoing request) {
        byte[] once = Hashes.utf8(nonce.next());
        String created = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(once);
        text.writeBytes(Hashes.utf8(created));
        text.writeBytes(Hashes.utf8(password));
        String digest = Base64.getEncoder().encodeToString(Hashes.digest("SHA-1", text.toByteArray()));
        return Proof.header("Authorization", "WSSE profile=\"UsernameToken\"")
                .and(Proof.header(
                        "X-WSSE",
                        "UsernameToken Username=\"" + user.replace("\\", "\\\\").replace("\"", "\\\"")
                                + "\", PasswordDigest=\"" + digest + "\", Nonce=\""
                                + Base64.getEncoder().encodeToString(once) + "\", Created=\"" + created + "\""));
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return false;
    }
}
