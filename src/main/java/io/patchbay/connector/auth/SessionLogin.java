package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.Place;
import io.patchbay.connector.auth.RenewedProof.Life;
import io.patchbay.connector.auth.Sessions.Opened;
import io.patchbay.connector.definition.LoginConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A session that a call of the connector opens, kept for all calls of the instance until the system refuses it or its time is
 * over. One caller logs in, the others wait and share the outcome.
 */
final class SessionLogin implements Authorizer {

    /** Of all cookies some say things like "en", which must not be taken out of every text. */
    private static final int SHORTEST_ID = 8;

    private final AuthMethod method;
    private final String owner;
    private final LoginConfig config;
    private final Injection injection;
    private final Sessions sessions;
    private final Clock clock;
    private final Redactor redactor;
    private final RenewedProof session;
    private final Pause pause;
    private final Fruitless renewals;

    SessionLogin(AuthMethod method, Surroundings surroundings) {
        this.method = method;
        this.owner = surroundings.owner();
        this.config = Objects.requireNonNull(method.config().login());
        this.injection = Injection.of(method, surroundings.scope());
        this.sessions = surroundings.sessions();
        this.clock = surroundings.clock();
        this.redactor = surroundings.redactor();
        this.session = new RenewedProof(this::opened, clock);
        this.pause = new Pause(clock);
        this.renewals = new Fruitless(clock);
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        return session.proof();
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return session.refused(proof, renewals);
    }

    @Override
    public void accepted(Proof proof) {
        renewals.accepted();
    }

    @Override
    public boolean paused() {
        return pause.lasts() || renewals.lasts();
    }

    @Override
    public @Nullable Proof open() {
        return session.good();
    }

    private Life opened() throws StepException {
        Instant asked = clock.instant();
        Proof proof = login();
        Instant ends = config.ttl() == null ? Instant.MAX : asked.plus(config.ttl());
        return new Life(proof, ends, ends);
    }

    private Proof login() throws StepException {
        pause.check();
        try {
            return proof(sessions.open(config.endpoint()));
        } catch (StepException e) {
            pause.begin(e);
            throw e;
        }
    }

    private Proof proof(Opened answer) throws StepException {
        Proof proof = token(answer);
        Place server = method.session() == null ? null : method.session().server();
        if (server == null) {
            return proof;
        }
        JsonNode named = server.find(answer.tree());
        if (!named.isTextual()) {
            throw none("names no server at " + server);
        }
        return proof.and(Proof.server(sessions.server(config.endpoint(), named.textValue())));
    }

    private Proof token(Opened answer) throws StepException {
        if (config.cookie() != null) {
            return cookies(config.cookie(), answer.headersOf("Set-Cookie"));
        }
        Place place = method.session() == null ? null : method.session().token();
        if (place != null) {
            JsonNode found = place.find(answer.tree());
            String text = found.isValueNode() && !found.isNull() ? Values.text(found) : "";
            return found.isNumber() ? number(text) : token(text, "at " + place);
        }
        List<String> values = answer.headersOf(Objects.requireNonNull(config.header()));
        return token(values.isEmpty() ? "" : values.get(0), "in header " + config.header());
    }

    private Proof token(String token, String where) throws StepException {
        if (token.isEmpty()) {
            throw none("has no token " + where);
        }
        String own = matched(token, where);
        learn("token", own);
        return injection.proof(own);
    }

    /** A short one is no secret: it names a user, and stands in other texts too. */
    private Proof number(String number) {
        if (number.length() >= SHORTEST_ID) {
            learn("token", number);
        }
        return injection.proof(number).numbers();
    }

    private String matched(String token, String where) throws StepException {
        Pattern pattern = method.session() == null ? null : method.session().pattern();
        if (pattern == null) {
            return token;
        }
        Matcher matcher = pattern.matcher(token);
        String own = !matcher.matches() ? null : matcher.groupCount() == 0 ? token : matcher.group(1);
        if (own == null || own.isEmpty()) {
            learn("token", token);
            throw none("has no token of the form " + pattern + " " + where);
        }
        return own;
    }

    /** RFC 6265 section 5.2: what stands before the first semicolon; a later cookie of a name takes the place of an earlier one. */
    private Proof cookies(String wanted, List<String> set) throws StepException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String cookie : set) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            if (!name.isEmpty() && !value.isEmpty() && (wanted.equals("*") || wanted.equals(name))) {
                found.put(name, value);
                if (wanted.equals(name) || value.length() >= SHORTEST_ID) {
                    learn("cookie " + found.size(), value); // not by name: the system may make up new ones for ever
                }
            }
        }
        if (found.isEmpty()) {
            throw none("sets no cookie" + (wanted.equals("*") ? "" : " '" + wanted + "'"));
        }
        if (injection.inject() != null && !wanted.equals("*")) {
            return injection.proof(Objects.requireNonNull(found.get(wanted)));
        }
        return Proof.header(
                "Cookie",
                found.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining("; ")));
    }

    /** Each under a name of its own, because of each name only the last values are kept. */
    private void learn(String name, String value) {
        redactor.learn("session:" + owner + ":" + name, value);
    }

    private StepException none(String what) {
        return new StepException(
                Owner.REMOTE, "NO_TOKEN", "the answer of the login '" + config.endpoint() + "' " + what);
    }
}
