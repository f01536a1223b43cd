package io.patchbay.script.language.engine;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserTokenManager;
import net.thisptr.jackson.jq.internal.javacc.SimpleCharStream;
import net.thisptr.jackson.jq.internal.javacc.Token;
import net.thisptr.jackson.jq.internal.javacc.TokenMgrError;
import org.jspecify.annotations.Nullable;

/** Where names stand in a jq text: the library's tree does not say it, so its words are looked through once more. */
final class JqPlaces {

    private JqPlaces() {}

    /** Where a variable of this name is read first; null where it is not found. */
    static @Nullable Token variable(String text, String name) {
        List<Token> found = new ArrayList<>();
        Token before = null;
        for (Token token : tokens(text)) {
            if (before != null
                    && before.kind == ExpressionParserConstants.DOLLAR
                    && token.kind == ExpressionParserConstants.IDENTIFIER
                    && token.image.equals(name)) {
                found.add(before);
            }
            before = token;
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Where a function of this name is called first; null where it is not found.
     *
     * @param alone whether it has to be the only call of this name: others of them may be right
     */
    static @Nullable Token function(String text, String name, boolean alone) {
        List<Token> found = new ArrayList<>();
        List<Token> tokens = tokens(text);
        for (int i = 0; i < tokens.size(); i++) {
            int before = i == 0 ? -1 : tokens.get(i - 1).kind;
            int behind = i + 1 == tokens.size() ? -1 : tokens.get(i + 1).kind;
            boolean named = tokens.get(i).kind == ExpressionParserConstants.IDENTIFIER
                    && tokens.get(i).image.equals(name);
            // A variable, a part of a module's name, a key of an object.
            boolean other = before == ExpressionParserConstants.DOLLAR
                    || before == ExpressionParserConstants.DOUBLE_COLON
                    || behind == ExpressionParserConstants.DOUBLE_COLON
                    || behind == ExpressionParserConstants.COLON;
            if (named && !other) {
                found.add(tokens.get(i));
            }
        }
        return found.isEmpty() || (alone && found.size() > 1) ? null : found.get(0);
    }

    private static List<Token> tokens(String text) {
        List<Token> all = new ArrayList<>();
        try {
            ExpressionParserTokenManager words =
                    new ExpressionParserTokenManager(new SimpleCharStream(new StringReader(text)));
            for (Token token = words.getNextToken();
                    token.kind != ExpressionParserConstants.EOF;
                    token = words.getNextToken()) {
                all.add(token);
            }
        } catch (TokenMgrError e) {
            return List.of(); // what has no words was refused before
        }
        return all;
    }
}
