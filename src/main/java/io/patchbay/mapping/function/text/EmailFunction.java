package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mail addresses in one form. */
final class EmailFunction {

    /** What people's addresses look like; quoted local parts are no more than a rule in a book. */
    private static final Pattern LOCAL =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]++(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]++)*+");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    /** The beginning of an address in other text: {@code Sales @ Acme, Inc.} is none. */
    private static final Pattern ANOTHER = Pattern.compile("[^\\s,;<>]@[^\\s,;<>@.]+\\.[^\\s,;<>.]");

    private static final Pattern END = Pattern.compile("[,;]");

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "email",
                            "A mail address without blanks around it, `mailto:` or the name before `<`, in lower case, its domain"
                                    + " as it is looked up (`münchen.de` becomes `xn--mnchen-3ya.de`). With `tag: false` without"
                                    + " what follows `+`. A text that is no address is an error; whether the address receives"
                                    + " mail is not asked.")
                    .from(ValueKind.TEXTS, ValueKind.TEXT)
                    .example("email", "\" Ann.Archer@Example.ORG \"", "ann.archer@example.org")
                    .example("{ email: { tag: false } }", "\"Ann <ann+shop@example.org>\"", "ann@example.org")
                    .refuses(
                            "email",
                            "\"Ann <ann@x.org>, Bob <bob@x.org>\"",
                            "email: there are several mail addresses in the text: split it, or take one with extract")
                    .refuses("email", "\"ann@example\"", "email: the text is not a mail address like ann@example.org"),
            EmailSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(normal(Found.text(value), settings)));

    /** Settings. */
    @Doc("What stays of an address")
    record EmailSettings(
            @Doc("Whether what follows + in the name stays") @Default("true")
            boolean tag,

            @Doc("Whether capitals in the name stay; a few systems tell them apart") @Default("false")
            boolean keepCase) {}

    private EmailFunction() {}

    private static String normal(String text, EmailSettings settings) {
        String address = text.strip();
        int open = address.lastIndexOf('<');
        if (open >= 0 && address.endsWith(">")) {
            if (endsAnother(address.substring(0, open))) {
                throw new FunctionException(
                        "there are several mail addresses in the text: split it, or take one with extract");
            }
            address = address.substring(open + 1, address.length() - 1).strip();
        }
        if (address.regionMatches(true, 0, "mailto:", 0, 7)) {
            address = address.substring(7);
        }
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > 254) {
            throw wrong();
        }
        String local = address.substring(0, at);
        int plus = local.indexOf('+');
        if (!settings.tag() && plus > 0) {
            local = local.substring(0, plus);
        }
        String domain = domain(address.substring(at + 1));
        if (local.length() > 64
                || !LOCAL.matcher(local).matches()
                || !DOMAIN.matcher(domain).matches()) {
            throw wrong();
        }
        return (settings.keepCase() ? local : local.toLowerCase(Locale.ROOT)) + "@" + domain;
    }

    /** Whether an address stands in what comes before the last one, and not as the name of who has that. */
    private static boolean endsAnother(String text) {
        Matcher address = ANOTHER.matcher(text);
        return text.indexOf('<') >= 0 || (address.find() && END.matcher(text).find(address.end()));
    }

    /** Letters that the older rules, which the JDK has, make others of: another domain, which somebody else may own. */
    private static final Pattern TWO_WAYS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    private static String domain(String domain) {
        if (TWO_WAYS.matcher(domain).find()) {
            throw new FunctionException(
                    "the domain of the mail address has a letter that is written in two ways, like \u00df; it must come as xn--\u2026");
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw wrong();
        }
    }

    private static FunctionException wrong() {
        return new FunctionException("the text is not a mail address like ann@example.org");
    }
}
