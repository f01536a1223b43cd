package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.definition.InstanceConfig;
import io.patchbay.connector.definition.PropertyConfig;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks an instance file against its connector. */
final class InstanceCompiler {

    private static final Set<String> ROOTS = Set.of("secret");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\s*secret[.\\[][^{}]*\\}");

    private final InstanceConfig config;
    private final Compiling compiling;
    private final Connector connector;
    private final List<Connector> versions;
    private final boolean literalSecrets;

    /**
     * Checks an instance.
     *
     * @param versions of the connector, whose settings the instance may give too
     * @param literalSecrets whether secrets may stand there as they are: the document is kept encrypted
     */
    InstanceCompiler(
            InstanceConfig config,
            Node root,
            Connector connector,
            List<Connector> versions,
            boolean literalSecrets,
            Problems problems) {
        this.config = config;
        this.versions = versions;
        this.literalSecrets = literalSecrets;
        this.connector = connector;
        this.compiling = new Compiling(
                root, problems, Set.of(), Set.of(), Set.of(), SchemaFiles.none(problems), ScriptFiles.NONE);
    }

    /** The instance, or null when problems got an error. */
    @Nullable
    Instance compile(String file, String hash) {
        long before = compiling.problems().errors();
        AuthMethod auth = auth();
        Map<String, Template> settings = settings(auth);
        checkHosts();
        ErrorRules.Own errors = new ErrorsCompiler(compiling).compile(config.errorHandler(), "errorHandler");
        return auth == null || compiling.problems().errors() > before
                ? null
                : new Instance(config, file, hash, connector, auth, settings, errors);
    }

    private @Nullable AuthMethod auth() {
        Map<String, AuthMethod> methods = connector.auth();
        String wanted = config.auth();
        if (wanted == null && methods.size() == 1) {
            return methods.values().iterator().next();
        }
        AuthMethod method = wanted == null ? null : methods.get(wanted);
        if (wanted == null) {
            compiling.error(
                    compiling.at(),
                    "MISSING_KEY",
                    "instance needs the key 'auth': the connector has several ways",
                    DidYouMean.hint("", methods.keySet()));
        } else if (method == null) {
            compiling.error(
                    compiling.at("auth"),
                    "UNKNOWN_AUTH",
                    "connector '" + connector.id() + "' has no auth '" + wanted + "'",
                    DidYouMean.hint(wanted, methods.keySet()));
        }
        return method;
    }

    private Map<String, Template> settings(@Nullable AuthMethod auth) {
        var declared = connector.config().settings();
        Set<String> known = new HashSet<>(declared.properties().keySet());
        known.addAll(declared.secrets());
        Map<String, Template> settings = new LinkedHashMap<>();
        Set<String> meant = new HashSet<>();
        Set<String> elsewhere = Fitted.settings(versions, false);
        for (Map.Entry<String, Node> given : config.settings().entrySet()) {
            if (!known.contains(given.getKey()) && elsewhere.contains(given.getKey())) {
                refuseLiteral(given.getKey(), given.getValue());
                continue;
            }
            if (!known.contains(given.getKey())) {
                compiling.error(
                        compiling.at("settings", given.getKey()),
                        "UNKNOWN_SETTING",
                        "connector '" + connector.id() + "' has no setting '" + given.getKey() + "'",
                        DidYouMean.hint(given.getKey(), known));
                DidYouMean.nearest(given.getKey(), known).ifPresent(meant::add);
                continue;
            }
            Template value = value(given.getKey(), given.getValue());
            if (value != null) {
                settings.put(given.getKey(), value);
            }
        }
        meant.addAll(config.settings().keySet());
        declared.properties().forEach((name, property) -> complete(name, property, settings, meant, auth));
        for (String secret : declared.secrets()) {
            PropertyConfig property = declared.properties().get(secret);
            boolean mandatory = property == null || property.mandatory();
            if (mandatory && !meant.contains(secret) && needed(secret, auth)) {
                missing(secret);
            }
        }
        return settings;
    }

    /** A setting of other versions; a secret of one of them may not stand in a file either. */
    private void refuseLiteral(String name, Node given) {
        if (!literalSecrets
                && Fitted.settings(versions, true).contains(name)
                && given instanceof ScalarNode scalar
                && !REFERENCE.matcher(scalar.text()).find()) {
            literalSecret(name, given.at());
        }
    }

    private void literalSecret(String name, Location at) {
        compiling.error(
                at,
                "LITERAL_SECRET",
                "the secret '" + name + "' must not stand in this file",
                "write \"${secret.NAME}\" and give the value in the environment as PATCHBAY_SECRET_NAME or as a file"
                        + " NAME in the secrets folder");
    }

