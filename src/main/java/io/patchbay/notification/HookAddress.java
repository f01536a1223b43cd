package io.patchbay.notification;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses that are told: as settings give them, with secrets in them, and as they are called. */
final class HookAddress {

    private static final Pattern SECRET =
            Pattern.compile("\\$\\{secret(?:\\.([A-Za-z_][A-Za-z0-9_-]{0,199})|\\['([^'}]{1,500})'])}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\\p{Cntrl}]+");

    private HookAddress() {}

    /** Whether a setting could be one. What secrets hold shows when it is called. */
    static boolean plausible(String setting) {
        String rest = SECRET.matcher(setting).replaceAll("x");
        boolean begins = SECRET.matcher(setting).lookingAt();
        return !rest.contains("${") && (begins || ADDRESS.matcher(rest).matches());
    }

    /**
     * The address that a setting leads to.
     *
     * @param secrets gives the value of a name
     * @param open hosts that may be called without encryption
     * @param target what it is for, for sentences
     * @throws StepException when a secret is missing, or it is no address that may be called
     */
    static URI resolve(String setting, Function<String, Optional<String>> secrets, List<String> open, Target target)
            throws StepException {
        Matcher secret = SECRET.matcher(setting);
        StringBuilder text = new StringBuilder();
        while (secret.find()) {
            String name = secret.group(1) == null ? secret.group(2) : secret.group(1);
            String value = secrets.apply(name)
                    .orElseThrow(() -> new StepException(
                            Owner.AUTHOR, "NO_SECRET", target + ": there is no secret '" + name + "'"));
            secret.appendReplacement(text, Matcher.quoteReplacement(value.strip()));
        }
        URI address = uri(secret.appendTail(text).toString());
        String host = address == null ? null : address.getHost();
        if (address == null
                || host == null
                || !ADDRESS.matcher(address.toString()).matches()) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_ADDRESS", target + ": its setting is no address that begins with https://");
        }
        if (!"https".equals(address.getScheme()) && !open.contains(host.toLowerCase(Locale.ROOT))) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_ENCRYPTED",
                    target + ": it must begin with https://; a host that is called without encryption stands under"
                            + " patchbay.notifications.allowed-hosts");
        }
        return address;
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null; // its text would show the address
        }
    }
}
