package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Parameter;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads addresses. One text is one address, so that no value can bring in receivers that nobody meant. */
final class Addresses {

    /** Most receivers of one mail (RFC 5321 section 4.5.3.1.8). */
    static final int MOST = 100;

    private static final int LONGEST = 320;
    /** RFC 5321 section 4.1.2, without quoted local parts and address literals. */
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}(\\.[A-Za-z0-9][A-Za-z0-9-]{0,62}){0,30}");

    private Addresses() {}

    /** All addresses of a key; a text that reads an input which is not given is left out. @throws StepException if one is none */
    static Set<InternetAddress> all(String key, List<Template> templates, CallScope scope) throws StepException {
        Set<InternetAddress> all = new LinkedHashSet<>();
        for (Template template : templates) {
            JsonNode value = value(Parameter.of(key, template), scope);
            if (value.isArray()) {
                for (JsonNode one : value) {
                    all.add(one(key, one.isTextual() ? one.textValue() : one.toString()));
                }
            } else if (!Values.absent(value)) {
                all.add(one(key, Values.text(value)));
            }
            if (all.size() > MOST) {
                throw new StepException(
                        Owner.AUTHOR, "TOO_MANY_RECEIVERS", "'" + key + "' has more than " + MOST + " addresses");
            }
        }
        return all;
    }

    private static JsonNode value(Parameter parameter, CallScope scope) throws StepException {
        try {
            return parameter.optional()
                    ? parameter.value().find(scope)
                    : parameter.value().value(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** Reads {@code shop@example.com} or {@code Shop <shop@example.com>}. @throws StepException when it is anything else */
    static InternetAddress one(String key, String text) throws StepException {
        boolean behind = text.indexOf('<') >= 0 && !text.endsWith(">"); // the library would drop it
        if (text.length() > LONGEST || Lines.broken(text) || behind) {
            throw bad(key, text);
        }
        try {
            InternetAddress[] read = InternetAddress.parse(text, true);
            if (read.length != 1 || read[0].isGroup()) {
                throw bad(key, text);
            }
            String personal = read[0].getPersonal();
            if (personal != null && Lines.broken(personal)) {
                throw bad(key, text);
            }
            return new InternetAddress(plain(key, read[0].getAddress()), personal, "UTF-8");
        } catch (AddressException | UnsupportedEncodingException e) {
            throw bad(key, text);
        }
    }

    private static String plain(String key, String address) throws StepException {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(at, 0));
        try {
            String domain = IDN.toASCII(address.substring(at + 1));
            boolean dots = local.startsWith(".") || local.endsWith(".") || local.contains("..");
            boolean fits = LOCAL.matcher(local).matches()
                    && domain.length() <= 253
                    && DOMAIN.matcher(domain).matches();
            if (fits && !dots) {
                return local + "@" + domain;
            }
        } catch (IllegalArgumentException e) {
            // no domain
        }
        throw bad(key, address);
    }

    private static StepException bad(String key, String text) {
        return new StepException(
                Owner.AUTHOR,
                "BAD_ADDRESS",
                "'" + key + "': '" + MailFailures.shown(text)
                        + "' is not one address, like shop@example.com or Shop <shop@example.com>");
    }
}
