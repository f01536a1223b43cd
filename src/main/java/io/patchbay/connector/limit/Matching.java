package io.patchbay.connector.limit;

import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.definition.RateLimitConfig.CallMatch;
import io.patchbay.connector.definition.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which endpoints a limit holds for. */
public final class Matching {

    private Matching() {}

    /**
     * Whether a limit holds for an endpoint's calls.
     *
     * @param endpoint null for calls that belong to none
     */
    public static boolean holds(@Nullable CallMatch match, @Nullable Endpoint endpoint) {
        if (match == null) {
            return true;
        }
        if (endpoint == null || !(endpoint.call() instanceof HttpCall call)) {
            return false;
        }
        Text path = endpoint.config().path();
        boolean method = match.method().isEmpty() || match.method().contains(call.method());
        return method
                && (match.path() == null
                        || (path != null
                                && pattern(match.path())
                                        .matcher(path.node().text())
                                        .matches()));
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String any : glob.split("(?<=\\*\\*)|(?=\\*\\*)", -1)) {
            regex.append(any.equals("**") ? ".*" : Pattern.quote(any).replace("*", "\\E[^/]*\\Q"));
        }
        return Pattern.compile(regex.toString());
    }
}
