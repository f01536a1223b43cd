package io.patchbay.route.plain;

import java.util.List;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.language.simple.SimpleLanguage;

/** Camel's simple language with the functions of {@link SimpleText} only, whoever asks for it and whenever. */
final class GuardedSimple extends SimpleLanguage {

    private static final int NESTED = 4;

    private final CamelRules rules;

    GuardedSimple(CamelRules rules) {
        this.rules = rules;
    }

    @Override
    public Predicate createPredicate(String expression) {
        return super.createPredicate(checked(expression));
    }

    @Override
    public Expression createExpression(String expression) {
        return super.createExpression(checked(expression));
    }

    @Override
    public Expression createExpression(String expression, Object[] properties) {
        if (!rules.open() && property(boolean.class, properties, NESTED, false)) {
            throw new Refused(
                            "NESTED_NOT_ALLOWED",
                            "what an expression yields is not evaluated again",
                            "take 'nested' out: data is never code")
                    .exception();
        }
        return super.createExpression(expression, properties);
    }

    private String checked(String expression) {
        List<SimpleText.Found> found = SimpleText.check(expression, rules);
        if (!found.isEmpty()) {
            throw found.get(0).refused().exception();
        }
        return expression;
    }
}
