package io.patchbay.connector.mail;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.auth.Consent;
import io.patchbay.connector.http.TokenClient;
import io.patchbay.connector.http.TokenClient.Token;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in: nobody, a user with a password, or a user with a token that is good at that moment. A token that the server does
 * not take is renewed, once; then the sentence says what a person can do.
 */
final class MailLogin implements AutoCloseable {

    private final @Nullable MailUser fixed;
    private final @Nullable TokenClient tokens;
    private final String name;

    private MailLogin(@Nullable MailUser fixed, @Nullable TokenClient tokens, String name) {
        this.fixed = fixed;
        this.tokens = tokens;
        this.name = name;
    }

    /** Logs in. */
    interface Attempt<S> {
        /** As this user; null for nobody. */
        S as(@Nullable MailUser user) throws StepException;
    }

    /**
     * The login of an instance; nothing goes over the network yet.
     *
     * @param secured whether the mail server is reached by TLS
     * @throws StepException when a setting does not fit
     */
    static MailLogin of(Instance instance, CallScope settings, Hosts hosts, boolean secured, ConnectorServices services)
            throws StepException {
        if (!instance.auth().config().type().oauth2()) {
            return new MailLogin(MailUser.of(instance.auth(), settings), null, "");
        }
        String name = MailUser.name(instance.auth(), settings);
        return new MailLogin(null, new TokenClient(instance, settings, hosts, secured, services), name);
    }

    /** Whether nobody logs in. */
    boolean nobody() {
        return fixed == null && tokens == null;
    }

    /** What is shown to the server, as part of a sentence. */
    String shown() {
        return tokens == null ? "user and password" : "the access token";
    }

    /** Logs in, and once more with a new token when the server does not take the one that there was. */
    <S> S in(Attempt<S> attempt) throws StepException {
        if (tokens == null) {
            return attempt.as(fixed);
        }
        Token token = tokens.token();
        try {
            return in(attempt, tokens, token);
        } catch (StepException e) {
            if (!refuses(e)) {
                throw e;
            }
            if (!tokens.refused(token)) {
                throw told(e, tokens);
            }
        }
        Token fresh = tokens.token();
        try {
            return in(attempt, tokens, fresh);
        } catch (StepException e) {
            if (!refuses(e)) {
                throw e;
            }
            tokens.refused(fresh);
            throw told(e, tokens);
        }
    }

    private <S> S in(Attempt<S> attempt, TokenClient tokens, Token token) throws StepException {
        S session = attempt.as(MailUser.token(name, token.text()));
        tokens.accepted(token);
        return session;
    }

    private static boolean refuses(StepException why) {
        return why.code().equals(MailFailures.AUTH_FAILED);
    }

    private StepException told(StepException why, TokenClient tokens) {
        String remedy = tokens.remedy();
        return new StepException(
                why.owner(),
                why.code(),
                why.getMessage() + "; "
                        + (remedy == null
                                ? "look whether the client may open mailbox '" + MailFailures.shown(name) + "'"
                                : remedy));
    }

    @Nullable
    Consent consent() {
        return tokens == null ? null : tokens.consent();
    }

    /** Whether tokens were refused, and none is asked for now. */
    boolean paused() {
        return tokens != null && tokens.paused();
    }

    @Override
    public void close() {
        if (tokens != null) {
            tokens.close();
        }
    }
}
