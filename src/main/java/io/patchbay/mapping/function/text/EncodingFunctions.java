package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import io.patchbay.payload.KeyTwice;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Texts in other texts. */
final class EncodingFunctions {

    static final FunctionType URL_ENCODE = SettingsFunction.alone(
            spec(
                            "urlEncode",
                            "The text as one part of an address (RFC 3986, UTF-8): all but letters, digits and `-._~` becomes `%..`."
                                    + " With `form: true` as in a form: a blank becomes `+`.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("urlEncode", "\"a b/ü&c~*\"", "\"a%20b%2F%C3%BC%26c~%2A\"")
                    .example("{ urlEncode: { form: true } }", "\"a b\"", "a+b"),
            UrlSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(encoded(Found.text(value), settings.form())));

    static final FunctionType URL_DECODE = SettingsFunction.alone(
            spec("urlDecode", "The text that `urlEncode` made this of; `+` stays, but with `form: true` it is a blank.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("urlDecode", "\"a%20b+c\"", "a b+c")
                    .example("{ urlDecode: { form: true } }", "\"a+b\"", "a b")
                    .refuses(
                            "urlDecode",
                            "\"50%\"",
                            "urlDecode: the text has a % that no two hexadecimal digits follow"),
            UrlSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(decoded(Found.text(value), settings.form())));

    static final FunctionType BASE64_ENCODE = SettingsFunction.alone(
            spec(
                            "base64Encode",
                            "The text, as UTF-8, in base64; with `url: true` in the form for addresses, without `=`.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("base64Encode", "\"Zoë\"", "Wm/Dqw==")
                    .example("{ base64Encode: { url: true } }", "\"Zoë\"", "Wm_Dqw"),
            Base64Settings.class,
            settings -> (value, record, scope) -> {
                byte[] bytes = Found.text(value).getBytes(StandardCharsets.UTF_8);
                return Json.NODES.textNode(
                        settings.url()
                                ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                                : Base64.getEncoder().encodeToString(bytes));
            });

    static final FunctionType BASE64_DECODE = SimpleFunction.ofText(
            spec(
                            "base64Decode",
                            "The UTF-8 text in base64, in either form, with `=` or without; blanks in it are left out.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("base64Decode", "Wm_Dqw", "Zoë")
                    .refuses("base64Decode", "\"a*b\"", "base64Decode: the text is not base64")
                    .refuses("base64Decode", "/w==", "base64Decode: what is in the base64 is not UTF-8 text"),
            EncodingFunctions::fromBase64);

    static final FunctionType TO_JSON = new SimpleFunction(
            spec("toJson", "The value, whatever it is, as JSON in a text.")
                    .ofLists()
                    .from(Set.of(ValueKind.ANY), ValueKind.TEXT)
                    .example("toJson", "{ a: [ 1.50, x ] }", "'{\"a\":[1.50,\"x\"]}'"),
            value -> Json.NODES.textNode(value.toString()));

    static final FunctionType FROM_JSON = new SimpleFunction(
            spec("fromJson", "The value that stands as JSON in a text; its numbers keep every digit.")
                    .from(ValueKind.SCALARS, ValueKind.ANY)
                    .example("fromJson", "'{\"a\":[1.50,\"x\"]}'", "{ a: [ 1.50, x ] }")
                    .refuses("fromJson", "'{\"a\":'", "fromJson: the text is not JSON, at line 1, column 6"),
            value -> fromJson(Found.text(value)));

    /** Settings. */
    @Doc("For an address or for a form")
    record UrlSettings(
            @Doc("Whether it is for a form, where a blank is +") @Default("false")
            boolean form) {}

    /** Settings. */
    @Doc("Which form of base64")
    record Base64Settings(
            @Doc("Whether it is the form for addresses: - and _ for + and /, and no =") @Default("false")
            boolean url) {}

    private EncodingFunctions() {}

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.STRING, name, text);
    }

    private static String encoded(String text, boolean form) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        // The JDK's encoder is one for forms.
        return form ? encoded : encoded.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String decoded(String text, boolean form) {
        try {
            return URLDecoder.decode(form ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FunctionException("the text has a % that no two hexadecimal digits follow");
        }
    }

    private static String fromBase64(String text) {
        String plain = text.replaceAll("\\s+", "").replace('-', '+').replace('_', '/');
        try {
            byte[] bytes = Base64.getDecoder().decode(plain);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException e) {
            throw new FunctionException("the text is not base64");
        } catch (CharacterCodingException e) {
            throw new FunctionException("what is in the base64 is not UTF-8 text");
        }
    }

    private static JsonNode fromJson(String text) {
        try {
            JsonNode value = Json.MAPPER.readTree(text);
            if (!value.isMissingNode()) {
                return value;
            }
        } catch (KeyTwice e) {
            throw new FunctionException("the text is JSON, and " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new FunctionException("the text is not JSON"
                    + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        }
        throw new FunctionException("the text is not JSON: it is empty");
    }
}
