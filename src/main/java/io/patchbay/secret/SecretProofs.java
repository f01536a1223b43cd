package io.patchbay.secret;

import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Proofs;

/**
 * Proofs with the secrets that there are.
 *
 * @param secrets finds them by name
 */
public record SecretProofs(Secrets secrets) implements Proofs {

    @Override
    public byte[] of(String secret, String algorithm, byte[] content) {
        String key = secrets.find(secret)
                .map(Secret::reveal)
                .orElseThrow(() -> new ExpressionException("NO_SECRET", missing(secret)));
        return Proofs.with(key, algorithm, content);
    }

    private static String missing(String secret) {
        return "there is no secret '" + secret + "': it is the environment's " + Secrets.PREFIX + secret
                + " or a file of this name in the secrets folder";
    }
}
