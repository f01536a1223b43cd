package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Node;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.ConnectorConfig;
import io.patchbay.connector.definition.DatabaseConfig;
import io.patchbay.connector.definition.FtpConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.LoginConfig;
import io.patchbay.connector.definition.MailServerConfig;
import io.patchbay.connector.definition.PropertyConfig;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a connector file as a whole and compiles it. */
final class ConnectorCompiler {

    private static final Set<String> WEB = Set.of("http", "https");
    private static final Pattern SETTING = Pattern.compile("\\$\\{settings\\.([A-Za-z0-9_-]+)}");

    private final ConnectorConfig config;
    private final Compiling compiling;

    ConnectorCompiler(ConnectorConfig config, Node root, SchemaFiles files, ScriptFiles scripts, Problems problems) {
        this.config = config;
        Set<String> names = new HashSet<>(config.settings().properties().keySet());
        names.addAll(config.settings().secrets());
        this.compiling = new Compiling(
                root,
                problems,
                names,
                Set.copyOf(config.settings().secrets()),
                config.settings().optional(),
                files,
                scripts);
    }

    /**
     * The connector, or null when problems got an error.
     *
     * @param text of the file
     * @param hash makes the hash of a text
     */
    @Nullable
    Connector compile(String file, String text, UnaryOperator<String> hash) {
        long before = compiling.problems().errors();
        checkNames();
        checkSettings();
        Requester requester = requester();
        Map<String, AuthMethod> auth = new LinkedHashMap<>();
        Transport transport = new Transport(compiling, config.requester() == null ? null : scheme(config.requester()));
        config.auth().forEach(transport::check);
        config.auth()
                .forEach((id, method) ->
                        auth.put(id, new AuthCompiler(compiling, config.endpoints()).compile(id, method)));
        ErrorRules errors =
                new ErrorsCompiler(compiling).compile(config.errorHandler(), ErrorsCompiler.DEFAULT, "errorHandler");
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        config.endpoints().forEach((id, endpoint) -> {
            endpoints.put(
                    id,
                    new EndpointCompiler(compiling, errors, logins(), config.endpoints(), proofs())
                            .compile(id, endpoint));
            new InputsCompiler(compiling).check(id, endpoint.inputs());
            transport.check(id, endpoint);
        });
        new TestsCompiler(compiling, config).check();
        Map<String, WebhookEvent> webhooks = new LinkedHashMap<>();
        WebhookCompiler events = new WebhookCompiler(compiling, config.endpoints());
        config.webhooks().forEach((id, webhook) -> webhooks.put(id, events.compile(id, webhook)));
        return compiling.problems().errors() > before
                ? null
                : new Connector(
                        Version.parse(config.version()),
                        config,
                        file,
                        hash.apply(text
                                + compiling.files().content()
                                + compiling.scripts().content()),
                        texts(text),
                        requester,
                        auth,
                        endpoints,
                        webhooks);
    }

    private void checkNames() {
        if (!ConnectorConfig.ID.matcher(config.connector()).matches()) {
            compiling.error(
                    compiling.at("connector"),
                    "BAD_VALUE",
                    "connector id '" + config.connector() + "' must be kebab-case, like my-shop",
                    null);
        }
        if (!ConnectorConfig.VERSION.matcher(config.version()).matches()) {
            compiling.error(
                    compiling.at("version"),
                    "BAD_VALUE",
                    "version '" + config.version() + "' must be three numbers, like 2.3.0",
                    null);
        }
    }

    /** What it is made of, by the paths of the files. */
    private Map<String, String> texts(String own) {
        Map<String, String> texts = new LinkedHashMap<>(compiling.files().texts());
        texts.putAll(compiling.scripts().texts());
        texts.put(CatalogFiles.DEFINITION, own);
        return texts;
    }

    /** Endpoints that open sessions: the one place besides auth and headers where secrets may be sent. */
    private Set<String> logins() {
        return config.auth().values().stream()
                .map(AuthConfig::login)
                .filter(Objects::nonNull)
                .map(LoginConfig::endpoint)
                .collect(Collectors.toSet());
    }

    /** What ways to prove who calls put into paths and bodies, by name. */
    private Map<Into, Set<String>> proofs() {
        Map<Into, Set<String>> proofs = new EnumMap<>(Into.class);
        for (AuthConfig auth : config.auth().values()) {
            InjectConfig inject = auth.inject();
            if (inject != null && inject.name() != null) {
                proofs.computeIfAbsent(inject.into(), into -> new HashSet<>()).add(inject.name());
            }
            proofs.computeIfAbsent(Into.BODY, into -> new HashSet<>())
                    .addAll(auth.values().keySet());
        }
        return proofs;
    }

    private void checkSettings() {
        config.settings().properties().forEach(this::checkSetting);
    }

    private void checkSetting(String name, PropertyConfig property) {
        String[] keys = {"settings", "properties", name};
        boolean regex = property.pattern() == null
                || compiling.regex(property.pattern(), Compiling.below(keys, "pattern")) != null;
        SettingRules.against(property)
                .ifPresent(against -> compiling.error(
                        compiling.at(Compiling.below(keys, against.key())), "BAD_VALUE", against.what(), null));
        JsonNode fallback = property.fallback();
        if (fallback == null || fallback.isNull()) {
            return;
        }
        Location at = compiling.at(Compiling.below(keys, "default"));
        Optional<String> kind = Literal.check(fallback, property.type().value(), property.choices(), "default");
        kind.ifPresent(what -> compiling.error(
                at, "BAD_VALUE", what, Literal.hint(fallback, property.type().value())));
        if (regex && kind.isEmpty()) {
            SettingRules.broken(fallback, property)
                    .ifPresent(what -> compiling.error(
                            at, "BAD_VALUE", "'default' " + what + ", found '" + Values.text(fallback) + "'", null));
        }
    }

