package io.patchbay.sandbox.shopify;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Shopify's scalars: what they take, and that they all come as text. */
final class Scalars {

    private Scalars() {}

    static List<GraphQLScalarType> all() {
        return List.of(
                scalar("DateTime", text -> OffsetDateTime.parse(text).toInstant()),
                scalar("Decimal", BigDecimal::new),
                scalar("Money", BigDecimal::new),
                scalar("UnsignedInt64", Long::parseUnsignedLong),
                scalar("HTML", text -> text),
                scalar("URL", URI::create));
    }

    private static GraphQLScalarType scalar(String name, Function<String, Object> reader) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new TextCoercing(name, reader))
                .build();
    }

    private record TextCoercing(String name, Function<String, Object> reader) implements Coercing<Object, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            boolean number = value instanceof Number && (name.equals("Decimal") || name.equals("Money"));
            if (!number && !(value instanceof String)) {
                throw new CoercingParseValueException("invalid " + name + " '" + value + "'");
            }
            try {
                return reader.apply(value.toString());
            } catch (RuntimeException e) {
                throw new CoercingParseValueException("invalid " + name + " '" + value + "'", e);
            }
        }

        @Override
        public Object parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (value instanceof StringValue text) {
                return parseValue(text.getValue(), context, locale);
            }
            if (value instanceof IntValue whole) {
                return parseValue(whole.getValue(), context, locale);
            }
            if (value instanceof FloatValue decimal) {
                return parseValue(decimal.getValue(), context, locale);
            }
            throw new CoercingParseLiteralException("invalid " + name + " " + value);
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return StringValue.of(serialize(value, context, locale));
        }
    }
}
