package io.patchbay.script.language.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.impl.ExpressionImpl;
import com.schibsted.spt.data.jslt.parser.JsltParserConstants;
import com.schibsted.spt.data.jslt.parser.JsltParserTokenManager;
import com.schibsted.spt.data.jslt.parser.SimpleCharStream;
import com.schibsted.spt.data.jslt.parser.Token;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;
import io.patchbay.script.language.Engine;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSLT, by its own library. Camel's component takes a file by URI, fills variables from headers and has no bounds; so the library is
 * used by itself, without functions of others and with imports from given texts alone.
 */
public final class JsltEngine implements Engine {

    private static final String MAIN = "";
    private static final Pattern FOUND = Pattern.compile("Encountered \"\\s*(?:<\\w+>\\s*)?\"?(.+?)\"?\\s");
    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");

    @Override
    public Program read(String text, Map<String, String> others) throws LanguageException {
        Expression expression;
        try {
            expression = new Parser(new StringReader(text))
                    .withSource(MAIN)
                    .withResourceResolver(name -> {
                        String other = others.get(name);
                        if (other == null) {
                            throw new JsltException(LanguageException.missing(name));
                        }
                        return new StringReader(other);
                    })
                    .compile();
        } catch (JsltException e) {
            throw failure(Kind.SYNTAX, e);
        }
        checkVariables(expression, text);
        return (data, variables) -> apply(expression, data, variables);
    }

    private static Value apply(Expression expression, Data data, Map<String, JsonNode> variables)
            throws LanguageException {
        try {
            JsonNode value = expression.apply(variables, data.json() == null ? NullNode.getInstance() : data.json());
            return Value.of(value == null ? List.of() : List.of(value));
        } catch (JsltException e) {
            throw failure(Kind.FAILED, e);
        }
    }

    /** The library takes each name that is not declared as one that comes from outside, and looks for it when it is read. */
    private static void checkVariables(Expression expression, String text) throws LanguageException {
        try {
            Field field = ExpressionImpl.class.getDeclaredField("parameterSlots");
            field.setAccessible(true);
            if (field.get(expression) instanceof Map<?, ?> slots) {
                for (Object name : new TreeSet<>(slots.keySet())) {
                    if (!VARIABLES.contains(String.valueOf(name))) {
                        Token read = first(text, "$" + name);
                        throw new LanguageException(
                                Kind.SYNTAX,
                                "there is no variable '$" + name + "'; there are $flow, $meta and $run",
                                null,
                                read == null ? 0 : read.beginLine,
                                read == null ? 0 : read.beginColumn);
                    }
                }
            }
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return; // another version of the library: told when it is read
        }
    }

    /** Where a variable is read first; null where that is in a text that is imported. */
    private static @Nullable Token first(String text, String variable) {
        try {
            JsltParserTokenManager words = new JsltParserTokenManager(new SimpleCharStream(new StringReader(text)));
            for (Token token = words.getNextToken();
                    token.kind != JsltParserConstants.EOF;
                    token = words.getNextToken()) {
                if (token.kind == JsltParserConstants.VARIABLE && token.image.equals(variable)) {
                    return token;
                }
            }
        } catch (TokenMgrError e) {
            return null; // what has no words was refused before
        }
        return null;
    }

    private static LanguageException failure(Kind kind, JsltException thrown) {
        String said = String.valueOf(thrown.getMessageWithoutLocation());
        Matcher place = PLACE.matcher(said);
        boolean placed = place.find();
        Matcher found = FOUND.matcher(said);
        String what = said.contains("<EOF>")
                ? "the text ends too early"
                : found.find() ? "'" + found.group(1).replace("\\\"", "\"").strip() + "' cannot stand here" : said;
        String source = thrown.getSource();
        return new LanguageException(
                kind,
                what,
                source == null || source.equals(MAIN) ? null : source,
                placed ? Integer.parseInt(place.group(1)) : thrown.getLine(),
                placed ? Integer.parseInt(place.group(2)) : thrown.getColumn());
    }
}