    private Requester requester() {
        RequesterConfig requester = config.requester();
        if (requester == null) {
            compiling.error(
                    compiling.at(),
                    "MISSING_KEY",
                    "connector needs the key 'requester'",
                    "at least {baseUrl: https://…}");
            requester = new RequesterConfig(
                    Text.of("https://nowhere.invalid", compiling.at()),
                    Map.of(),
                    Map.of(),
                    java.time.Duration.ofSeconds(30),
                    java.time.Duration.ofSeconds(5),
                    RequesterConfig.Compression.NONE,
                    null,
                    null,
                    RequesterConfig.Redirects.NONE,
                    org.springframework.util.unit.DataSize.ofMegabytes(1),
                    1,
                    null,
                    null,
                    null,
                    null);
        }
        String scheme = scheme(requester);
        if (scheme == null || !Transport.SCHEMES.contains(scheme)) {
            compiling.error(
                    requester.baseUrl().at(),
                    "BAD_URL",
                    "baseUrl '" + requester.baseUrl().node().text()
                            + "' must begin with https:, http:, sftp:, ftp:, file:, jdbc:, smtp:, imap:, artemis:, amqp:, rabbitmq: or"
                            + " kafka:",
                    null);
        }
        for (Map<String, Text> texts : List.of(requester.headers(), requester.query())) {
            Text each = texts.get(Parameter.EACH);
            if (each != null) {
                compiling.error(
                        each.at(), "NOT_HERE", "'*' belongs to an endpoint: it stands for members of an input", null);
            }
        }
        List<Text> allowed = requester.allowedHosts();
        return new Requester(
                requester,
                compiling.template(requester.baseUrl(), Where.FIXED),
                compiling.parameters(requester.headers(), Where.AUTH),
                compiling.parameters(requester.query(), Where.FIXED),
                allowed == null
                        ? null
                        : allowed.stream()
                                .map(host -> compiling.template(host, Where.FIXED))
                                .toList(),
                compiling.optional(requester.knownHosts(), Where.FIXED),
                ftp(requester, "ftp".equals(scheme)),
                database(requester, "jdbc".equals(scheme)),
                mail(requester, "smtp".equals(scheme) || "imap".equals(scheme)));
    }

    private Requester.@Nullable Database database(RequesterConfig requester, boolean wanted) {
        DatabaseConfig database = requester.database();
        Location at = compiling.at("requester", "database");
        if (database != null && !wanted) {
            compiling.error(at, "NOT_HERE", "'database' belongs to a baseUrl of jdbc:", null);
        }
        if (!wanted) {
            return null;
        }
        return database == null
                ? new Requester.Database(Compiling.constant("verify", at), null, Map.of())
                : new Requester.Database(
                        compiling.template(database.tls(), Where.FIXED),
                        compiling.optional(database.ca(), Where.FIXED),
                        properties(database));
    }

    private Map<String, Template> properties(DatabaseConfig database) {
        Map<String, Template> properties = new LinkedHashMap<>();
        database.properties().forEach((name, value) -> {
            if (DriverProperties.refused(name)) {
                compiling.error(
                        compiling.at("requester", "database", "properties", name),
                        "NOT_ALLOWED",
                        "the property '" + name
                                + "' can make a driver load classes, run statements, touch files or go elsewhere",
                        "leave it out; host, user and password have their own keys");
            }
            properties.put(name, compiling.template(value, Where.FIXED));
        });
        return properties;
    }

    private Requester.@Nullable MailServer mail(RequesterConfig requester, boolean wanted) {
        MailServerConfig mail = requester.mail();
        Location at = compiling.at("requester", "mail");
        if (mail != null && !wanted) {
            compiling.error(at, "NOT_HERE", "'mail' belongs to a baseUrl of smtp: or imap:", null);
        }
        if (!wanted) {
            return null;
        }
        return mail == null
                ? new Requester.MailServer(Compiling.constant("starttls", at), null)
                : new Requester.MailServer(
                        compiling.template(mail.security(), Where.FIXED), compiling.optional(mail.ca(), Where.FIXED));
    }

    private Requester.@Nullable Ftp ftp(RequesterConfig requester, boolean wanted) {
        FtpConfig ftp = requester.ftp();
        Location at = compiling.at("requester", "ftp");
        if (ftp != null && !wanted) {
            compiling.error(at, "NOT_HERE", "'ftp' belongs to a baseUrl of ftp:", null);
        }
        if (!wanted) {
            return null;
        }
        if (ftp == null) {
            ftp = new FtpConfig(Text.of("explicit", at), Text.of("passive", at), Text.of("true", at), null);
        }
        return new Requester.Ftp(
                compiling.template(ftp.security(), Where.FIXED),
                compiling.template(ftp.mode(), Where.FIXED),
                compiling.template(ftp.resumeTls(), Where.FIXED),
                compiling.optional(ftp.ca(), Where.FIXED));
    }

    /** The scheme of baseUrl; that of the first choice where it is a setting with choices of the web. */
    private @Nullable String scheme(RequesterConfig requester) {
        String text = requester.baseUrl().node().text();
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? null : text.substring(0, colon);
        Matcher setting = SETTING.matcher(scheme == null ? "" : scheme);
        PropertyConfig property =
                setting.matches() ? config.settings().properties().get(setting.group(1)) : null;
        boolean web = property != null
                && property.choices() != null
                && property.choices().stream().allMatch(choice -> WEB.contains(choice.asText()));
        return web ? "https" : scheme;
    }
}
