package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs that are the same whenever the same value is mapped again.
 *
 * @param version 5 or 7
 * @param namespace of names
 */
record UuidFunction(int version, UUID namespace) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "uuid",
                            "A UUID made of the value, whatever it is: the same value gives the same UUID, so that a retry or a"
                                    + " replay makes no second one. Version 5 hangs on the value and `namespace` alone. Version 7"
                                    + " sorts by time: it holds the instant at which the run was queued, and for the rest a digest"
                                    + " of `namespace` and value; another run gives another. For a UUID of each record write `from:"
                                    + " \"@\"`; two records that are alike in all fields get one. There is no random UUID: it"
                                    + " would be another at each attempt.")
                    .ofLists()
                    .from(Set.of(ValueKind.ANY), ValueKind.TEXT)
                    .example("{ uuid: { namespace: dns } }", "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2")
                    .example("{ uuid: { version: 7 } }", "\"1001\"", "019ca945-0a00-7c3b-bf83-42adb8ac8427"),
            UuidSettings.class,
            settings -> new UuidFunction(settings.version(), settings.uuid()));

    /** Settings. */
    @Doc("Which UUID")
    record UuidSettings(
            @Doc("5 or 7") @Default("5") int version,

            @Doc("dns, url, oid, x500 or a UUID of your own; values of two namespaces never give the same")
            @Default("url")
            String namespace) {

        UuidSettings {
            if (version != 5 && version != 7) {
                throw new IllegalArgumentException("'version' is 5 or 7, found " + version);
            }
            if (named(namespace) == null) {
                throw new IllegalArgumentException(
                        "'" + namespace + "' is not dns, url, oid, x500 or a UUID of 36 characters");
            }
        }

        UUID uuid() {
            return java.util.Objects.requireNonNull(named(namespace));
        }

        private static @Nullable UUID named(String text) {
            return switch (text) {
                case "dns" -> namespace(0x10);
                case "url" -> namespace(0x11);
                case "oid" -> namespace(0x12);
                case "x500" -> namespace(0x14);
                default -> own(text);
            };
        }

        /** RFC 9562, 6.6: they differ in one byte. */
        private static UUID namespace(int which) {
            return new UUID(0x6ba7b800_9dad_11d1L | ((long) which << 32), 0x80b4_00c04fd430c8L);
        }

        private static @Nullable UUID own(String text) {
            try {
                return text.length() == 36 ? UUID.fromString(text) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String name = value.isTextual() ? value.textValue() : value.toString();
        UUID uuid = version == 5
                ? UuidCreator.getNameBasedSha1(namespace, name)
                : version7(name, scope.queuedAt().toEpochMilli());
        return Json.NODES.textNode(uuid.toString());
    }

    private UUID version7(String name, long millis) {
        if (millis < 0 || millis >= 1L << 48) {
            throw new FunctionException("the run was queued at an instant that a UUID cannot hold");
        }
        ByteBuffer digest = ByteBuffer.wrap(digest(namespace + ":" + name));
        long high = millis << 16 | 0x7000 | (digest.getLong() & 0x0fff);
        long low = 0x8000_0000_0000_0000L | (digest.getLong() & 0x3fff_ffff_ffff_ffffL);
        return new UUID(high, low);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
