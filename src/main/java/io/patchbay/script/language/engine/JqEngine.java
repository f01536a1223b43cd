package io.patchbay.script.language.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.script.language.Engine;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.javacc.ParseException;
import net.thisptr.jackson.jq.internal.javacc.Token;
import net.thisptr.jackson.jq.module.Module;
import net.thisptr.jackson.jq.module.ModuleLoader;
import net.thisptr.jackson.jq.module.SimpleModule;
import org.jspecify.annotations.Nullable;

/**
 * jq, by jackson-jq. Camel's own jq language makes an exchange of each value, and has functions that read headers and properties
 * and no bounds; so the library is used by itself. It has no environment, no input of its own and no files.
 */
public final class JqEngine implements Engine {

    private static final Version VERSION = Versions.JQ_1_7;
    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");

    private final Map<String, Function> builtIn;

    /** Has jq's own functions, but those that tell of the inside. */
    public JqEngine() {
        this.builtIn = new HashMap<>(BuiltinFunctionLoader.getInstance().listFunctions(VERSION, Scope.newEmptyScope()));
        builtIn.remove("debug_scope/0");
        builtIn.remove("env/0");
    }

    @Override
    public Program read(String text, Map<String, String> others) throws LanguageException {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(VERSION, scope);
        scope.addFunction("debug_scope/0", absent("debug_scope/0"));
        scope.addFunction("env/0", absent("env/0"));
        Modules modules = new Modules(others, scope, builtIn);
        scope.setModuleLoader(modules);
        JqNames.check(parsed(text, null), text, null, builtIn.keySet(), modules);
        try {
            JsonQuery query = JsonQuery.compile(text, VERSION);
            return (data, variables) -> apply(query, scope, data, variables);
        } catch (JsonQueryException e) {
            throw syntax(e, null);
        }
    }

    private static Function absent(String name) {
        return (scope, args, in, path, output, version) -> {
            throw new JsonQueryException("Function " + name + " does not exist");
        };
    }

    private static Value apply(JsonQuery query, Scope builtIn, Data data, Map<String, JsonNode> variables)
            throws LanguageException {
        Scope scope = Scope.newChildScope(builtIn);
        variables.forEach(scope::setValue);
        List<JsonNode> values = new ArrayList<>();
        try {
            query.apply(scope, data.json() == null ? NullNode.getInstance() : data.json(), values::add);
        } catch (JsonQueryException e) {
            throw new LanguageException(Kind.FAILED, String.valueOf(e.getOriginalMessage()));
        }
        return Value.of(values);
    }

    static Expression parsed(String text, @Nullable String file) throws LanguageException {
        try {
            return ExpressionParser.compile(text, VERSION);
        } catch (JsonQueryException e) {
            throw syntax(e, file);
        }
    }

    private static LanguageException syntax(JsonQueryException thrown, @Nullable String file) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        if (cause instanceof ParseException parse && parse.currentToken != null) {
            Token found = parse.currentToken.next == null ? parse.currentToken : parse.currentToken.next;
            String what = found.kind == 0 ? "the text ends too early" : "'" + found.image + "' cannot stand here";
            return new LanguageException(Kind.SYNTAX, what, file, found.beginLine, found.beginColumn);
        }
        String said = String.valueOf(cause.getMessage());
        Matcher place = PLACE.matcher(said);
        boolean known = place.find();
        return new LanguageException(
                Kind.SYNTAX,
                said,
                file,
                known ? Integer.parseInt(place.group(1)) : 0,
                known ? Integer.parseInt(place.group(2)) : 0);
    }

    /** Files beside the one that imports them, without folders. */
    static final class Modules implements ModuleLoader {
        private final Map<String, String> texts;
        private final Scope scope;
        private final Map<String, Function> builtIn;
        private final Map<String, Module> read = new HashMap<>();
        private final List<String> reading = new ArrayList<>();

        Modules(Map<String, String> texts, Scope scope, Map<String, Function> builtIn) {
            this.texts = texts;
            this.scope = scope;
            this.builtIn = builtIn;
        }

        /** Reads a module once, when it is named for the first time. @throws LanguageException when it cannot be used */
        void know(String path) throws LanguageException {
            String file = path + ".jq";
            String text = texts.get(file);
            if (text == null) {
                throw new LanguageException(Kind.SYNTAX, LanguageException.missing(file));
            }
            if (read.containsKey(path)) {
                return;
            }
            if (reading.contains(path)) {
                throw new LanguageException(Kind.SYNTAX, "'" + file + "' imports itself", file, 0, 0);
            }
            reading.add(path);
            // A library defines functions and has no value of its own.
            Expression expression = parsed(text + "\nnull", file);
            JqNames.check(expression, text, file, builtIn.keySet(), this);
            Scope own = Scope.newChildScope(scope);
            try {
                expression.apply(own, NullNode.getInstance(), null, (value, place) -> {}, false);
            } catch (JsonQueryException e) {
                throw new LanguageException(Kind.SYNTAX, String.valueOf(e.getOriginalMessage()), file, 0, 0);
            }
            SimpleModule module = new SimpleModule();
            module.addAllFunctions(own.getLocalFunctions());
            read.put(path, module);
            reading.remove(path);
        }

        @Override
        public Module loadModule(@Nullable Module caller, String path, @Nullable JsonNode metadata)
                throws JsonQueryException {
            Module known = read.get(path);
            if (known == null) {
                throw new JsonQueryException("there is no module '" + path + "'");
            }
            return known;
        }

        @Override
        public JsonNode loadData(@Nullable Module caller, String path, @Nullable JsonNode metadata)
                throws JsonQueryException {
            throw new JsonQueryException("data cannot be imported: '" + path + "'");
        }
    }
}
