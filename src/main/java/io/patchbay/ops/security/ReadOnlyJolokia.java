package io.patchbay.ops.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.DenyAllRestrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What JMX over HTTP may do: from nothing, opened for reading what Hawtio's Camel pages show. No attribute can be written and
 * no operation called that changes anything, whoever asks; routes belong to flow files, not to whoever has the console open.
 * Below an administrator, operations that hand out messages are closed too: reading payloads goes by the API, which writes it down.
 *
 * <p>Jolokia makes it by name (setting {@code management.endpoint.jolokia.config.restrictorClass}).
 */
public final class ReadOnlyJolokia extends DenyAllRestrictor {

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);

    private static final String CAMEL = "org.apache.camel";
    private static final String HAWTIO = "hawtio";

    /**
     * Hawtio's MBean that is asked whether each other one may be called, and says yes. With 1,000 flows that is thousands of questions before a page is
     * shown; where it is not seen, none is asked. What may be called is decided here.
     */
    private static final String ASKED_OF_EACH = "jmx";

    /** Numbers for Hawtio's start page. Not java.lang:type=Runtime: it shows the command line and system properties. */
    private static final Set<String> JVM = Set.of(
            "java.lang:type=Memory",
            "java.lang:type=OperatingSystem",
            "java.lang:type=Threading",
            "java.lang:type=ClassLoading");

    private static final Set<String> RUNTIME =
            Set.of("StartTime", "Uptime", "VmName", "VmVersion", "VmVendor", "SpecVersion");

    /** Operations of Camel's MBeans that only tell. An allow-list: a new Camel version opens nothing by itself. */
    private static final Pattern CAMEL_TELLS = Pattern.compile(
            "(dump\\w+|browse\\w*|list\\w*|explain\\w*|find\\w*" + "|get[A-Z]\\w*|is[A-Z]\\w*|has[A-Z]\\w*|queueSize)");

    /** Those of them that hand out what is in messages. */
    private static final Pattern CAMEL_HANDS_OUT =
            Pattern.compile("(browse\\w*|dump\\w*(Message|Traced|History|Exchange)\\w*)");

    /** MBeans of which a request was refused an attribute. */
    private static final String REFUSED = ReadOnlyJolokia.class.getName() + ".refused";

    /** So many of them are written down for one request, each with the first attribute. */
    private static final int MOST_REFUSED = 5;

    private final JolokiaAudit audit;

    /** As Jolokia makes it. */
    public ReadOnlyJolokia() {
        this(JolokiaAudit.OF_REQUEST);
    }

    ReadOnlyJolokia(JolokiaAudit audit) {
        this.audit = audit;
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return true;
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        // Who may ask is decided by the login in front.
        return true;
    }

    /**
     * Pages of our own only: the origin must name the host that the request was sent to. Answers nobody else's preflight, so
     * that no browser hands an answer to another site.
     */
    @Override
    public boolean isOriginAllowed(@Nullable String origin, boolean strict) {
        if (origin == null) {
            return true;
        }
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)) {
            return false;
        }
        String host = request.getRequest().getHeader(HttpHeaders.HOST);
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        boolean fine = TYPES.contains(type) && may(Permission.VIEW);
        if (!fine) {
            audit.denied(type.getName());
        }
        return fine;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !shown(name);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        boolean fine =
                name.getCanonicalName().equals("java.lang:type=Runtime") ? RUNTIME.contains(attribute) : shown(name);
        if (!fine && isNews(name)) {
            audit.denied(attribute + " of " + name.getCanonicalName());
        }
        return fine;
    }

    /**
     * Whether a read of an MBean that is refused is to be written down: who asks for all attributes of many is refused each of them, and what others are
     * refused in that minute is to be found, too.
     */
    private static boolean isNews(ObjectName name) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return true;
        }
        Set<String> told = new HashSet<>();
        if (request.getAttribute(REFUSED, RequestAttributes.SCOPE_REQUEST) instanceof Collection<?> before) {
            before.forEach(one -> told.add(String.valueOf(one)));
        }
        boolean news = told.size() < MOST_REFUSED && told.add(name.getCanonicalName());
        request.setAttribute(REFUSED, told, RequestAttributes.SCOPE_REQUEST);
        return news;
    }

    /** Operations that hand out messages are written down before they do, and all that are refused. */
    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        String plain = operation.contains("(") ? operation.substring(0, operation.indexOf('(')) : operation;
        boolean camel = name.getDomain().equals(CAMEL);
        boolean tells = camel
                ? CAMEL_TELLS.matcher(plain).matches()
                : name.getDomain().equals(HAWTIO) && (plain.startsWith("canInvoke") || plain.equals("list"));
        boolean handsOut = camel && CAMEL_HANDS_OUT.matcher(plain).matches();
        String subject = plain + " of " + name.getCanonicalName();
        if (!tells || (handsOut && !may(Permission.ADMINISTER))) {
            audit.denied(subject);
            return false;
        }
        return !handsOut || audit.allowed(subject);
    }

    private static boolean shown(ObjectName name) {
        return name.getDomain().equals(CAMEL)
                || (name.getDomain().equals(HAWTIO) && !ASKED_OF_EACH.equals(name.getKeyProperty("area")))
                || name.getCanonicalName().equals("java.lang:type=Runtime")
                || JVM.contains(name.getCanonicalName());
    }

    private static boolean may(Permission permission) {
        Actor who = Actor.of(SecurityContextHolder.getContext().getAuthentication());
        return who != null && !who.bounded() && who.role().may(permission);
    }
}
