package io.patchbay.expression;

import java.util.Set;
import java.util.regex.Pattern;

/** What secrets can be called: a plain name, or a place in a vault. */
public final class SecretNames {

    /** Camel's property functions that read vaults; the ones that read the process ({@code env}, {@code sys}) are not among them. */
    public static final Set<String> VAULTS =
            Set.of("hashicorp", "aws", "gcp", "azure", "secret", "configmap", "cyberark", "ibm");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,199}");

    /** Braces would nest one property function in another, the rest would lead out of the place that the name begins with. */
    private static final Pattern NO_PLACE = Pattern.compile("[{}%\\s\\p{Cntrl}]|\\.\\.|//");

    private SecretNames() {}

    /** Whether it is a name in the environment and of files. */
    public static boolean plain(String name) {
        return PLAIN.matcher(name).matches();
    }

    /** Whether it is a place in a vault, like {@code hashicorp:secret/shop#token}. */
    public static boolean inVault(String name) {
        int colon = name.indexOf(':');
        boolean safe = !NO_PLACE.matcher(name).find();
        return colon > 0 && safe && name.length() > colon + 1 && VAULTS.contains(name.substring(0, colon));
    }
}
