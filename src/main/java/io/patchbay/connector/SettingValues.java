package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.definition.PropertyConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Secret;
import io.patchbay.secret.Secrets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up an instance's settings: late, when the first call is made, so that a secret can be changed without a deploy. */
public final class SettingValues {

    private SettingValues() {}

    /**
     * The values of all settings. It holds secrets: never log, record or show it.
     *
     * @throws StepException when a secret is not there
     */
    public static ObjectNode of(Instance instance, Secrets secrets) throws StepException {
        ObjectNode values = Json.NODES.objectNode();
        Lookup lookup = new Lookup(secrets);
        for (Map.Entry<String, Template> setting : instance.settings().entrySet()) {
            try {
                values.set(setting.getKey(), checked(instance, setting.getKey(), setting.getValue(), lookup));
            } catch (Secrets.UnreachableException e) {
                throw new StepException(
                        Owner.REMOTE,
                        "SECRET_UNREACHABLE",
                        "instance '" + instance.name() + "' (" + instance.file() + "): " + e.getMessage(),
                        e,
                        true,
                        null);
            } catch (ExpressionException e) {
                throw missing(instance, setting.getKey(), setting.getValue());
            }
        }
        return values;
    }

    /** A value that comes from elsewhere was not seen before; it is never shown. */
    private static JsonNode checked(Instance instance, String name, Template template, Lookup lookup)
            throws StepException {
        JsonNode value = template.value(lookup);
        PropertyConfig property =
                instance.connector().config().settings().properties().get(name);
        if (property != null && !template.constant()) {
            String what = SettingRules.brokenText(value, property).orElse(null);
            if (what != null) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_SETTING",
                        "instance '" + instance.name() + "' (" + instance.file() + "): the value of the setting '"
                                + name + "' that its reference leads to " + what);
            }
        }
        return value;
    }

    /** Makes the secrets that stand in an instance as they are known to a redactor. */
    public static void tell(Instance instance, Redactor redactor) {
        for (String name : instance.connector().config().settings().secrets()) {
            Template value = instance.settings().get(name);
            if (value != null && value.constant()) {
                redactor.learnChosen("instance/" + instance.name() + "/" + name, Values.text(value.constantValue()));
            }
        }
    }

    private static StepException missing(Instance instance, String setting, Template value) {
        String names = String.join(
                ", ",
                value.reads().stream().map(ref -> ref.root() + " " + ref.name()).toList());
        String name = value.reads().stream().map(Ref::name).findFirst().orElse("…");
        return new StepException(
                Owner.AUTHOR,
                "NO_SECRET",
                "instance '" + instance.name() + "' (" + instance.file() + "): the setting '" + setting + "' reads the "
                        + names + ", which is not there: give it as the environment variable " + Secrets.PREFIX + name
                        + " or as a file " + name + " in the secrets folder");
    }

    private record Lookup(Secrets secrets) implements Scope {
        @Override
        public JsonNode tree(String root) {
            return MissingNode.getInstance();
        }

        @Override
        public @Nullable JsonNode named(String root, String name) {
            Optional<String> value = root.equals("secret") ? secrets.find(name).map(Secret::reveal) : Optional.empty();
            return value.<JsonNode>map(Json.NODES::textNode).orElse(null);
        }

        @Override
        public @Nullable LookupTable table(String name) {
            return null;
        }

        @Override
        public Instant queuedAt() {
            return Instant.EPOCH;
        }
    }
}