    private @Nullable Template value(String name, Node given) {
        if (!(given instanceof ScalarNode scalar)) {
            compiling.error(
                    given.at(), "WRONG_TYPE", "setting '" + name + "' must be text, a number or true or false", null);
            return null;
        }
        boolean secret = connector.config().settings().secrets().contains(name);
        Template value =
                secret && literalSecrets && !REFERENCE.matcher(scalar.text()).matches()
                        ? literal(scalar)
                        : Template.parse(scalar, ROOTS, compiling.problems());
        if (value == null) {
            return null;
        }
        if (secret
                && !literalSecrets
                && value.reads().stream().noneMatch(ref -> ref.root().equals("secret"))) {
            literalSecret(name, given.at());
            return null;
        }
        PropertyConfig property = connector.config().settings().properties().get(name);
        if (property != null && value.constant()) {
            checkConstant(name, value.constantValue(), property, given.at(), secret);
        }
        return value;
    }

    private void checkConstant(String name, JsonNode value, PropertyConfig property, Location at, boolean secret) {
        Optional<String> kind = Literal.check(value, property.type().value(), property.choices(), name);
        if (kind.isPresent()) {
            String what = kind.get();
            compiling.error(
                    at,
                    "BAD_VALUE",
                    secret ? what.replaceAll("(?s), found '.*", "") : what,
                    Literal.hint(value, property.type().value()));
            return;
        }
        SettingRules.broken(value, property)
                .ifPresent(what -> compiling.error(
                        at,
                        "BAD_VALUE",
                        "'" + name + "' " + what + (secret ? "" : ", found '" + Values.text(value) + "'"),
                        property.example() == null
                                ? null
                                : "a value that would do: " + Values.text(property.example())));
    }

    /** @param meant names that are given, or that a misspelt one most likely is */
    private void complete(
            String name,
            PropertyConfig property,
            Map<String, Template> settings,
            Set<String> meant,
            @Nullable AuthMethod auth) {
        if (settings.containsKey(name) || meant.contains(name)) {
            return;
        }
        JsonNode fallback = property.fallback();
        boolean secret = connector.config().settings().secrets().contains(name);
        if (fallback != null && !fallback.isNull()) {
            settings.put(name, literal(fallback));
        } else if (property.mandatory() && !secret && needed(name, auth)) {
            missing(name);
        }
    }

    /** A secret as it stands there: nothing in it is a placeholder. */
    private static Template literal(ScalarNode secret) {
        Object value = secret.value() instanceof String text ? text.replace("${", "$${") : secret.value();
        return template(new ScalarNode(secret.at(), value, String.valueOf(value), secret.quoted()));
    }

    private static Template literal(JsonNode value) {
        Object scalar = value.isBoolean()
                ? (Object) value.booleanValue()
                : value.isIntegralNumber()
                        ? (Object) value.longValue()
                        : value.isNumber()
                                ? value.decimalValue()
                                : Values.text(value).replace("${", "$${");
        return template(new ScalarNode(Location.of("default"), scalar, scalar.toString(), value.isTextual()));
    }

    private static Template template(ScalarNode constant) {
        Template template = Template.parse(constant, Set.of(), new Problems());
        if (template == null) {
            throw new IllegalStateException("a constant at " + constant.at() + " is not one");
        }
        return template;
    }

    private void missing(String name) {
        compiling.error(
                compiling.at("settings"),
                "MISSING_SETTING",
                "instance needs the setting '" + name + "' of connector '" + connector.id() + "'",
                hint(name));
    }

    /** What to write, and what it is. */
    private String hint(String name) {
        PropertyConfig property = connector.config().settings().properties().get(name);
        boolean secret = connector.config().settings().secrets().contains(name);
        JsonNode example = property == null ? null : property.example();
        String value = secret ? "'${secret.NAME}'" : example == null || example.isNull() ? "…" : Values.text(example);
        String what = property == null ? null : property.description();
        return "add under settings: " + name + ": " + value + (what == null ? "" : " (" + what + ")");
    }

    /** Whether a setting is read by anything but the auth methods that this instance does not use. */
    private boolean needed(String setting, @Nullable AuthMethod auth) {
        return connector.auth().values().stream()
                        .filter(method -> auth == null || !method.id().equals(auth.id()))
                        .noneMatch(method -> method.settings().contains(setting))
                || (auth != null && auth.settings().contains(setting));
    }

    private void checkHosts() {
        List<String> narrowed = config.allowedHosts();
        List<Template> allowed = connector.requester().allowedHosts();
        if (narrowed == null || allowed == null) {
            return; // without a list of its own the connector allows the host of baseUrl; settings decide that late
        }
        boolean fixed = allowed.stream().allMatch(Template::constant);
        for (String host : narrowed) {
            if (fixed && allowed.stream().noneMatch(wide -> Hosts.covers(wide.toString(), host))) {
                compiling.error(
                        compiling.at("allowedHosts"),
                        "HOST_NOT_ALLOWED",
                        "'" + host + "' is not among the hosts that connector '" + connector.id() + "' allows",
                        "allowed are "
                                + String.join(
                                        ", ",
                                        allowed.stream().map(Template::toString).toList()));
            }
        }
    }
}
