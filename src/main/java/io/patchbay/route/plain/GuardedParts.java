package io.patchbay.route.plain;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.properties.PropertiesFunctionResolver;
import org.apache.camel.impl.engine.DefaultComponentResolver;
import org.apache.camel.impl.engine.DefaultDataFormatResolver;
import org.apache.camel.impl.engine.DefaultLanguageResolver;
import org.apache.camel.impl.engine.DefaultResourceLoader;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;

/** The parts of a Camel context that look things up by name, each bound to what is allowed. */
final class GuardedParts {

    private GuardedParts() {}

    /** Components on the list: those given, or Camel's own. */
    static final class Components extends DefaultComponentResolver {
        private final CamelRules rules;
        private final Map<String, Supplier<Component>> own;

        Components(CamelRules rules, Map<String, Supplier<Component>> own) {
            this.rules = rules;
            this.own = own;
        }

        @Override
        public Component resolveComponent(String name, CamelContext context) {
            if (!rules.components().contains(name)) {
                throw rules.component(name).exception();
            }
            Supplier<Component> made = own.get(name);
            return made == null ? super.resolveComponent(name, context) : made.get();
        }
    }

    /** Languages on the list; simple with few functions. */
    static final class Languages extends DefaultLanguageResolver {
        private final CamelRules rules;

        Languages(CamelRules rules) {
            this.rules = rules;
        }

        @Override
        public Language resolveLanguage(String name, CamelContext context) {
            // A context makes its simple language whether a route asks for it or not.
            boolean simple = name.equals("simple") || name.equals("file");
            Refused refused = simple ? null : rules.language(name);
            if (refused != null) {
                throw refused.exception();
            }
            return simple ? new GuardedSimple(rules) : super.resolveLanguage(name, context);
        }
    }

    /** No data formats: their parts are not in the program, and some read any class out of a text. */
    static final class DataFormats extends DefaultDataFormatResolver {
        @Override
        public DataFormat createDataFormat(String name, CamelContext context) {
            throw new Refused(
                            "DATA_FORMAT_NOT_ALLOWED",
                            "data format '" + name + "' is not there",
                            "read JSON with jsonpath, or convert in the flow")
                    .exception();
        }
    }

    /** No files, class path entries or addresses as the text of an expression. */
    static final class Resources extends DefaultResourceLoader {
        @Override
        public Resource resolveResource(String uri) {
            throw new Refused(
                            "RESOURCE_NOT_ALLOWED",
                            "'" + CamelRules.shown(uri) + "' may not be read",
                            "write the text itself into the route")
                    .exception();
        }
    }

    /** {@code {{env:NAME}}} for the names that flows may read, and nothing else: functions that Camel offers are not let in. */
    static final class Placeholders implements PropertiesFunctionResolver, PropertiesFunction {
        private final Function<String, @Nullable String> environment;

        Placeholders(Function<String, @Nullable String> environment) {
            this.environment = environment;
        }

        @Override
        public void addPropertiesFunction(PropertiesFunction function) {
            throw new Refused(
                            "PLACEHOLDER_NOT_ALLOWED",
                            "placeholders {{" + function.getName() + ":...}} are not allowed",
                            "only {{env:NAME}} is read here")
                    .exception();
        }

        @Override
        public Map<String, PropertiesFunction> getFunctions() {
            return Map.of("env", this);
        }

        @Override
        public boolean hasFunction(String name) {
            return name.equals("env");
        }

        @Override
        public @Nullable PropertiesFunction resolvePropertiesFunction(String name) {
            return name.equals("env") ? this : null;
        }

        @Override
        public String getName() {
            return "env";
        }

        @Override
        public String apply(String name) {
            String value = environment.apply(name);
            if (value == null) {
                throw new Refused(
                                "UNKNOWN_VARIABLE",
                                "there is no environment variable '" + name + "' that routes may read",
                                "their names begin with patchbay.runs.environment-prefix")
                        .exception(getName() + ":" + name);
            }
            return value;
        }
    }
}
