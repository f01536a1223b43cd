package io.patchbay.connector;

import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hosts that may be called.
 *
 * @param patterns names, or {@code *.example.com} for any name below, in lower case
 * @param listed whether somebody wrote them down as hosts that may be called; else they only follow from an address
 * @param names finds addresses
 */
public record Hosts(List<String> patterns, boolean listed, Names names) {

    /** A host with a port; an IPv6 address has more colons, or brackets. */
    private static final Pattern PORT = Pattern.compile("^([^:\\[\\]]+|\\[[^\\]]+]):[0-9]{1,5}$");

    private static final Pattern NAMED = Pattern.compile("https?://[^/?#$]+([/?#].*)?");

    public Hosts {
        patterns = patterns.stream().map(Hosts::plain).toList();
    }

    /** Hosts whose addresses are found as the machine is set up. */
    public Hosts(List<String> patterns, boolean listed) {
        this(patterns, listed, Names.SYSTEM);
    }

    /** The same hosts, whose addresses are found by others. */
    public Hosts by(Names other) {
        return new Hosts(patterns, listed, other);
    }

    /**
     * The hosts of an instance: what its connector lists, else the host of its address; narrowed by what the instance lists.
     *
     * @throws StepException when the instance lists a host that the connector does not allow
     */
    public static Hosts of(Instance instance, String host, CallScope settings) throws StepException {
        return of(instance, List.of(host), settings);
    }

    /**
     * The hosts of an instance with several addresses. What its connector lists may be such addresses, with commas and ports.
     *
     * @throws StepException when the instance lists a host that the connector does not allow
     */
    public static Hosts of(Instance instance, List<String> addressed, CallScope settings) throws StepException {
        List<Template> declared = instance.connector().requester().allowedHosts();
        Hosts wide = declared == null
                ? new Hosts(addressed, false)
                : new Hosts(
                        declared.stream()
                                .flatMap(one -> Stream.of(one.text(settings).split(",")))
                                .map(one -> PORT.matcher(one.strip()).replaceFirst("$1"))
                                .filter(one -> !one.isEmpty())
                                .toList(),
                        true);
        List<String> narrowed = instance.config().allowedHosts();
        if (narrowed == null) {
            return wide;
        }
        for (String one : narrowed) {
            if (!wide.allows(one)) {
                throw new StepException(
                        Owner.AUTHOR,
                        "HOST_NOT_ALLOWED",
                        "instance '" + instance.name() + "' allows host '" + one + "', which its connector does not");
            }
        }
        return new Hosts(narrowed, true);
    }

    /** The hosts of an instance, when its own host is among them. @throws StepException when it is not */
    public static Hosts covering(Instance instance, String host, CallScope settings) throws StepException {
        Hosts hosts = of(instance, host, settings);
        if (!hosts.allows(host)) {
            throw new StepException(
                    Owner.AUTHOR, "HOST_NOT_ALLOWED", "host '" + host + "' is not among the instance's allowedHosts");
        }
        return hosts;
    }

    /**
     * The address of a host. A private one must be meant: its host must stand under allowedHosts.
     *
     * @throws StepException when the host is not known, or has a private address that is not meant
     */
    public InetAddress reachable(String host) throws StepException {
        try {
            InetAddress[] all = names.all(host);
            for (InetAddress one : all) {
                if (PrivateAddresses.covers(one) && !names(host)) {
                    throw new StepException(
                            Owner.AUTHOR,
                            "HOST_NOT_ALLOWED",
                            "host '" + host
                                    + "' has a private address; list it under requester: {allowedHosts: […]} of the connector if it is meant");
                }
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw new StepException(Owner.REMOTE, "UNKNOWN_HOST", "host '" + host + "' is not known", e, true, null);
        }
    }

    /**
     * The address of a host that may be called. Whoever connects, connects to it and not to the name, which may have another one
     * a moment later.
     *
     * @throws StepException when it may not be called, is not known, or has a private address that is not meant
     */
    public InetAddress address(String host) throws StepException {
        if (!allows(host)) {
            throw notAllowed(host);
        }
        return reachable(host);
    }

    private static StepException notAllowed(String host) {
        return new StepException(
                Owner.AUTHOR, "HOST_NOT_ALLOWED", "host '" + host + "' is not among the instance's allowedHosts");
    }

    /** Whether an address names its host itself, so that no setting can lead elsewhere. */
    public static boolean named(Template address) {
        return NAMED.matcher(address.toString()).matches();
    }

    /**
     * Refuses a host that may not be called: one that is not here, or a private address that is not meant.
     *
     * @throws StepException naming the host
     */
    public void check(String host) throws StepException {
        if (!allows(host)) {
            throw notAllowed(host);
        }
        if (names(host)) {
            return;
        }
        try {
            for (InetAddress one : names.all(host)) {
                if (PrivateAddresses.covers(one)) {
                    throw new StepException(
                            Owner.AUTHOR,
                            "HOST_NOT_ALLOWED",
                            "host '" + host
                                    + "' has a private address; list it under requester: {allowedHosts: […]} of the connector if it is meant");
                }
            }
        } catch (UnknownHostException e) {
            throw new StepException(Owner.REMOTE, "UNKNOWN_HOST", "host '" + host + "' is not known", e, true, null);
        }
    }

    /** Whether a host may be called. */
    public boolean allows(String host) {
        String name = plain(host);
        return patterns.stream().anyMatch(pattern -> covers(pattern, name));
    }

    /** Whether a host stands here by its own name, so that even a private address is meant. */
    public boolean names(String host) {
        return listed && patterns.contains(plain(host));
    }

    /** Whether a pattern covers a host, or everything that a narrower pattern covers. */
    static boolean covers(String pattern, String host) {
        String wide = plain(pattern);
        String narrow = plain(host);
        return wide.equals(narrow)
                || (wide.startsWith("*.") && narrow.endsWith(wide.substring(1)) && narrow.length() > wide.length() - 1);
    }

    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
