package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code none}, or a mapping whose {@code type} says which of the other forms it has. */
final class AccessReader implements ValueReader<Access> {

    private static final Map<String, Class<? extends Access>> TYPES = types();

    private static Map<String, Class<? extends Access>> types() {
        Map<String, Class<? extends Access>> types = new LinkedHashMap<>();
        types.put("basic", Access.Basic.class);
        types.put("token", Access.Token.class);
        types.put("hmacSha256", Access.Hmac.class);
        types.put("hmacSha1", Access.Hmac.class);
        types.put("ed25519", Access.Ed25519.class);
        types.put("standardWebhooks", Access.StandardWebhooks.class);
        return types;
    }

    @Override
    public @Nullable Access read(Node node, Reading reading) {
        if (node instanceof ScalarNode scalar && "none".equals(scalar.value())) {
            return new Access.Open();
        }
        if (!(node instanceof MapNode map)) {
            String word = node instanceof ScalarNode scalar ? scalar.text() : "";
            reading.error(
                    node,
                    "WRONG_TYPE",
                    "'none' or a mapping with 'type' is expected here, found "
                            + (word.isEmpty() ? node.kind() : "'" + word + "'"),
                    written(word));
            return null;
        }
        Node type = map.get("type");
        if (type == null) {
            reading.error(map, "MISSING_KEY", "this mapping needs the key 'type'", known());
            return null;
        }
        String name = reading.text(type, "type");
        Class<? extends Access> record = name == null ? null : TYPES.get(name);
        if (record == null) {
            if (name != null) {
                refuse(type, name, reading);
            }
            return null;
        }
        Map<String, Node.Entry> rest = new LinkedHashMap<>(map.entries());
        if (record != Access.Hmac.class) {
            rest.remove("type"); // there it says which digest
        }
        return reading.bind(new MapNode(map.at(), rest), record);
    }

    /** How the form that is named by a word alone is written whole. */
    private static String written(String word) {
        List<String> words = new ArrayList<>(TYPES.keySet());
        words.add("none");
        String meant = DidYouMean.nearest(word, words).orElse("");
        String secret = "\"${secret.NAME}\" }";
        return switch (meant) {
            case "none" -> "did you mean 'none'?";
            case "basic" -> "write { type: basic, user: NAME, password: " + secret;
            case "token" -> "write { type: token, secret: " + secret;
            case "hmacSha256", "hmacSha1" -> "write { type: " + meant + ", header: X-Signature, secret: " + secret;
            case "ed25519" -> "write { type: ed25519, header: X-Signature, publicKey: KEY }";
            case "standardWebhooks" -> "write { type: standardWebhooks, secret: " + secret;
            default -> "write 'none', or { type: …, … } with a type of " + String.join(", ", TYPES.keySet());
        };
    }

    private static void refuse(Node type, String name, Reading reading) {
        boolean certificate = name.equals("mtls");
        reading.error(
                type,
                "BAD_VALUE",
                "'" + name + "' is not one of " + String.join(", ", TYPES.keySet()),
                certificate
                        ? "certificates are looked at by what ends TLS before the intake: let it send a token, and write { type: token, … }"
                        : DidYouMean.hint(name, TYPES.keySet()));
    }

    private static String known() {
        return "known here: " + String.join(", ", TYPES.keySet());
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode schema = Json.NODES.objectNode();
        ArrayNode choices = schema.putArray("oneOf");
        choices.addObject().put("const", "none");
        TYPES.forEach((name, type) -> {
            ObjectNode choice = schemas.mapping(type);
            ObjectNode properties = Json.NODES.objectNode();
            properties.setAll((ObjectNode) choice.get("properties"));
            properties.putObject("type").put("const", name);
            choice.set("properties", properties);
            if (type != Access.Hmac.class) {
                choice.withArray("required").insert(0, "type");
            }
            choices.add(choice);
        });
        return schema;
    }
}
