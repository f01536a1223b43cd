package io.patchbay.shape.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.NotRead;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** What is said beside content, and what is said of content that is not of its format. */
final class Said {

    private static final int SNIFFED = 64;

    private Said() {}

    /** The character set that a media type names; null when it names none. @throws StepException for one that is not known */
    static @Nullable Charset charset(String contentType, ConvertSettings settings) throws StepException {
        String name = Arrays.stream(contentType.split(";", -1))
                .skip(1)
                .map(String::strip)
                .filter(part -> part.toLowerCase(Locale.ROOT).startsWith("charset="))
                .map(part ->
                        part.substring("charset=".length()).replace("\"", "").strip())
                .filter(part -> !part.isEmpty())
                .findFirst()
                .orElse(null);
        try {
            return name == null ? null : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new StepException(
                    Owner.REMOTE,
                    "NOT_" + (settings.from() == null ? "TEXT" : settings.from()),
                    "the media type names a character set that is not known here: " + name);
        }
    }

    /** Why content is not of its format, and which file it is of. */
    static StepException broken(IOException thrown, FormatName format, Payload payload) {
        StepException why = ofContent(thrown, format, payload);
        String file = payload.meta().get("file.name");
        return file == null || payload.meta().containsKey("member.name")
                ? why
                : new StepException(
                        why.owner(),
                        why.code(),
                        "file '" + NotRead.shown(file) + "': " + why.getMessage(),
                        why.getCause());
    }

    private static StepException ofContent(IOException thrown, FormatName format, Payload payload) {
        String code = "NOT_" + format;
        if (thrown instanceof NotRead broken) {
            return new StepException(
                    Owner.REMOTE,
                    code,
                    broken.sentence(start(payload), payload.body().contentType()));
        }
        if (thrown.getCause() instanceof XMLStreamException xml) {
            return new StepException(Owner.REMOTE, code, NotXml.sentence(xml, start(payload)));
        }
        if (thrown instanceof FormatException) {
            return new StepException(
                    Owner.REMOTE, code, "the content is no " + format.title() + ": " + thrown.getMessage());
        }
        if (thrown instanceof JsonProcessingException || thrown instanceof CharConversionException) {
            return new StepException(
                    Owner.REMOTE,
                    code,
                    NotJson.mendable(thrown, start(payload), payload.body().contentType()));
        }
        if (thrown instanceof ZipException || thrown instanceof EOFException) {
            return new StepException(
                    Owner.REMOTE, code, "the content is not packed as it should be ('unpack'), or is damaged or cut");
        }
        if (thrown instanceof CharacterCodingException) {
            return new StepException(
                    Owner.REMOTE,
                    code,
                    "the content holds bytes that are none of its character set; 'charset' can name another one");
        }
        return new StepException(Owner.INTERNAL, code, "the content cannot be read", thrown);
    }

    private static String start(Payload payload) {
        return new String(Source.start(payload, SNIFFED), StandardCharsets.UTF_8);
    }
}
