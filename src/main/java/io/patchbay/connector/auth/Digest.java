package io.patchbay.connector.auth;

import io.patchbay.connector.Percent;
import io.patchbay.payload.StepException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenge of a 401 with a digest of user and password (RFC 7616, and RFC 2617 which it replaced). The challenge is
 * kept: later requests carry the digest at once, with a count of how often its nonce was used. Own code, because the HTTP
 * client's own digest answers the challenge below us: its extra request would count against no limit and stand in no record.
 */
final class Digest implements Authorizer {

    /** From the weakest to the strongest (RFC 7616 section 3.7: the server's order, of which we take the strongest). */
    private static final List<String> ALGORITHMS = List.of("MD5", "SHA-256", "SHA-512-256");

    private static final Map<String, String> JAVA = Map.of("SHA-512-256", "SHA-512/256");

    private final String user;
    private final String password;
    private final Nonce nonce;
    private volatile @Nullable Session session;

    /**
     * A challenge and how often it was answered.
     *
     * @param cnonce of every answer where the algorithm is one of a session: RFC 7616 section 3.4.2 makes its key of the first
     *     one, and of calls at the same time it is not known which comes first
     */
    record Session(Challenge challenge, AtomicInteger count, String cnonce) {

        String nonce() {
            return Objects.requireNonNullElse(challenge.get("nonce"), "");
        }

        /** The algorithm's name without {@code -sess}; RFC 7616 section 3.3: MD5 when it is not named. */
        String algorithm() {
            String name = Objects.requireNonNullElse(challenge.get("algorithm"), "MD5")
                    .toUpperCase(Locale.ROOT);
            return name.endsWith("-SESS") ? name.substring(0, name.length() - 5) : name;
        }

        boolean ofSession() {
            return Objects.requireNonNullElse(challenge.get("algorithm"), "")
                    .toUpperCase(Locale.ROOT)
                    .endsWith("-SESS");
        }

        /** The quality of protection, or null where the server knows none (RFC 2069). */
        @Nullable
        String quality() {
            String offered = challenge.get("qop");
            List<String> all = offered == null
                    ? List.of()
                    : Stream.of(offered.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                            .toList();
            return all.contains("auth") ? "auth" : all.contains("auth-int") ? "auth-int" : null;
        }

        String hash(String text) {
            return hash(Hashes.utf8(text));
        }

        String hash(byte[] bytes) {
            return HexFormat.of().formatHex(Hashes.digest(JAVA.getOrDefault(algorithm(), algorithm()), bytes));
        }
    }

    Digest(String user, String password, Nonce nonce) {
        this.user = user;
        this.password = password;
        this.nonce = nonce;
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        Session current = session;
        return current == null ? Proof.NONE : Proof.header("Authorization", answer(current, request));
    }

    @Override
    public boolean challenged() {
        return true;
    }

    @Override
    public boolean signs() {
        return true;
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        Session next = strongest(Challenge.of(answer.headersOf("WWW-Authenticate")));
        if (next == null) {
            return false;
        }
        Session current = session;
        boolean answered = !proof.parts().isEmpty();
        // RFC 7616 section 3.3, stale: a new nonce is worth another try only if user and password were not the reason
        String stale = Objects.requireNonNullElse(next.challenge().get("stale"), "");
        boolean wrong = answered && stale.equalsIgnoreCase("false");
        boolean same = !stale.equalsIgnoreCase("true") && answers(proof, next);
        if (wrong || same) {
            session = null;
            return false;
        }
        if (current == null || !next.nonce().equals(current.nonce())) {
            session = next;
        }
        return true;
    }

    /** Whether a proof is an answer to this very challenge; meanwhile others may have got a newer one. */
    private static boolean answers(Proof proof, Session challenge) {
        return proof.parts().stream().anyMatch(part -> part.value().contains(", nonce=" + quoted(challenge.nonce())));
    }

    private @Nullable Session strongest(List<Challenge> challenges) {
        Session best = null;
        for (Challenge challenge : challenges) {
            Session one = new Session(challenge, new AtomicInteger(), nonce.next());
            boolean known = challenge.scheme().equals("digest")
                    && ALGORITHMS.contains(one.algorithm())
                    && !one.nonce().isEmpty();
            if (known && (best == null || ALGORITHMS.indexOf(one.algorithm()) > ALGORITHMS.indexOf(best.algorithm()))) {
                best = one;
            }
        }
        return best;
    }

    private String answer(Session session, Outgoing request) throws StepException {
        Challenge challenge = session.challenge();
        String realm = Objects.requireNonNullElse(challenge.get("realm"), "");
        String count = String.format("%08x", session.count().incrementAndGet());
        String once = session.ofSession() ? session.cnonce() : nonce.next();
        String quality = session.quality();
        String query = request.uri().getRawQuery();
        String target = request.path() + (query == null ? "" : "?" + query);
        // RFC 7616 sections 3.4.1 to 3.4.3
        String first = session.hash(user + ":" + realm + ":" + password);
        if (session.ofSession()) {
            first = session.hash(first + ":" + session.nonce() + ":" + once);
        }
        String second = request.method() + ":" + target;
        if ("auth-int".equals(quality)) {
            second += ":" + session.hash(request.body().all());
        }
        String middle = quality == null ? session.nonce() : session.nonce() + ":" + count + ":" + once + ":" + quality;
        String response = session.hash(first + ":" + middle + ":" + session.hash(second));

        StringBuilder header = new StringBuilder("Digest ").append(name(session, realm));
        header.append(", realm=").append(quoted(realm));
        header.append(", uri=").append(quoted(target));
        if (challenge.get("algorithm") != null) {
            header.append(", algorithm=").append(challenge.get("algorithm"));
        }
        header.append(", nonce=").append(quoted(session.nonce()));
        if (quality != null) {
            header.append(", nc=").append(count).append(", cnonce=").append(quoted(once));
            header.append(", qop=").append(quality);
        }
        header.append(", response=\"").append(response).append('"');
        if (challenge.get("opaque") != null) {
            header.append(", opaque=").append(quoted(challenge.get("opaque")));
        }
        return header.toString();
    }

    /** RFC 7616 section 3.4.4: hashed when the server wants that; else in the form of RFC 8187 when it is not plain. */
    private String name(Session session, String realm) {
        if ("true".equalsIgnoreCase(session.challenge().get("userhash"))) {
            return "username=\"" + session.hash(user + ":" + realm) + "\", userhash=true";
        }
        boolean plain = user.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? "username=" + quoted(user) : "username*=UTF-8''" + Percent.encoded(user);
    }

    private static String quoted(@Nullable String text) {
        return "\"" + Objects.requireNonNullElse(text, "").replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
